/** Files of the history: where they lie and how their bytes are made. */
import { dateOfDay } from '../store/calendar.ts';
import { beginCursor, type Cursor, readFactPages } from '../store/fact-scan.ts';
import { readTextsOf, toLine } from '../store/history-line.ts';

/** Facts in a file: about 1 MB compressed, a few of them in a cron run. */
export const PART_ROWS = 20_000;
/** Of one table at a time; all of a part are in memory as text, some MB. */
const PAGE_ROWS = 4_000;

/** Hive partitions, which DuckDB, ClickHouse and R2 SQL understand. */
export const folderOf = (siteKey: string, day: number) => `site=${siteKey}/day=${dateOfDay(day)}/`;
export const partName = (part: number) => `part-${part}.ndjson.gz`;
export const MANIFEST = 'manifest.json';

export { beginCursor, type Cursor };
export type Part = { bytes: Uint8Array; rows: number; next: Cursor | null };

/**
 * Makes one file: the facts of a time from a cursor on, one JSON object a line, in gzip.
 *
 * @param maxRows pages are read until there are so many; the last one may go beyond.
 */
export async function makePart(
  events: D1Database,
  site: number,
  start: number,
  until: number,
  from: Cursor,
  maxRows: number,
): Promise<Part> {
  const { readable, writable } = new CompressionStream('gzip');
  const bytes = new Response(readable).arrayBuffer();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  let cursor: Cursor | null = from;
  let rows = 0;
  while (cursor && rows < maxRows) {
    for (const page of await readFactPages(events, site, start, until, cursor, Math.min(PAGE_ROWS, maxRows))) {
      const texts = await readTextsOf(events, site, page.table, page.rows);
      const lines = page.rows.map((row) => `${JSON.stringify(toLine(page.table, row, texts))}\n`);
      if (lines.length > 0) await writer.write(encoder.encode(lines.join('')));
      rows += lines.length;
      cursor = page.next;
    }
  }
  await writer.close();
  return { bytes: new Uint8Array(await bytes), rows, next: cursor };
}
