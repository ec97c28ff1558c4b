/** Test mode: staff may try everything, nothing is counted or stored, and the screen says so. It ends by itself. */
import { kit, read, write } from './kit.ts';

/** Forgotten, it would cost a day of opt-ins. */
const LASTS = 30 * 60_000;
let timer = 0;
let label: HTMLElement | undefined;

const show = (): void => {
  label?.remove();
  if (!kit.settings().settings.test) return;
  label = document.createElement('comptoir-test-mode');
  label.setAttribute('role', 'status');
  label.textContent = /^fr/.test(document.documentElement.lang)
    ? 'Mode test\u00a0: rien n’est compté ni enregistré.'
    : 'Test mode: nothing is counted or stored.';
  label.style.cssText =
    'position:fixed;inset:0 0 auto;z-index:2147483646;padding:.4em;background:#ffb000;color:#222;text-align:center';
  document.body.append(label);
};

/** Under the version of the dashboard's settings: the next change there decides again. */
export const setTest = (on: boolean): void => {
  const { settings, version } = kit.settings();
  kit.settle({ ...settings, test: on }, version);
  const until = on ? Date.now() + LASTS : undefined;
  write({ test: until }).catch(() => {});
  plan(until);
};

const plan = (until?: number): void => {
  clearTimeout(timer);
  if (until) timer = setTimeout(setTest, Math.max(0, Math.min(LASTS, until - Date.now())), false);
};

export const watchTest = (): void => {
  addEventListener('comptoir:settings', show);
  read<number>('test').then(plan, () => {});
  show();
};
