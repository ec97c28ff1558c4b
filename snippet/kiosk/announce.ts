/** What the page may listen to, as events on `window`. Never carries anything of a person. */
import type { KioskSettings } from '../../collector/wire.ts';

type Announcements = {
  enrolment: { ok: true; kiosk: string; store: string } | { ok: false; reason: string };
  /** Cancelled by a page that shows a warning of its own. */
  'idle-warning': { seconds: number };
  reset: { end: 'done' | 'reset' | 'idle'; language: string };
  optin: { ok: true };
  settings: KioskSettings;
};

export type Announce = <Name extends keyof Announcements>(name: Name, detail: Announcements[Name]) => void;

export const announce: Announce = (name, detail) => {
  dispatchEvent(new CustomEvent(`comptoir:${name}`, { detail, cancelable: true }));
};
