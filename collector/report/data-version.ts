/**
 * What an answer out of closed time depends on, as a text that is cheap to read: the same text, the same answer. Windows move `version`
 * in the transaction that changes them; sealing, the purge of visitors and imports have columns of their own.
 */
import { type Closing, closingOf } from '../store/closings.ts';
import type { Site } from '../store/sites.ts';
import type { Span } from './period.ts';
import { isUpdating } from './updating.ts';

/** @property text the whole of it; `windows` is the part that may change while a report reads. */
export type DataVersion = { text: string; windows: string; updating: boolean; closing: Closing | null };

const IMPORTS = `SELECT coalesce(group_concat(id || ':' || state, ' ' ORDER BY id), '') AS imports FROM imports WHERE site = ?1`;

export async function readDataVersion(events: D1Database, site: Site, span: Span): Promise<DataVersion> {
  const [closing, imports, updating] = await Promise.all([
    closingOf(events, site.id),
    events.prepare(IMPORTS).bind(site.id).first<{ imports: string }>(),
    isUpdating(events, site.id, span),
  ]);
  const windows = JSON.stringify([closing?.version ?? null, closing?.sealed_before, closing?.visitors_from, imports?.imports]);
  // Where the site lives, and its calendar: both may change.
  const home = [site.id, site.events ?? null, site.zone, site.createdAt];
  return { text: JSON.stringify([home, windows, updating]), windows, updating, closing };
}
