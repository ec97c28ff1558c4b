/** Untrusted date ranges become periods or days. */
import { dayOfDate } from '../store/calendar.ts';
import { type DateRange, PERIODS, type Period } from './period.ts';
import { type Problem, problem } from './problem.ts';

/** Nothing was measured before, and nothing will be after: dates outside are typing errors. */
const FIRST = '2000-01-01';
const LAST = '2099-12-31';

const isPeriod = (text: string): text is Period => PERIODS.some((p) => p === text);
const impossible = (fr: string, en: string) => problem('impossible_date', 'date_range', { fr, en });

export function readRange(raw: string | readonly [string, string]): DateRange | Problem {
  if (typeof raw === 'string')
    return isPeriod(raw)
      ? raw
      : problem('unknown_period', 'date_range', {
          fr: `Utilisez l'une de ces périodes : ${PERIODS.join(', ')}, ou deux dates.`,
          en: `Use one of ${PERIODS.join(', ')}, or two dates.`,
        });
  const [from, to] = [dayOfDate(raw[0]), dayOfDate(raw[1])];
  if (from === null || to === null)
    return impossible("Les dates s'écrivent 2026-10-31 et doivent exister.", 'Dates are written 2026-10-31 and must exist.');
  if (raw[0] < FIRST || raw[1] > LAST)
    return impossible(`Les dates vont du ${FIRST} au ${LAST}.`, `Dates go from ${FIRST} to ${LAST}.`);
  if (to < from) return impossible('La seconde date est avant la première.', 'The second date is before the first.');
  return { from, to };
}
