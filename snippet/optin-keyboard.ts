/** `c.k.js`: the on-screen keyboard of `<comptoir-optin kiosk>`. Writes at the caret, keeps nothing, and leaves a real keyboard alone. */
import { layoutOf } from './optin-keyboard/layout.ts';

const css = `
[part=keyboard]{position:sticky;bottom:0;display:grid;gap:6px;margin-top:1em;padding:6px;border-radius:var(--comptoir-radius,.5em);background:var(--comptoir-keyboard,#e9e6e1);color:#222}
[part=row]{display:flex;gap:6px;flex-wrap:wrap;justify-content:center}
[part~=key]{flex:1 1 44px;min-width:44px;min-height:max(48px,3em);padding:0 .3em;border:0;border-radius:.4em;background:#fff;color:#222;touch-action:manipulation;user-select:none;-webkit-user-select:none}
[part~=chip]{flex:0 1 auto;padding:0 .9em;background:var(--comptoir-accent,#1f4f46);color:var(--comptoir-accent-ink,#fff)}
[part~=key]:active{filter:brightness(.85)}
@media (max-width:559px){
[part=row]{flex-wrap:nowrap;gap:3px}
[part=row]:first-child{overflow-x:auto;justify-content:start}
[part~=key]{flex:1 1 0;min-width:26px;padding:0}
[part~=chip]{flex:none;padding:0 .8em}
}
`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** A shared screen reaches the middle of an address as a keyboard does: what is selected goes, the rest stays. */
const write = (input: HTMLInputElement, text: string): void => {
  const from = input.selectionStart ?? input.value.length;
  const to = input.selectionEnd ?? from;
  input.setRangeText(text, from, to, 'end');
};
const erase = (input: HTMLInputElement): void => {
  const from = input.selectionStart ?? input.value.length;
  const to = input.selectionEnd ?? from;
  if (to) input.setRangeText('', from === to ? from - 1 : from, to, 'end');
};
/** A domain takes the place of what stands after the @. */
const complete = (input: HTMLInputElement, domain: string): void => {
  input.value = `${input.value.replace(/@.*/s, '')}@${domain}`;
};

/** The keyboard of one field. @param root the shadow root that gets its look. */
export const keyboardFor = (input: HTMLInputElement, language: string, root: ShadowRoot): HTMLElement => {
  const { name, rows, chips, erase: erasing } = layoutOf(language);
  const press = (act: () => void): void => {
    act();
    input.focus({ preventScroll: true });
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const key = (text: string, part: string, act: () => void, label = text): HTMLElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.setAttribute('part', part);
    made.setAttribute('aria-label', label);
    made.textContent = text;
    // The field keeps its focus and its caret.
    made.onpointerdown = (event) => event.preventDefault();
    made.onclick = () => press(act);
    return made;
  };
  const line = (...keys: HTMLElement[]): HTMLElement => {
    const made = document.createElement('div');
    made.setAttribute('part', 'row');
    made.append(...keys);
    return made;
  };
  const board = document.createElement('div');
  board.setAttribute('part', 'keyboard');
  board.setAttribute('role', 'group');
  board.setAttribute('aria-label', name);
  board.append(
    line(...chips.map((domain) => key(`@${domain}`, 'key chip', () => complete(input, domain)))),
    ...rows.map((row, index) =>
      line(
        ...row.map((spelled) => {
          const [sign = '', label] = spelled.split('=');
          return key(sign, 'key', () => write(input, sign), label);
        }),
        ...(index === rows.length - 1 ? [key('⌫', 'key', () => erase(input), erasing)] : []),
      ),
    ),
  );
  // Only now: without this file the device's own keyboard is needed.
  input.inputMode = 'none';
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((one) => one !== sheet), sheet];
  return board;
};
