/** What the dashboard decides about this kiosk, from the disk: it holds without a network, too. */
import type { KioskSettings } from '../../collector/wire.ts';
import { config } from '../config.ts';
import { announce } from './announce.ts';
import { readKept, transact } from './kiosk-database.ts';

export let settings: KioskSettings = {};
export let version = '';

/** What the page said before anybody changed it. */
const language = document.documentElement.lang;
export const defaultLanguage = (): string => settings.language || language;

/** Seconds without a touch until the reset: from the dashboard, the element, the script element, or 45. */
export const idleSeconds = (): number =>
  settings.idle || Number(document.querySelector('comptoir-optin')?.getAttribute('idle')) || Number(config.idle) || 45;

const obey = (next: KioskSettings, now: string): void => {
  settings = next;
  version = now;
  // For a form that comes later.
  Object.assign(window.comptoir ?? {}, { settings });
  announce('settings', settings);
};

type Kept = { settings: KioskSettings; version: string };

/** Before the first touch, as far as the disk is quick. */
export const recallSettings = (): Promise<void> =>
  readKept<Kept>('settings')
    .then((kept) => kept && obey(kept.settings, kept.version))
    .catch(() => {});

export const keepSettings = (next: KioskSettings, now: string): void => {
  obey(next, now);
  transact('readwrite', (store) => {
    store.put({ settings, version }, 'settings');
    return () => {};
  }).catch(() => {});
};
