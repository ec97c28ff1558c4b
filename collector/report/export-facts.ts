/** Facts of a site as lines for programs outside: pseudonymous, page by page, and resumable. */
import { beginCursor, type Cursor, type FactRow, readFactPages } from '../store/fact-scan.ts';
import type { FactTable } from '../store/facts.ts';
import { spellDigest } from '../store/hash.ts';
import { readTextsOf, toLine } from '../store/history-line.ts';

const PAGE_ROWS = 2_000;
const KINDS = ['persistent', 'day', 'kiosk'] as const;
const ENDS = [null, 'idle', 'reset', 'done'] as const;
const NAMES: Record<FactTable, string> = {
  pageviews: 'pageview',
  events: 'event',
  opt_ins: 'opt-in',
  identifications: 'identification',
  kiosk_visits: 'kiosk-visit',
  exposures: 'exposure',
};
/** Texts that a line has as they are, where its fact has them. */
const TEXTS = [
  'host',
  'path',
  'page_group',
  'referrer',
  'source',
  'channel',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'country',
  'region',
  'city',
] as const;

const instant = (at: unknown) => (typeof at === 'number' ? new Date(at).toISOString() : null);
const listed = <T>(names: readonly T[], position: unknown): T | null => names[Number(position)] ?? null;

function readProps(props: unknown): unknown {
  return typeof props === 'string' ? JSON.parse(props) : null;
}

/** What only one kind of fact has. */
function ownOf(table: FactTable, line: FactRow): Record<string, unknown> {
  switch (table) {
    case 'pageviews':
      return {
        device: line.device_name,
        browser: line.browser_name,
        os: line.os_name,
        language: line.language_code,
        active_ms: line.active_ms,
        foreground_ms: line.foreground_ms,
        scroll: line.scroll,
      };
    case 'events':
      return { name: line.event, props: readProps(line.props) };
    case 'opt_ins':
      return { confirmed_at: instant(line.confirmed_at), ended_at: instant(line.ended_at) };
    case 'identifications':
      return { act: line.act === 2 ? 'link' : 'identify', ended_at: instant(line.ended_at) };
    case 'kiosk_visits':
      return { touches: line.touches, length_ms: line.length_ms, end: listed(ENDS, line.ended) };
    case 'exposures':
      return { shown_ms: line.shown_ms };
  }
}

/** Stable names that lead back to nothing: neither to our own keys, nor to those of another site. */
export type Pseudonyms = { id: (born: number, rand: number) => string; visitor: (key: number) => string };

export function pseudonymsOf(secret: string, site: number): Pseudonyms {
  const known = new Map<number, string>();
  return {
    id: (born, rand) => spellDigest(secret, 'exported fact', site, born, rand),
    visitor: (key) => {
      const found = known.get(key) ?? spellDigest(secret, 'exported visitor', site, key);
      if (known.size > 50_000) known.clear();
      known.set(key, found);
      return found;
    },
  };
}

function spell(table: FactTable, line: FactRow, names: Pseudonyms): string {
  const flags = Number(line.flags);
  const kiosk = Number(line.kiosk);
  return JSON.stringify({
    fact: NAMES[table],
    id: names.id(Number(line.born), Number(line.rand)),
    at: instant(line.at),
    ...(table === 'exposures'
      ? {}
      : {
          visitor: names.visitor(Number(line.visitor)),
          visitor_kind: listed(KINDS, line.kind),
          mode: line.mode === 1 ? 'engagement' : 'audience',
        }),
    touchpoint: kiosk === 0 ? 'web' : 'kiosk',
    store: kiosk === 0 ? null : line.store,
    kiosk: kiosk === 0 ? null : kiosk,
    ...Object.fromEntries(TEXTS.filter((name) => name in line).map((name) => [name, line[name]])),
    ...ownOf(table, line),
    clock_wrong: (flags & 1) !== 0,
  });
}

export type FactPageLines = { lines: string[]; next: Cursor | null };

/**
 * The next lines with `start <= at < until` after a cursor. Rows of one table come in the order of their ids; a fact that arrives
 * while it is read may come or not, none comes twice.
 *
 * @returns at most some thousands of lines, and where to go on; null = that was all.
 */
export async function readFactLines(
  events: D1Database,
  site: number,
  span: { start: number; until: number },
  names: Pseudonyms,
  from: Cursor,
  pageRows = PAGE_ROWS,
): Promise<FactPageLines> {
  const lines: string[] = [];
  let next: Cursor | null = from;
  for (const page of await readFactPages(events, site, span.start, span.until, from, pageRows)) {
    const texts = await readTextsOf(events, site, page.table, page.rows);
    for (const row of page.rows) lines.push(spell(page.table, toLine(page.table, row, texts), names));
    next = page.next;
    if (lines.length >= pageRows) break;
  }
  return { lines, next };
}

export const firstCursor = beginCursor;
export const spellCursor = (cursor: Cursor): string => cursor.join('.');

/** A cursor as it was given out, or null. */
export function readCursor(text: string): Cursor | null {
  if (!/^\d{1,2}(?:\.-?\d{1,16}){3}$/.test(text)) return null;
  const [source = 0, a = 0, b = 0, c = 0] = text.split('.').map(Number);
  return [source, a, b, c].every(Number.isSafeInteger) ? [source, a, b, c] : null;
}
