/** Fields that the forms of a store and of a kiosk have in common, read. A form that does not show a field leaves it as it is. */
import type { KioskSettings } from '../collector/wire.ts';

type Texts = NonNullable<KioskSettings['texts']>;
const NAME = /^[\w-]{1,40}$/;
/** As long as a kiosk may be told (collector/fleet/settings.ts). */
const LONGEST = 500;
const MOST = 60;

export const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};
export const all = (form: FormData, name: string): string[] =>
  form.getAll(name).map((value) => (typeof value === 'string' ? value.trim() : ''));

/** Minutes of the day, null where nothing was typed, undefined where it is no time. */
export function readTime(text: string): number | null | undefined {
  if (text === '') return null;
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** @returns null when it is no number of seconds that a person could be waited for. */
export function readIdle(form: FormData): number | undefined | null {
  const typed = field(form, 'idle');
  if (typed === '') return undefined;
  const seconds = Number(typed);
  return Number.isInteger(seconds) && seconds >= 20 && seconds <= 600 ? seconds : null;
}

export const readLanguage = (form: FormData): string | undefined => {
  const language = field(form, 'language');
  return /^(fr|en)$/.test(language) ? language : undefined;
};

export function readWordings(form: FormData, known: ReadonlySet<string>): string[] | undefined {
  const wordings = all(form, 'wording').filter((id) => known.has(id));
  return wordings.length > 0 ? wordings : undefined;
}

/**
 * The page's own texts by name, row by row; a row without texts is taken away. Other languages than those of the form stay.
 *
 * @returns null when a name is none or is there twice, or a text has no name.
 */
export function readTexts(form: FormData, before: Texts | undefined): Texts | undefined | null {
  if (!form.has('text-name')) return before;
  const [names, fr, en] = [all(form, 'text-name'), all(form, 'text-fr'), all(form, 'text-en')];
  if (names.length > MOST) return null;
  const texts: Texts = {};
  for (const [i, name] of names.entries()) {
    const said = { fr: fr[i] ?? '', en: en[i] ?? '' };
    if (said.fr === '' && said.en === '') continue;
    if (!NAME.test(name) || Object.hasOwn(texts, name) || said.fr.length > LONGEST || said.en.length > LONGEST) return null;
    const { fr: _fr, en: _en, ...others } = before?.[name] ?? {};
    texts[name] = { ...others, ...(said.fr !== '' && { fr: said.fr }), ...(said.en !== '' && { en: said.en }) };
  }
  return Object.keys(texts).length > 0 ? texts : undefined;
}
