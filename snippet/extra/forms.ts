/**
 * `<form data-comptoir-optin="WORDING">`: observed when it is submitted. A form with an action goes where it always went,
 * undelayed; one without is ours, and its `data-comptoir-state` says how it went.
 */
import { optIn } from './opt-in.ts';

const observe = async (event: Event): Promise<void> => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.comptoirOptin === undefined) return;
  const email = form.querySelector<HTMLInputElement>('[type=email]')?.value;
  if (!email) return;
  const boxes: Record<string, boolean> = {};
  const ticked: string[] = [];
  for (const { name, checked, defaultChecked } of form.querySelectorAll<HTMLInputElement>('[type=checkbox][name]')) {
    boxes[name] = checked;
    if (defaultChecked) ticked.push(name);
  }
  if (!form.hasAttribute('action')) event.preventDefault();
  const tell = (state: string): void => {
    form.dataset.comptoirState = state;
  };
  tell('sending');
  const language = (form.lang || document.documentElement.lang).slice(0, 20);
  const outcome = await optIn({ email, boxes, ticked, wording: form.dataset.comptoirOptin, language });
  tell(Object.keys(outcome).join());
  form.dispatchEvent(new CustomEvent('comptoir:optin', { bubbles: true, detail: outcome }));
};

export const watchForms = (): void => addEventListener('submit', observe, true);
