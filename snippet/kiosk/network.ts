/** `kiosk.x.js`, which sends: asked for when there is something to send, and again for as long as it could not be had. */
import { config, src } from '../config.ts';
import { announce } from './announce.ts';
import { base, boot } from './clock.ts';
import { codes } from './enrol-code.ts';
import { transact } from './kiosk-database.ts';
import { keepSettings, settings, version } from './kiosk-settings.ts';
import type { Kit } from './kit.ts';

let extra: Promise<{ flush: () => void }> | undefined;
let tries = 0;
/** Set by the entry, which knows how a visit ends. */
export const kit: Kit = {
  config,
  src,
  codes,
  boot,
  base,
  transact,
  announce,
  settle: keepSettings,
  settings: () => ({ settings, version }),
  reset: () => {},
  errors: [],
};

/** Sends what waits. Never rejects: what cannot be sent now is kept. */
export const flush = async (): Promise<void> => {
  // A browser may remember that a module could not be had: another address is another module.
  extra ??= import(new URL(`/kiosk.x.js${tries ? `?${tries}` : ''}`, src).href).then(({ start }) => start(kit));
  try {
    (await extra).flush();
  } catch {
    extra = undefined;
    tries++;
  }
};

/** The form, where one stands. */
export const loadForm = (): void => {
  if (document.querySelector('comptoir-optin')) import(new URL('/c.o.js', src).href).catch(() => {});
};
