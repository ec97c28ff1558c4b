/** A form that was refused, as settings to show again: what was typed stands there still, right or wrong, and nothing of it is kept. */
import type { KioskSettings } from '../collector/wire.ts';
import { all, field, readLanguage, readTime, readWordings } from './read-kiosk-fields.ts';

const DAYS = [0, 1, 2, 3, 4, 5, 6];

/** A time that is none, or was left out, is NaN: its field is shown empty. */
function typedHours(form: FormData): ([number, number] | null)[] {
  const at = (name: string) => readTime(field(form, name)) ?? Number.NaN;
  return DAYS.map((day) => {
    const [from, to] = [at(`from-${day}`), at(`to-${day}`)];
    return Number.isNaN(from) && Number.isNaN(to) ? null : [from, to];
  });
}

function typedTexts(form: FormData): KioskSettings['texts'] {
  const [names, fr, en] = [all(form, 'text-name'), all(form, 'text-fr'), all(form, 'text-en')];
  const rows = names.map((name, i): [string, Record<string, string>] => [name, { fr: fr[i] ?? '', en: en[i] ?? '' }]);
  return Object.fromEntries(rows.filter(([name, said]) => name !== '' || said.fr !== '' || said.en !== ''));
}

const typedIdle = (form: FormData): number | undefined => {
  const seconds = Number(field(form, 'idle'));
  return field(form, 'idle') === '' || Number.isNaN(seconds) ? undefined : seconds;
};
const typedChoice = (form: FormData, name: string): boolean | undefined =>
  field(form, name) === '' ? undefined : field(form, name) === '1';

/** @param known ids of the site's wordings. */
export const typedKiosk = (form: FormData, known: ReadonlySet<string>): KioskSettings => ({
  idle: typedIdle(form),
  language: readLanguage(form),
  wordings: readWordings(form, known),
  texts: typedTexts(form),
  invitation: typedChoice(form, 'invitation'),
  test: typedChoice(form, 'test'),
});

/** @param known ids of the site's wordings. */
export const typedStore = (form: FormData, known: ReadonlySet<string>): { settings: KioskSettings; page: string } => ({
  settings: {
    ...typedKiosk(form, known),
    hours: typedHours(form),
    invitation: form.has('invitation'),
    test: form.has('test'),
  },
  page: field(form, 'page'),
});
