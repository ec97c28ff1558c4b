/** The form of what differs on one kiosk, read: what is left open is the store's. */
import type { KioskSettings } from '../collector/wire.ts';
import { field, readIdle, readLanguage, readTexts, readWordings } from './read-kiosk-fields.ts';

export type WrongOfKiosk = 'idle' | 'texts';

const readChoice = (form: FormData, name: string): boolean | undefined => {
  const said = field(form, name);
  return said === '1' ? true : said === '0' ? false : undefined;
};

/** @param known ids of the site's wordings. @returns the settings, or the field that is wrong. */
export function readKioskForm(form: FormData, before: KioskSettings, known: ReadonlySet<string>): KioskSettings | WrongOfKiosk {
  const idle = readIdle(form);
  if (idle === null) return 'idle';
  const texts = readTexts(form, before.texts);
  if (texts === null) return 'texts';
  return {
    ...before,
    idle,
    texts,
    language: readLanguage(form),
    wordings: readWordings(form, known),
    invitation: readChoice(form, 'invitation'),
    test: readChoice(form, 'test'),
  };
}
