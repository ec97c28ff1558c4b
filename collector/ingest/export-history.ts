/** Writes the facts of closed days to the history (R2): bounded, resumable, and the same files when it is done again. */
import { dayOf } from '../store/calendar.ts';
import { beginExport, currentExport, type Export, finishExport, notePart } from '../store/exports.ts';
import type { Site } from '../store/sites.ts';
import { beginCursor, type Cursor, folderOf, MANIFEST, makePart, PART_ROWS, partName } from './history-file.ts';

/** What a run may spend: days begun and facts read. */
export type ExportBudget = { days: number; rows: number };
/** Rows and bytes of each part, in order. */
type Parts = [rows: number, bytes: number][];

function readCursor(text: string): Cursor | null {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) return null;
  const [source, a, b, c] = value.map(Number);
  return source === undefined || a === undefined || b === undefined || c === undefined ? null : [source, a, b, c];
}

function readParts(text: string): Parts {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map((part) => (Array.isArray(part) ? [Number(part[0]), Number(part[1])] : [0, 0])) : [];
}

/** Removes files of an earlier export of the day that had more of them, and says in a small file what there is. */
async function closeFolder(history: R2Bucket, site: Site, current: Export, parts: Parts, nowMs: number): Promise<void> {
  const folder = folderOf(site.key, dayOf(site.zone, current.start));
  const left = Array.from({ length: Math.max(current.had - parts.length, 0) }, (_, i) => folder + partName(parts.length + i));
  if (parts.length === 0 && current.had > 0) left.push(folder + MANIFEST);
  if (left.length > 0) await history.delete(left);
  if (parts.length === 0) return;
  const manifest = {
    v: 1,
    site: site.key,
    zone: site.zone,
    start: current.start,
    until: current.until,
    settled: current.doing === 2,
    rows: parts.reduce((sum, [rows]) => sum + rows, 0),
    parts: parts.map(([rows, bytes], i) => ({ name: partName(i), rows, bytes })),
    exportedAt: nowMs,
  };
  await history.put(folder + MANIFEST, JSON.stringify(manifest), { httpMetadata: { contentType: 'application/json' } });
}

/** Writes one part of the export in progress, or finishes it. Returns the facts read. */
async function exportPart(
  events: D1Database,
  history: R2Bucket,
  site: Site,
  current: Export,
  nowMs: number,
  partRows: number,
): Promise<number> {
  const parts = readParts(current.parts);
  const cursor = readCursor(current.cursor);
  if (!cursor) {
    await closeFolder(history, site, current, parts, nowMs);
    await finishExport(events, site.id, current, nowMs);
    return 0;
  }
  const part = await makePart(events, site.id, current.start, current.until, cursor, partRows);
  if (part.rows > 0) {
    await history.put(folderOf(site.key, dayOf(site.zone, current.start)) + partName(parts.length), part.bytes, {
      // No content-encoding: readers that unpack by the name's end would unpack twice.
      httpMetadata: { contentType: 'application/gzip' },
    });
    parts.push([part.rows, part.bytes.length]);
  }
  await notePart(events, site.id, current, JSON.stringify(part.next), JSON.stringify(parts));
  return part.rows;
}

/**
 * Brings a site's history up to date, within a budget that it uses up. Safe to break off anywhere: a part is written before it is
 * noted, so a run that ended between writes it again.
 *
 * @returns whether nothing is due any more.
 */
export async function exportHistory(
  events: D1Database,
  history: R2Bucket,
  site: Site,
  nowMs: number,
  budget: ExportBudget,
  partRows = PART_ROWS,
): Promise<boolean> {
  while (budget.days > 0 && budget.rows > 0) {
    const current = await currentExport(events, site.id);
    if (current) budget.rows -= await exportPart(events, history, site, current, nowMs, partRows);
    else if (await beginExport(events, site, nowMs, (start) => JSON.stringify(beginCursor(start)))) budget.days -= 1;
    else return true;
  }
  return false;
}
