/** What this browser has agreed to: measured or not, in which mode, and under which id. */
import { config } from './config.ts';
import { makeId, readMoment } from './id.ts';
import { read, write } from './storage.ts';

const VISITOR = 'comptoir';
const CHOICE = 'comptoir.mode';
/** A refusal stands where the visitor id would be, so that it needs no id and cannot live beside one. */
const REFUSED = '0';
/** Thirteen months, never extended: https://www.cnil.fr/en/sheet-ndeg16-use-analytics-your-websites-and-applications */
const LIFETIME = 395 * 864e5;

export const stores = config.storage !== 'none';

let chosen = stores && read(CHOICE);

export const isRefused = (): boolean => read(VISITOR) === REFUSED;

/** Engagement mode for the next message? Only an explicit act overrules GPC (https://www.w3.org/TR/gpc/). */
export const isEngaged = (): boolean => (chosen ? chosen > '0' : config.mode === 'engagement' && !navigator.globalPrivacyControl);

/** Remembered, because the page's consent tool usually answers after the page's first message is gone. */
export const choose = (engagement: boolean): void => {
  chosen = engagement ? '1' : '0';
  if (stores) write(CHOICE, chosen);
};

/** The browser's own refusal, or its end. Either way the visitor is forgotten. */
export const forget = (refused?: boolean): void => write(VISITOR, refused ? REFUSED : '');

/** The visitor id, made when the first message needs it; without a storage that keeps it there is none. */
export const readVisitor = (): string | undefined => {
  if (!stores) return undefined;
  if (!(readMoment(read(VISITOR) ?? '') > Date.now() - LIFETIME)) write(VISITOR, makeId());
  return read(VISITOR) ?? undefined;
};
