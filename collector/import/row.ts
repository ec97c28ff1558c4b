/** One row of a table, its cells read by the names of their columns; every mistake names its line. */
import { dayOfDate } from '../store/calendar.ts';
import { cleanText } from '../store/clean-text.ts';
import { addMistake, type Findings, type Words } from './findings.ts';

export type Row = {
  line: number;
  /** Clean text, or '' where the column is empty or not there. */
  text: (column: string, max?: number) => string;
  /** A number of 0 or more; null where the column is empty or not there. Anything else is a mistake. */
  count: (column: string) => number | null;
  /** A day number of `2026-10-31`; null after a mistake was noted. */
  day: (column: string) => number | null;
  /** A moment in epoch ms; null after a mistake was noted. */
  moment: (column: string) => number | null;
  mistake: (column: string, what: Words) => void;
};

const VALUE_CHARS = 500;
/** ClickHouse writes NULL so in CSV. */
const NULL = '\\N';
const decode = (text: string) => cleanText(text, 60);

/** A moment with its zone, or without: then it is UTC, as the tools write it. */
function readMoment(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (!match?.[1] || dayOfDate(match[1]) === null) return null;
  const at = Date.parse(`${match[1]}T${match[2]}${match[3] ?? 'Z'}`);
  return Number.isNaN(at) ? null : at;
}

/** What reads the cells of the current record: one object for all rows, as there may be hundreds of thousands. */
export function makeRow(file: string, positions: Map<string, number>, findings: Findings): Row & { record: string[] } {
  const raw = (column: string) => {
    const cell = row.record[positions.get(column) ?? -1] ?? '';
    return cell === NULL ? '' : cell;
  };
  const wrong = (column: string, fr: string, en: string): null => {
    row.mistake(column, { fr: `« ${decode(raw(column))} » ${fr}`, en: `“${decode(raw(column))}” ${en}` });
    return null;
  };
  const row: Row & { record: string[] } = {
    record: [],
    line: 0,
    text: (column, max = VALUE_CHARS) => cleanText(raw(column), max),
    count: (column) => {
      const text = raw(column).trim();
      if (text === '') return null;
      return /^\d{1,15}$/.test(text) ? Number(text) : wrong(column, "n'est pas un nombre entier.", 'is not a whole number.');
    },
    day: (column) =>
      dayOfDate(raw(column).trim()) ?? wrong(column, "n'est pas une date comme 2026-10-31.", 'is not a date like 2026-10-31.'),
    moment: (column) =>
      readMoment(raw(column).trim()) ?? wrong(column, "n'est pas une date avec une heure.", 'is not a date with a time.'),
    mistake: (column, what) => addMistake(findings, { file, line: row.line, column, what }),
  };
  return row;
}
