/** The way to the staff panel: a finger held for three seconds in the upper left corner. Nothing is shown, nothing is said. */
import { countWaiting, type Waiting } from './batch.ts';
import { sayHealth } from './health.ts';
import { readIdentity } from './identity.ts';
import { kit, read, write } from './kit.ts';
import { setTest } from './test-mode.ts';

const HOLD = 3_000;
const CORNER = 96;

/** What `kiosk.s.js` gets. Names are never shortened: the two files may be of different ages. */
export type StaffKit = {
  language: () => string;
  pin: () => { salt: string; hash: string; iterations: number } | undefined;
  read: typeof read;
  write: typeof write;
  /** Names of kiosk and store, what waits, and whether the collector answers now. */
  look: () => Promise<Waiting & { kiosk: string; store: string; enrolled: boolean }>;
  /** Speaks with the collector now: how many opt-ins of today it has, or undefined when it cannot be reached. */
  send: () => Promise<number | undefined>;
  reset: () => void;
  test: (on: boolean) => void;
  isTest: () => boolean;
  help: string;
  /** That address as a QR code; an older kiosk.x.js has no such place. */
  helpCode?: () => { size: number; dark: string } | undefined;
};

const staffKit: StaffKit = {
  language: () => document.documentElement.lang,
  pin: () => kit.settings().settings.pin,
  read,
  write,
  look: async () => {
    const identity = await readIdentity();
    const { kiosk = '', store = '' } = identity ?? {};
    return { ...(await countWaiting()), kiosk, store, enrolled: Boolean(identity && !identity.lost) };
  },
  send: () => sayHealth().catch(() => undefined),
  reset: () => kit.reset(),
  test: setTest,
  isTest: () => kit.settings().settings.test === true,
  get help() {
    return kit.settings().settings.help?.url ?? new URL('/help/kiosk-staff', kit.src).href;
  },
  helpCode: () => kit.settings().settings.help,
};

export const watchStaff = (): void => {
  let timer = 0;
  addEventListener(
    'pointerdown',
    ({ clientX, clientY, isTrusted }) => {
      clearTimeout(timer);
      if (!isTrusted || clientX > CORNER || clientY > CORNER || !staffKit.pin()) return;
      timer = setTimeout(() => {
        import(new URL('/kiosk.s.js', kit.src).href).then(({ open }) => open(staffKit)).catch(() => {});
      }, HOLD);
    },
    true,
  );
  for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => clearTimeout(timer), true);
};
