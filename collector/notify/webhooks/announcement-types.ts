/** What can be announced to a brand's own programs. Names are a promise: they are only ever added to. */

export const ANNOUNCEMENT_TYPES = [
  'optin.submitted',
  'optin.confirmed',
  'optin.withdrawn',
  'person.erased',
  'kiosk.offline',
  'kiosk.online',
] as const;
/** `stage.changed` and `alert.fired` are reserved: nothing here makes them yet, so nobody can subscribe to them. */
export type AnnouncementType = (typeof ANNOUNCEMENT_TYPES)[number];
export const isAnnouncementType = (text: string): text is AnnouncementType => ANNOUNCEMENT_TYPES.some((type) => type === text);

/** What a test delivery is called; every receiver is sent it when somebody asks for it, and never otherwise. */
export const TEST_TYPE = 'test';
