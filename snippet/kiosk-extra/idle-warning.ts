/** "Still there?", for pages that show no warning of their own (`preventDefault()` on `comptoir:idle-warning`). Any touch refuses the reset. */
const css = `
div{position:fixed;inset:0;z-index:2147483647;display:grid;place-content:center;gap:1em;padding:2em;background:rgb(0 0 0/.75);color:#fff;font:1.6em/1.4 system-ui,sans-serif;text-align:center}
button{font:inherit;min-height:3em;padding:.4em 2em;border:0;border-radius:.5em;background:#fff;color:#222}
button:focus-visible{outline:4px solid #ffb000;outline-offset:3px}
`;
const TEXTS = {
  fr: ['Toujours là\u00a0?', 'L’écran se remet à zéro dans quelques secondes.', 'Oui, je continue'],
  en: ['Still there?', 'The screen starts afresh in a few seconds.', 'Yes, keep going'],
};

let host: HTMLElement | undefined;
const hide = (): void => {
  host?.remove();
  host = undefined;
};

const show = (): void => {
  hide();
  host = document.createElement('comptoir-idle-warning');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const [question = '', what = '', stay = ''] = TEXTS[/^fr/.test(document.documentElement.lang) ? 'fr' : 'en'];
  const box = document.createElement('div');
  // Said at once, and no focus taken: any key and any touch says yes.
  box.setAttribute('role', 'alert');
  const button = document.createElement('button');
  button.textContent = stay;
  button.onclick = hide;
  box.append(`${question} ${what}`, button);
  root.append(box);
  document.body.append(host);
};

export const watchIdle = (): void => {
  // After the page's own listeners have said whether they do it themselves.
  addEventListener('comptoir:idle-warning', (event) => setTimeout(() => event.defaultPrevented || show()));
  for (const type of ['keydown', 'comptoir:reset']) addEventListener(type, hide, true);
  // Not at the touch itself: its click must not reach what is behind.
  addEventListener('click', hide, true);
};
