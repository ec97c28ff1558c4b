/** The form of a store's settings, read. Fields that it does not show stay as they are. */
import { isAllowedHost } from '../collector/acquisition/own-hosts.ts';
import type { KioskSettings } from '../collector/wire.ts';
import type { Wrong } from './pages/store.tsx';
import { field, readIdle, readLanguage, readTexts, readTime, readWordings } from './read-kiosk-fields.ts';

/** Seven days, or null when one of them has half a time or none that is one. */
function readHours(form: FormData): NonNullable<KioskSettings['hours']> | null {
  const hours: NonNullable<KioskSettings['hours']> = [];
  for (let day = 0; day < 7; day += 1) {
    const [from, to] = [readTime(field(form, `from-${day}`)), readTime(field(form, `to-${day}`))];
    if (from === undefined || to === undefined || (from === null) !== (to === null) || (from !== null && from === to))
      return null;
    hours.push(from === null || to === null ? null : [from, to]);
  }
  return hours;
}

const isLocal = (host: string) => host === 'localhost' || host === '127.0.0.1';

/** An address of one of the site's own hosts, without a fragment: there the code goes. */
function readPage(text: string, hosts: readonly string[]): string | null | undefined {
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || text.length > 500 || url.username !== '' || url.password !== '') return undefined;
  const isOurs =
    isAllowedHost(hosts, url.hostname) && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname)));
  return isOurs ? url.origin + url.pathname + url.search : undefined;
}

export type StoreForm = { settings: KioskSettings; pin: string; page: string | null };

/**
 * @param known ids of the site's wordings. @param hosts of the site.
 * @returns the settings, with the PIN as it was typed, or the field that is wrong.
 */
export function readStoreForm(
  form: FormData,
  before: KioskSettings,
  known: ReadonlySet<string>,
  hosts: readonly string[],
): StoreForm | Wrong {
  const page = readPage(field(form, 'page'), hosts);
  if (page === undefined) return 'page';
  const hours = readHours(form);
  if (hours === null) return 'hours';
  const idle = readIdle(form);
  if (idle === null) return 'idle';
  const texts = readTexts(form, before.texts);
  if (texts === null) return 'texts';
  const pin = field(form, 'pin');
  if (pin !== '' && !/^\d{4,12}$/.test(pin)) return 'pin';
  const settings: KioskSettings = {
    ...before,
    // No day open is no hours at all: a store that never opens would never be missed.
    hours: hours.some((day) => day !== null) ? hours : undefined,
    idle,
    texts,
    language: readLanguage(form),
    wordings: readWordings(form, known),
    invitation: form.has('invitation'),
    test: form.has('test'),
  };
  return { settings, pin, page };
}
