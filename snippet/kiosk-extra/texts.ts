/** The page's own texts, as the dashboard has them: `<h1 data-comptoir-text="title">`, in the language the page shows. */
import { kit } from './kit.ts';

const show = (): void => {
  const { texts = {} } = kit.settings().settings;
  const language = document.documentElement.lang;
  for (const element of document.querySelectorAll<HTMLElement>('[data-comptoir-text]')) {
    const own = element.closest<HTMLElement>('[lang]')?.lang || language;
    const text = texts[element.dataset.comptoirText ?? '']?.[own.slice(0, 2)];
    if (text && element.textContent !== text) element.textContent = text;
  }
};

export const watchTexts = (): void => {
  addEventListener('comptoir:settings', show);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ['lang'] });
  show();
};
