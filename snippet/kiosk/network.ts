/** `kiosk.x.js`, which sends: asked for when there is something to send, and again for as long as it could not be had. */
import { config, src } from '../config.ts';
import { announce } from './announce.ts';
import { base, boot } from './clock.ts';
import { codes } from './enrol-code.ts';
import { isMemory, transact } from './kiosk-database.ts';
import { keepSettings, settings, version } from './kiosk-settings.ts';
import type { Extra, Kit } from './kit.ts';

let extra: Promise<Extra> | undefined;
let tries = 0;
/** Set by the entry, which knows how a visit ends. */
export const kit: Kit = {
  config,
  src,
  codes,
  boot,
  base,
  transact,
  memory: isMemory,
  announce,
  settle: keepSettings,
  settings: () => ({ settings, version }),
  reset: () => {},
  errors: [],
};

const load = async (): Promise<Extra | undefined> => {
  // A browser may remember that a module could not be had: another address is another module.
  extra ??= import(new URL(`/kiosk.x.js${tries ? `?${tries}` : ''}`, src).href).then(({ start }) => start(kit));
  try {
    return await extra;
  } catch {
    extra = undefined;
    tries++;
    return undefined;
  }
};

/** Sends what waits. Never rejects: what cannot be sent now is kept. */
export const flush = async (): Promise<void> => (await load())?.flush();

/** Sends one message now, and says whether the collector has it: for a kiosk that can keep nothing. */
export const deliver = async (key: string): Promise<boolean> => !!(await (await load())?.deliver?.(key));

/** The form, where one stands. */
export const loadForm = (): void => {
  if (document.querySelector('comptoir-optin')) import(new URL('/c.o.js', src).href).catch(() => {});
};
