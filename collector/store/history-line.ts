/** A fact as one line of the history: its columns as stored, and the texts behind its numbers, so that a line needs no other file. */
import type { FactRow } from './fact-scan.ts';
import { DICTIONARIES, DICTIONARY_COLUMNS, type Dictionary, FACT_COLUMNS, FACT_TABLES, type FactTable } from './facts.ts';
import { BROWSERS, DEVICES, SYSTEMS, spellLanguage } from './technology-names.ts';

/** Which column of a fact refers to which dictionary. */
const REFERENCES: Record<Dictionary, string> = { pages: 'page', origins: 'origin', places: 'place', names: 'name' };
/** `name` is the number in a fact and the text in its dictionary: in a line the text is `event`. */
const textName = (dictionary: Dictionary, column: string) => (dictionary === 'names' && column === 'name' ? 'event' : column);

export type Texts = Map<Dictionary, Map<number, FactRow>>;
export type HistoryLine = FactRow & { v: 1; fact: FactTable };

/** The dictionary entries that some facts refer to. */
export async function readTextsOf(events: D1Database, site: number, table: FactTable, rows: readonly FactRow[]): Promise<Texts> {
  const used = DICTIONARIES.filter((d) => FACT_COLUMNS[table].columns.includes(REFERENCES[d]));
  const texts: Texts = new Map();
  if (rows.length === 0) return texts;
  const results = await events.batch<FactRow>(
    used.map((d) =>
      events
        .prepare(
          `SELECT d.* FROM (SELECT DISTINCT value AS hash FROM json_each(?2)) j CROSS JOIN ${d} d ON d.site = ?1 AND d.hash = j.hash`,
        )
        .bind(site, JSON.stringify([...new Set(rows.map((row) => row[REFERENCES[d]]))])),
    ),
  );
  used.forEach((d, i) => {
    texts.set(d, new Map((results[i]?.results ?? []).map((row) => [Number(row.hash), row])));
  });
  return texts;
}

/** The names behind the numbers that are not in a dictionary. */
function technologyOf(row: FactRow): FactRow {
  if (row.device === undefined) return {};
  return {
    device_name: DEVICES[Number(row.device)] ?? null,
    browser_name: BROWSERS[Number(row.browser)] ?? null,
    os_name: SYSTEMS[Number(row.os)] ?? null,
    language_code: spellLanguage(Number(row.language)),
  };
}

export function toLine(table: FactTable, row: FactRow, texts: Texts): HistoryLine {
  const line: HistoryLine = { v: 1, fact: table };
  for (const column of FACT_COLUMNS[table].columns) if (column !== 'site') line[column] = row[column] ?? null;
  for (const [dictionary, entries] of texts) {
    const entry = entries.get(Number(row[REFERENCES[dictionary]]));
    for (const column of DICTIONARY_COLUMNS[dictionary].slice(2)) line[textName(dictionary, column)] = entry?.[column] ?? null;
  }
  return Object.assign(line, technologyOf(row));
}

const isTable = (name: unknown): name is FactTable => FACT_TABLES.some((t) => t === name);
const isCell = (value: unknown): value is number | string | null =>
  value === null || typeof value === 'number' || typeof value === 'string';

/** One line back as the cells of its fact and of its dictionary entries, in the order in which `commit` sends them; null for what is no line. */
export function fromLine(
  text: string,
  site: number,
): { table: FactTable; row: FactRow; entries: { dictionary: Dictionary; row: FactRow }[] } | null {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof line !== 'object' || line === null || !('v' in line) || line.v !== 1 || !('fact' in line) || !isTable(line.fact))
    return null;
  const cells = new Map(Object.entries(line));
  const cell = (name: string) => {
    const value: unknown = cells.get(name);
    return isCell(value) ? value : null;
  };
  const table = line.fact;
  const pick = (columns: readonly string[], nameOf: (column: string) => string) =>
    Object.fromEntries(columns.map((c) => [c, c === 'site' ? site : cell(nameOf(c))]));
  const entries = DICTIONARIES.filter((d) => FACT_COLUMNS[table].columns.includes(REFERENCES[d])).flatMap((dictionary) => {
    const row = pick(DICTIONARY_COLUMNS[dictionary], (c) => (c === 'hash' ? REFERENCES[dictionary] : textName(dictionary, c)));
    // 0 refers to nothing; an entry that was never stored has no texts.
    const known = { pages: row.path, origins: row.channel, places: row.country, names: row.name }[dictionary];
    return row.hash === 0 || known === null ? [] : [{ dictionary, row }];
  });
  return { table, row: pick(FACT_COLUMNS[table].columns, (c) => c), entries };
}
