/** A CSV file as rows whose cells are read by the names of their columns; every mistake names its line. */
import { CsvError, parse } from 'csv-parse/sync';
import { cleanText } from '../store/clean-text.ts';
import { addMistake, type Findings, leaveOut, type Words } from './findings.ts';
import { makeRow, type Row } from './row.ts';

export type CsvFile = { name: string; bytes: Uint8Array };
/** A column that is known: needed, used where it is there, or left out for a reason. */
export type Columns = { needed: readonly string[]; used?: readonly string[]; aside?: Record<string, Words> };
export const MAX_ROWS = 400_000;
const RECORD_BYTES = 64_000;
const UNKNOWN: Words = { fr: 'Colonne inconnue, laissée de côté.', en: 'Unknown column, left out.' };

const missing = (column: string): Words => ({ fr: `La colonne « ${column} » manque.`, en: `The column “${column}” is missing.` });
const notCsv = (error: CsvError): Words => ({
  fr: `Ce n'est pas du CSV : ${error.code}.`,
  en: `This is not CSV: ${error.code}.`,
});

/** Checks the names of the columns. @returns where each one is, or null when one that is needed is not there. */
function readHeader(file: string, names: readonly string[], columns: Columns, findings: Findings): Map<string, number> | null {
  const positions = new Map(names.map((name, i) => [name, i]));
  const known = new Set([...columns.needed, ...(columns.used ?? []), ...Object.keys(columns.aside ?? {})]);
  for (const name of names) {
    const why = columns.aside?.[name];
    if (why) leaveOut(findings, file, name, why);
    else if (!known.has(name)) leaveOut(findings, file, cleanText(name, 60), UNKNOWN);
  }
  const absent = columns.needed.filter((name) => !positions.has(name));
  for (const column of absent) addMistake(findings, { file, line: 1, column, what: missing(column) });
  return absent.length === 0 ? positions : null;
}

/** The names in a file's first line, without reading the rest; none for what is no CSV. */
export function headerOf({ bytes }: CsvFile): string[] {
  try {
    const records: unknown[][] = parse(bytes.subarray(0, RECORD_BYTES), { to: 1, bom: true, relax_column_count: true });
    return (records[0] ?? []).map(String).map((name) => name.trim());
  } catch {
    return [];
  }
}

/**
 * Reads all rows. The file is parsed where it lies, one record at a time.
 *
 * @param rename makes a column's name what the rest of the code knows it by.
 */
export function readTable(
  file: CsvFile,
  columns: Columns,
  findings: Findings,
  onRow: (row: Row) => void,
  rename: (name: string) => string = (name) => name,
): void {
  let width = 0;
  let row: (Row & { record: string[] }) | null = null;
  let rows = 0;
  const add = (line: number, what: Words) => addMistake(findings, { file: file.name, line, column: null, what });
  const take = (record: string[], line: number) => {
    if (width === 0) {
      width = record.length;
      const positions = readHeader(
        file.name,
        record.map((name) => rename(name.trim())),
        columns,
        findings,
      );
      row = positions && makeRow(file.name, positions, findings);
      return;
    }
    rows += 1;
    if (!row) return;
    if (record.length !== width) {
      add(line, { fr: `${record.length} cellules au lieu de ${width}.`, en: `${record.length} cells instead of ${width}.` });
      return;
    }
    row.record = record;
    row.line = line;
    onRow(row);
  };
  try {
    parse(file.bytes, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: RECORD_BYTES,
      to: MAX_ROWS + 2,
      on_record: (record: string[], { lines }: { lines: number }) => {
        take(record, lines);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    add(typeof error.lines === 'number' ? error.lines : 1, notCsv(error));
  }
  if (width === 0) add(1, { fr: 'Le fichier est vide.', en: 'The file is empty.' });
  if (rows > MAX_ROWS)
    add(MAX_ROWS + 2, {
      fr: `Plus de ${MAX_ROWS} lignes : exportez une période plus courte.`,
      en: `More than ${MAX_ROWS} rows: export a shorter period.`,
    });
}
