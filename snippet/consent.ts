/** What this browser has agreed to: measured or not, in which mode, and under which id. */
import { config } from './config.ts';
import { makeId } from './id.ts';
import { REFUSED, store } from './storage.ts';

/** A refusal stands where the visitor id would be, so that it needs no id and cannot live beside one. */
const VISITOR = 'comptoir';
const CHOICE = 'comptoir.mode';
/** Thirteen months, never extended: https://www.cnil.fr/en/sheet-ndeg16-use-analytics-your-websites-and-applications */
const LIFETIME = 395 * 864e5;

let chosen = store(CHOICE);

export const isRefused = (): boolean => store(VISITOR) === REFUSED;

/** Engagement mode for the next message? Only an explicit act overrules GPC (https://www.w3.org/TR/gpc/). */
export const isEngaged = (): boolean =>
  chosen ? chosen > REFUSED : config.mode === 'engagement' && !navigator.globalPrivacyControl;

/** Remembered, because the page's consent tool usually answers after the page's first message is gone. */
export const choose = (engagement: boolean): void => {
  chosen = engagement ? '1' : REFUSED;
  store(CHOICE, chosen);
};

/** Forgets the visitor, for good or until the next message. */
export const forget = (refused = ''): string | undefined => store(VISITOR, refused);

/** The visitor id, made when the first message needs it; without a storage that keeps it there is none. */
export const readVisitor = (): string | undefined => {
  if (isRefused()) return;
  const id = store(VISITOR) ?? '';
  // An id begins with its birth.
  return Number.parseInt(id.slice(0, 12), 16) > Date.now() - LIFETIME ? id : store(VISITOR, makeId());
};
