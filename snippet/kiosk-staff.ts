/**
 * `kiosk.s.js`: the staff panel. Is this screen on and sending, how much waits and since when; reset, test mode, language, help.
 * Numbers only: it knows no address, and the PIN that opens it decrypts nothing.
 */
import type { StaffKit } from './kiosk-extra/staff-press.ts';
import { drawCode } from './kiosk-staff/help-code.ts';
import { button, node } from './kiosk-staff/node.ts';
import { tryPin } from './kiosk-staff/pin.ts';
import { textsOf } from './kiosk-staff/texts.ts';

const css = `
section{position:fixed;inset:0;z-index:2147483647;overflow:auto;display:grid;place-content:center;gap:1em;padding:2em;background:#1c1c1c;color:#fff;font:clamp(18px,2.4vmin,34px)/1.5 system-ui,sans-serif}
h1{font-size:1.3em;margin:0}p{margin:0}dl{display:grid;grid-template-columns:auto auto;gap:.4em 1.5em;margin:0}dd{margin:0;font-weight:600}
button,input,a{font:inherit;min-height:52px;min-width:64px;padding:.3em 1em;border:1px solid #888;border-radius:.4em;background:#333;color:#fff}
a{display:inline-flex;align-items:center}svg{width:min(40vmin,11em);background:#fff;border-radius:.4em}input{background:#fff;color:#222;font-size:1.4em;letter-spacing:.3em;text-align:center}
.pad{display:grid;grid-template-columns:repeat(3,1fr);gap:8px}:focus-visible{outline:3px solid #ffb000;outline-offset:2px}
`;
/** A panel that staff walked away from closes. */
const OPEN_FOR = 90_000;

let host: HTMLElement | undefined;

const close = (): void => {
  host?.remove();
  host = undefined;
};

const frame = (staff: StaffKit, ...children: Node[]): void => {
  if (!host) return;
  const { title, close: closing } = textsOf(staff.language());
  const section = node('section', { role: 'dialog', 'aria-modal': 'true', 'aria-label': title, lang: staff.language() });
  section.append(node('h1', {}, title), ...children, button(closing, close));
  host.shadowRoot?.replaceChildren(section);
};

const showPanel = async (staff: StaffKit): Promise<void> => {
  const texts = textsOf(staff.language());
  const { kiosk, store, enrolled, waiting, optIns, refused, oldestMs } = await staff.look();
  const state = node('p', { role: 'status' }, enrolled ? texts.asking : texts.unknown);
  const today = node('dd', {}, '–');
  const since = oldestMs === null ? '' : `, ${texts.since(Math.round(oldestMs / 60_000))}`;
  const again = (act: () => void) => () => {
    act();
    showPanel(staff);
  };
  const other = /^fr/.test(staff.language()) ? 'en' : 'fr';
  frame(
    staff,
    node('p', {}, `${store} · ${kiosk}`),
    state,
    node(
      'dl',
      {},
      ...[
        [texts.today, today] as const,
        [texts.unsent, node('dd', {}, `${optIns} / ${waiting}${since}`)] as const,
        [texts.refused, node('dd', {}, String(refused))] as const,
      ].flatMap(([label, value]) => [node('dt', {}, label), value]),
    ),
    button(texts.reset, () => {
      close();
      staff.reset();
    }),
    button(
      staff.isTest() ? texts.endTest : texts.test,
      again(() => staff.test(!staff.isTest())),
    ),
    button(
      texts.language,
      again(() => {
        document.documentElement.lang = other;
      }),
    ),
    // For a phone of their own, or to read out: a link would lead out of the kiosk.
    ...drawCode(staff.helpCode?.(), texts.help),
    node('p', {}, `${texts.help}${staff.help.replace(/^https?:\/\//, '')}`),
  );
  if (!enrolled) return;
  const stored = await staff.send();
  state.textContent = stored === undefined ? texts.offline : texts.sending;
  if (stored !== undefined) today.textContent = String(stored);
};

const askPin = (staff: StaffKit): void => {
  const texts = textsOf(staff.language());
  const input = node('input', {
    type: 'password',
    inputmode: 'none',
    autocomplete: 'off',
    'aria-label': texts.pin,
    maxlength: '12',
  });
  const problem = node('p', { role: 'alert' });
  const enter = async (): Promise<void> => {
    const outcome = await tryPin(staff, input.value);
    input.value = '';
    if (outcome === 'open') await showPanel(staff);
    else problem.textContent = outcome === 'wrong' ? texts.wrong : texts.wait(outcome);
  };
  input.onkeydown = ({ key }) => {
    if (key === 'Enter') enter();
  };
  const digits = [...'123456789'].map((digit) => button(digit, () => (input.value += digit)));
  const erase = button(texts.erase, () => (input.value = ''));
  const zero = button('0', () => (input.value += '0'));
  frame(staff, input, problem, node('div', { class: 'pad' }, ...digits, erase, zero, button(texts.enter, enter)));
  input.focus();
};

/** Opens the panel, or rather the question for the PIN. */
export const open = (staff: StaffKit): void => {
  if (host) return;
  host = document.createElement('comptoir-staff');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  document.body.append(host);
  askPin(staff);
  setTimeout(close, OPEN_FOR);
};
