/** Numbers, durations, dates and changes in the reader's language and the site's time zone. */
import type { Language, Metric, Unit } from '../collector/report/metric.ts';
import type { Overview } from '../collector/report/result.ts';
import { DAY_MS } from '../collector/store/calendar.ts';
import { numbers } from './text/numbers.ts';
import { setType } from './typography.ts';

export type Direction = 'up' | 'down' | 'same';
export type Change = { text: string; direction: Direction };
export type Format = ReturnType<typeof makeFormat>;

/** A percentage over fewer cases than this says more about chance than about the brand. */
const MIN_BASE = 30;
const MINUS = '\u2212';
const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

/** Formats of one language and zone; cheap enough to be made once per page. */
export function makeFormat(language: Language, zone: string, nowMs: number) {
  const locale = LOCALES[language];
  const say = (words: { fr: string; en: string }) => setType(words[language], language);
  const plain = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const percent = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      value,
    );
  const date = (at: number, options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  const count = (value: number) => plain(value, 0);

  function seconds(value: number): string {
    const whole = Math.round(value);
    if (whole < 60) return say(numbers.seconds(value < 10 ? plain(value, 1) : count(whole)));
    const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
    if (minutes < 60) return say(numbers.minutes(count(minutes), String(rest).padStart(2, '0')));
    return say(numbers.hours(count(Math.floor(minutes / 60)), String(minutes % 60).padStart(2, '0')));
  }

  const units: Record<Unit, (value: number) => string> = {
    count,
    ratio: (value) =>
      value > 0 && value < 0.0005 ? `< ${percent(0.001, 1)}` : percent(value, value === 0 || value === 1 ? 0 : 1),
    seconds,
    decimal: (value) => plain(value, 2),
    percent: (value) => percent(value / 100, 0),
  };
  const value = (metric: Metric, v: number) => units[metric.unit](v);

  /** Points for ratios, percent for the rest; null where the base is too small for either. */
  function change(metric: Metric, now: number, before: number): Change | null {
    const shift = now - before;
    if (metric.unit === 'ratio') return signed(shift * 100, 1, (text) => say(numbers.points(text)));
    if (metric.unit === 'percent') return signed(shift, 0, (text) => say(numbers.points(text)));
    if (before === 0 || (metric.unit === 'count' && before < MIN_BASE)) return null;
    return signed((shift / before) * 100, Math.abs(shift / before) < 0.1 ? 1 : 0, (text) =>
      say({ fr: `${text} %`, en: `${text}%` }),
    );
  }

  function signed(amount: number, digits: number, write: (text: string) => string): Change {
    const rounded = Number(amount.toFixed(digits));
    const text = new Intl.NumberFormat(locale, {
      maximumFractionDigits: digits,
      minimumFractionDigits: digits,
      signDisplay: 'exceptZero',
    })
      .format(rounded)
      .replace('-', MINUS);
    return { text: write(text), direction: rounded > 0 ? 'up' : rounded < 0 ? 'down' : 'same' };
  }

  /** `2026-10-31`, a day of the site's calendar, needs no zone any more. */
  const noon = (day: string) => Date.parse(`${day.slice(0, 10)}T12:00:00Z`);
  /** Days `from` to `to`, as one phrase. */
  function days(from: string, to: string): string {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
    return from === to ? format.format(noon(from)) : format.formatRange(noon(from), noon(to));
  }

  /** A bucket of a chart: short for its axis, long for its table. */
  function bucket(size: Overview['series']['bucket'], name: string, long: boolean): string {
    if (size === 'hour')
      return date(
        Date.parse(name),
        long
          ? { weekday: 'short', hour: '2-digit', minute: '2-digit' }
          : { hour: 'numeric', hourCycle: language === 'en' ? 'h12' : 'h23' },
      );
    const options: Intl.DateTimeFormatOptions =
      size === 'month'
        ? { month: long ? 'long' : 'short', year: long ? 'numeric' : '2-digit' }
        : { day: 'numeric', month: long ? 'long' : 'short', ...(long && size === 'day' ? { weekday: 'long' } : {}) };
    const text = date(noon(name), options, 'UTC');
    return size === 'week' && long ? say(numbers.weekOf(text)) : text;
  }

  function ago(at: number): string {
    const passed = Math.max(0, nowMs - at);
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    if (passed < 90_000) return say(numbers.justNow);
    if (passed < 5_400_000) return relative.format(-Math.round(passed / 60_000), 'minute');
    if (passed < DAY_MS) return relative.format(-Math.round(passed / 3_600_000), 'hour');
    return passed < 30 * DAY_MS ? relative.format(-Math.round(passed / DAY_MS), 'day') : date(at, { dateStyle: 'medium' });
  }

  /** Decimal units, as D1 and disks count them: 10 Go is what a database holds. */
  function bytes(size: number): string {
    const [unit, scale] =
      size < 1e6 ? (['kilobyte', 1e3] as const) : size < 1e9 ? (['megabyte', 1e6] as const) : (['gigabyte', 1e9] as const);
    return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(size / scale);
  }

  return {
    count,
    seconds,
    bytes,
    /** How full something is: never rounded up to a limit that is not reached. */
    filled: (v: number) => (v > 0 && v < 0.001 ? `< ${percent(0.001, 1)}` : percent(Math.floor(v * 1_000) / 1_000, 1)),
    /** The site-local day of an instant. */
    day: (at: number) => date(at, { dateStyle: 'long' }),
    value,
    change,
    days,
    bucket,
    ago,
    /** Neither nothing nor everything by rounding. */
    share: (v: number) =>
      v > 0 && v < 0.005
        ? `< ${percent(0.01, 0)}`
        : v > 0.99 && v < 1
          ? percent(Math.floor(v * 1_000) / 1_000, 1)
          : percent(v, 0),
    moment: (at: number) => date(at, { dateStyle: 'medium', timeStyle: 'short' }),
    time: (at: number) => date(at, { timeStyle: 'short' }),
    /** An interval of a proportion: the unit once, at its end. */
    interval: ([low, high]: readonly [number, number]) => say(numbers.between(plain(low * 100, 1), plain(high * 100, 1))),
    /** City of the zone: the hour of Paris. */
    zoneCity: () => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' '),
  };
}
