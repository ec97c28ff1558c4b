/**
 * The oracle's books: what was sent, what was acknowledged, what D1 really committed, and therefore what must be stored. It
 * follows the order of commits, and shares no code with the collector: times, keys and maxima are worked out again here.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Written } from './faulty-database.ts';
import type { Happening } from './scenario.ts';

/** One transmission of a happening, as it must be stored if it is the first of its id. */
export type Copy = {
  id: string;
  what: Happening['what'];
  at: number;
  visitor: string;
  /** 0 persistent id, 1 id of one day, 2 kiosk visit. */
  kind: 0 | 1 | 2;
  key: number;
  kiosk: number;
  page: string;
  mode: 0 | 1;
  referred: boolean;
  activeMs: number | null;
  foregroundMs: number | null;
  scroll: number | null;
  touches: number | null;
  lengthMs: number | null;
};
export type Stored = Copy & { confirmedAt: number | null };

const TABLES: Record<string, Happening['what']> = {
  pageviews: 'pageview',
  events: 'event',
  opt_ins: 'opt-in',
  identifications: 'identify',
  kiosk_visits: 'visit',
  exposures: 'exposure',
};
const first53 = (digest: Buffer) => digest.readUIntBE(0, 6) * 32 + (digest.readUInt8(6) >> 3);
const num = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** What is stored instead of a visitor's id. */
export const keyOf = (...parts: (string | number)[]) => first53(createHash('sha256').update(parts.join('\0')).digest());
export const keyOfDay = (salt: string, ...parts: (string | number)[]) =>
  first53(createHmac('sha256', salt).update(parts.join('\0')).digest());

/** One text for everything about a copy that commits can tell apart. */
const contentOf = (c: Omit<Copy, 'visitor' | 'kind' | 'kiosk' | 'page' | 'referred'>) =>
  [
    c.what,
    c.id,
    c.at,
    c.what === 'exposure' ? 0 : c.key,
    c.what === 'exposure' ? 0 : c.mode,
    c.activeMs,
    c.foregroundMs,
    c.scroll,
    c.touches,
    c.lengthMs,
  ].join('|');

/** The same text for a row of the collector's, by its column names. */
export function contentOfRow(table: string, cell: (column: string) => unknown): string {
  const hex = (column: string) => (num(cell(column)) ?? 0).toString(16).padStart(12, '0');
  const what = TABLES[table] ?? 'event';
  return contentOf({
    what,
    id: hex('born') + hex('rand'),
    at: num(cell('at')) ?? 0,
    key: num(cell('visitor')) ?? 0,
    mode: cell('mode') === 1 ? 1 : 0,
    activeMs: num(cell('active_ms')),
    foregroundMs: num(cell('foreground_ms')),
    scroll: num(cell('scroll')),
    touches: num(cell('touches')),
    lengthMs: num(cell(what === 'exposure' ? 'shown_ms' : 'length_ms')),
  });
}

/** Contents of a message as it lies in the queue or in `parked`; nothing for what is no facts. */
export function contentsOf(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([table, rows]: [string, unknown]) =>
    table in TABLES && Array.isArray(rows)
      ? rows.map((row: unknown) => {
          const cells = new Map(typeof row === 'object' && row !== null ? Object.entries(row) : []);
          return contentOfRow(table, (c) => cells.get(c));
        })
      : [],
  );
}

const larger = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));

export class Books {
  readonly stored = new Map<string, Stored>();
  /** Contents that were acknowledged and not seen in a commit yet, with a name for the report. */
  readonly owed = new Map<string, string>();
  private readonly sent = new Map<string, Copy>();
  private readonly committed = new Set<string>();
  acknowledged = 0;

  /** A request carried this copy, whatever came of it. */
  send(copy: Copy): void {
    this.sent.set(contentOf(copy), copy);
  }

  acknowledge(copy: Copy): void {
    this.acknowledged += 1;
    const content = contentOf(copy);
    if (!this.committed.has(content)) this.owed.set(content, `${copy.what} ${copy.id}`);
  }

  /** A transaction went through. Returns the contents that met another visitor's row; throws when a row is nobody's. */
  commit(written: Written[]): Set<string> {
    const refused = new Set<string>();
    for (const { table, columns, rows } of written) {
      for (const row of rows) {
        const content = contentOfRow(table, (c) => row[columns.indexOf(c)]);
        const copy = this.sent.get(content);
        if (!copy) throw new Error(`a row was committed that nobody sent: ${content}`);
        this.committed.add(content);
        this.owed.delete(content);
        if (!this.take(copy, num(row[columns.indexOf('confirmed_at')]))) refused.add(content);
      }
    }
    return refused;
  }

  /** Whether the row of a copy belongs to the visitor who sent it. */
  isConflict(copy: Copy): boolean {
    const found = this.stored.get(copy.id);
    return found !== undefined && copy.what !== 'exposure' && found.kind !== 1 && found.key !== copy.key;
  }

  private take(copy: Copy, confirmedAt: number | null): boolean {
    const found = this.stored.get(copy.id);
    if (!found) {
      this.stored.set(copy.id, { ...copy, confirmedAt });
      return true;
    }
    if (this.isConflict(copy)) return false;
    found.activeMs = larger(found.activeMs, copy.activeMs);
    found.foregroundMs = larger(found.foregroundMs, copy.foregroundMs);
    found.scroll = larger(found.scroll, copy.scroll);
    found.touches = larger(found.touches, copy.touches);
    found.lengthMs = larger(found.lengthMs, copy.lengthMs);
    found.confirmedAt = larger(found.confirmedAt, confirmedAt);
    return true;
  }
}

export { contentOf };
