/** Copies what a site shows of its imports, when it moves to another database; what waits for a yes stays behind. */
import { SHOWN } from './imports.ts';
import { advance, type Move, onlyFrom } from './moves.ts';

const ROWS = 1_500;
const COLUMNS = ['dimension', 'day', 'import', 'value', 'pageviews', 'visits', 'visitors', 'events'];
type Row = Record<string, number | string | null>;
const listed = (columns: readonly string[]) => columns.map((_, i) => `value->>${i}`).join(', ');

/** The imports and their days, which are few, all at once. */
export async function copyImportList(from: D1Database, to: D1Database, move: Move, cursor: string): Promise<void> {
  const [imports, days] = await from.batch<Row>([
    from
      .prepare(`SELECT id, tool, sha256, state, made_at, about FROM imports WHERE site = ?1 AND state = ${SHOWN}`)
      .bind(move.site),
    from.prepare('SELECT day, start, import FROM imported_days WHERE site = ?1').bind(move.site),
  ]);
  const take = (table: string, columns: string[], rows: readonly Row[]) =>
    to
      .prepare(
        `INSERT INTO ${table} (site, ${columns.join(', ')}) SELECT ?1, ${listed(columns)} FROM json_each(?2) WHERE 1 ON CONFLICT DO NOTHING`,
      )
      .bind(move.site, JSON.stringify(rows.map((row) => columns.map((c) => row[c]))));
  await to.batch([
    onlyFrom(to, move),
    take('imports', ['id', 'tool', 'sha256', 'state', 'made_at', 'about'], imports?.results ?? []),
    take('imported_days', ['day', 'start', 'import'], days?.results ?? []),
    advance(to, move, cursor),
  ]);
}

/** A page of their cells; any of them may come twice. */
export async function copyImportedCells(
  from: D1Database,
  to: D1Database,
  move: Move,
  after: readonly (number | string)[],
  cursorOf: (after: (number | string)[] | null) => string,
): Promise<void> {
  const { results } = await from
    .prepare(
      `SELECT c.${COLUMNS.join(', c.')} FROM imported_cells c WHERE c.site = ?1 AND (c.dimension, c.day, c.import, c.value) > (?2, ?3, ?4, ?5)
       AND EXISTS (SELECT 1 FROM imports i WHERE i.site = ?1 AND i.id = c.import AND i.state = ${SHOWN})
       ORDER BY c.dimension, c.day, c.import, c.value LIMIT ?6`,
    )
    .bind(move.site, after[0] ?? -1, after[1] ?? 0, after[2] ?? 0, after[3] ?? '', ROWS)
    .all<Row>();
  const last = results.length === ROWS ? results.at(-1) : undefined;
  await to.batch([
    onlyFrom(to, move),
    to
      .prepare(
        `INSERT INTO imported_cells (site, ${COLUMNS.join(', ')}) SELECT ?1, ${listed(COLUMNS)} FROM json_each(?2) WHERE 1 ON CONFLICT DO NOTHING`,
      )
      .bind(move.site, JSON.stringify(results.map((row) => COLUMNS.map((c) => row[c])))),
    advance(
      to,
      move,
      cursorOf(last ? [Number(last.dimension), Number(last.day), Number(last.import), String(last.value)] : null),
    ),
  ]);
}
