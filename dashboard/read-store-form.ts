/** The form of a store's settings, read. Fields that it does not show stay as they are. */
import type { KioskSettings } from '../collector/wire.ts';
import type { Wrong } from './pages/store.tsx';

const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** Minutes of the day, null where nothing was typed, undefined where it is no time. */
function readTime(text: string): number | null | undefined {
  if (text === '') return null;
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

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

/** @returns the settings, with the PIN as it was typed, or the field that is wrong. */
export function readStoreForm(
  form: FormData,
  before: KioskSettings,
  known: ReadonlySet<string>,
): { settings: KioskSettings; pin: string } | Wrong {
  const hours = readHours(form);
  if (hours === null) return 'hours';
  const idle = field(form, 'idle');
  if (idle !== '' && !(Number.isInteger(Number(idle)) && Number(idle) >= 20 && Number(idle) <= 600)) return 'idle';
  const pin = field(form, 'pin');
  if (pin !== '' && !/^\d{4,12}$/.test(pin)) return 'pin';
  const language = field(form, 'language');
  const wordings = form.getAll('wording').filter((id): id is string => typeof id === 'string' && known.has(id));
  const settings: KioskSettings = {
    ...before,
    // No day open is no hours at all: a store that never opens would never be missed.
    hours: hours.some((day) => day !== null) ? hours : undefined,
    idle: idle === '' ? undefined : Number(idle),
    language: /^(fr|en)$/.test(language) ? language : undefined,
    wordings: wordings.length > 0 ? wordings : undefined,
    invitation: form.has('invitation'),
    test: form.has('test'),
  };
  return { settings, pin };
}
