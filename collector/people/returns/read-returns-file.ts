/** A CSV of returns, as e-mail tools export it: the whole file is read before anything is done, and every mistake names its line. */
import { CsvError, parse } from 'csv-parse/sync';
import { addMistake, type Findings, noFindings, type Words } from '../../import/findings.ts';
import { normaliseAddress } from '../address.ts';
import { kindOf, type Return, type ReturnKind } from './return.ts';

export const MAX_RETURNS_BYTES = 20 * 1024 * 1024;
const MAX_ROWS = 500_000;
const RECORD_BYTES = 16_000;
const ADDRESS_COLUMNS = new Set(['email', 'e-mail', 'email address', 'adresse e-mail', 'adresse email', 'address']);
const KIND_COLUMNS = new Set(['kind', 'type', 'status', 'statut', 'reason', 'event', 'raison', 'motif']);

const SAYS = {
  empty: { fr: 'Le fichier est vide.', en: 'The file is empty.' },
  noColumn: { fr: 'Il manque une colonne « email ».', en: 'There is no column “email”.' },
  noKind: {
    fr: 'Il manque une colonne « type », et vous n’avez pas dit ce que sont ces lignes.',
    en: 'There is no column “type”, and you did not say what these rows are.',
  },
  noAddress: { fr: "Ce n'est pas une adresse e-mail.", en: 'This is no e-mail address.' },
  tooMany: {
    fr: `Plus de ${MAX_ROWS} lignes : envoyez le fichier en plusieurs fois.`,
    en: `More than ${MAX_ROWS} rows: send the file in several parts.`,
  },
  noCsv: { fr: "Ce n'est pas du CSV.", en: 'This is not CSV.' },
  unknownKind: {
    fr: 'Type inconnu : attendu « unsubscribed », « bounced » ou « complained ».',
    en: 'Unknown type: expected “unsubscribed”, “bounced” or “complained”.',
  },
  cells: {
    fr: "Le nombre de cellules n'est pas celui de la première ligne.",
    en: 'The number of cells is not that of the first line.',
  },
} satisfies Record<string, Words>;

/** What separates the cells: of the usual signs the one that the first line has most of. */
function separatorOf(bytes: Uint8Array): string {
  const [first = ''] = new TextDecoder().decode(bytes.subarray(0, RECORD_BYTES)).split(/\r?\n/, 1);
  const count = (sign: string) => first.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

type Positions = { address: number; kind: number | null; width: number };
function readHeader(names: string[], fallback: ReturnKind | null, wrong: (line: number, what: Words) => void): Positions | null {
  const position = (wanted: Set<string>) => {
    const at = names.findIndex((name) => wanted.has(name.trim().toLowerCase()));
    return at < 0 ? null : at;
  };
  const [address, kind] = [position(ADDRESS_COLUMNS), position(KIND_COLUMNS)];
  if (address === null) wrong(1, SAYS.noColumn);
  else if (kind === null && fallback === null) wrong(1, SAYS.noKind);
  else return { address, kind, width: names.length };
  return null;
}

/**
 * Parsed where it lies, one record at a time: of a file of 20 MB only its addresses are kept.
 *
 * @param fallback what all rows are when no column says so.
 * @returns the returns, or the mistakes by line: one refuses the file. Never what stood there, as it may be an address.
 */
export function readReturnsFile(
  file: { name: string; bytes: Uint8Array },
  fallback: ReturnKind | null,
): { returns: Return[] } | { findings: Findings } {
  const findings = noFindings();
  const returns: Return[] = [];
  let positions: Positions | null = null;
  let records = 0;
  const wrong = (line: number, what: Words) => addMistake(findings, { file: file.name, line, column: null, what });
  const take = (record: string[], line: number) => {
    records += 1;
    if (records === 1) {
      positions = readHeader(record, fallback, wrong);
      return;
    }
    if (!positions) return;
    if (record.length !== positions.width) return wrong(line, SAYS.cells);
    const address = record[positions.address] ?? '';
    const kind = positions.kind === null ? fallback : kindOf(record[positions.kind] ?? '');
    if (normaliseAddress(address) === null) wrong(line, SAYS.noAddress);
    else if (kind === null) wrong(line, SAYS.unknownKind);
    else returns.push({ address, kind });
  };
  try {
    parse(file.bytes, {
      bom: true,
      delimiter: separatorOf(file.bytes),
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
    wrong(typeof error.lines === 'number' ? error.lines : 1, SAYS.noCsv);
  }
  if (records === 0 && findings.total === 0) wrong(1, SAYS.empty);
  if (records > MAX_ROWS + 1) wrong(MAX_ROWS + 2, SAYS.tooMany);
  return findings.total > 0 ? { findings } : { returns };
}
