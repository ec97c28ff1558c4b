/** One text for everything that commits can tell apart: how a row is recognised as what somebody sent. Shares no code with the collector. */
import { createHash, createHmac } from 'node:crypto';
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

/** What a table of facts has rows of. */
export const TABLES = {
  pageviews: 'pageview',
  events: 'event',
  opt_ins: 'opt-in',
  identifications: 'identify',
  kiosk_visits: 'visit',
  exposures: 'exposure',
} as const satisfies Record<string, Happening['what']>;
export const isTable = (name: string): name is keyof typeof TABLES => name in TABLES;

const first53 = (digest: Buffer) => digest.readUIntBE(0, 6) * 32 + (digest.readUInt8(6) >> 3);
const num = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** What is stored instead of a visitor's id. */
export const keyOf = (...parts: (string | number)[]) => first53(createHash('sha256').update(parts.join('\0')).digest());
export const keyOfDay = (salt: string, ...parts: (string | number)[]) =>
  first53(createHmac('sha256', salt).update(parts.join('\0')).digest());

/** A copy as text. Nobody has an exposure, and it has no mode. */
export function contentOf(c: Omit<Copy, 'visitor' | 'kind' | 'kiosk' | 'page' | 'referred'>): string {
  const whose = c.what === 'exposure' ? [0, 0] : [c.key, c.mode];
  return [c.what, c.id, c.at, ...whose, c.activeMs, c.foregroundMs, c.scroll, c.touches, c.lengthMs].join('|');
}

/** The same text for a row of the collector's, by its column names. */
export function contentOfRow(table: keyof typeof TABLES, cell: (column: string) => unknown): string {
  const hex = (column: string) => (num(cell(column)) ?? 0).toString(16).padStart(12, '0');
  const what = TABLES[table];
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
    isTable(table) && Array.isArray(rows)
      ? rows.map((row: unknown) => {
          const cells = new Map(typeof row === 'object' && row !== null ? Object.entries(row) : []);
          return contentOfRow(table, (c) => cells.get(c));
        })
      : [],
  );
}
