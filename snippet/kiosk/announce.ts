/** What the page may listen to, as events on `window`. Never carries anything of a person. */
type Announcements = {
  enrolment: { ok: true; kiosk: string; store: string } | { ok: false; reason: string };
  'idle-warning': { seconds: number };
  reset: { end: 'done' | 'reset' | 'idle' };
  optin: { ok: true };
};

export const announce = <Name extends keyof Announcements>(name: Name, detail: Announcements[Name]): void => {
  dispatchEvent(new CustomEvent(`comptoir:${name}`, { detail }));
};
