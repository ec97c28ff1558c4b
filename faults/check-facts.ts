/** What must hold after every step: acknowledged ⊆ stored, and each fact once and as the books say. */
import type { Books, Stored } from './books.ts';
import { contentsOf, isTable, TABLES } from './content.ts';
import type { World } from './world.ts';

type Row = Record<string, number | string | null>;
/** How far windows are closed, and whether some wait to be recomputed. */
export type WindowsNow = { closedAt: number; detailBefore: number; dirty: boolean };

const NAMES = Object.keys(TABLES).filter(isTable);
const NOTHING = { active_ms: null, foreground_ms: null, scroll: null, touches: null, length_ms: null, confirmed_at: null };
/** Facts a day and half an hour before the seal are still needed to know where visits after it began. */
const KEPT = 24.5 * 3_600_000;

const factSql = (table: string) =>
  `SELECT t.*, p.path${table === 'pageviews' ? ', o.referrer' : ''} FROM ${table} t LEFT JOIN pages p ON p.site = t.site AND p.hash = t.page
   ${table === 'pageviews' ? 'LEFT JOIN origins o ON o.site = t.site AND o.hash = t.origin' : ''} WHERE t.site = ?1`;

/** A stored row and the books' entry as the same texts: what it is, and what may grow. */
type Spelt = { id: string; at: number; is: string; has: string };
function spellRow(table: keyof typeof TABLES, stored: Row): Spelt {
  const row: Row = { ...NOTHING, ...stored };
  const hex = (n: unknown) => Number(n).toString(16).padStart(12, '0');
  const shown = table === 'exposures';
  const [what, id] = [TABLES[table], hex(row.born) + hex(row.rand)];
  const whose = shown ? [0, 0, 0] : [row.visitor, row.kind, row.mode];
  return {
    id,
    at: Number(row.at),
    is: [what, id, row.at, ...whose, row.kiosk, row.path, table === 'pageviews' ? row.referrer !== null : false].join(' '),
    has: [
      ...[row.active_ms, row.foreground_ms, row.scroll, row.touches],
      ...[shown ? row.shown_ms : row.length_ms, row.confirmed_at],
    ].join(' '),
  };
}
function spellStored(f: Stored): Spelt {
  const whose = f.what === 'exposure' ? [0, 0, 0] : [f.key, f.kind, f.mode];
  return {
    id: f.id,
    at: f.at,
    is: [f.what, f.id, f.at, ...whose, f.kiosk, f.page, f.what === 'pageview' && f.referred].join(' '),
    has: [f.activeMs, f.foregroundMs, f.scroll, f.touches, f.lengthMs, f.confirmedAt].join(' '),
  };
}

/** Acts of visitors with an id of their own outlive the other facts. */
const isMortal = (f: Stored) => f.kind !== 0 || (f.what !== 'opt-in' && f.what !== 'identify');

/** Facts of sealed days may be deleted; every other one is as the books say. */
function compare(found: Spelt[], books: Books): void {
  const { sealedBefore } = books;
  const left = new Map(books.stored);
  for (const row of found) {
    const stored = left.get(row.id);
    left.delete(row.id);
    const wanted = stored && spellStored(stored);
    if (!wanted || row.is !== wanted.is || row.has !== wanted.has)
      throw new Error(`facts: stored “${row.is} ${row.has}”, should be “${wanted ? `${wanted.is} ${wanted.has}` : 'nothing'}”`);
  }
  for (const f of left.values())
    if (!isMortal(f) || f.at >= sealedBefore - KEPT) throw new Error(`facts: “${spellStored(f).is}” is missing`);
}

/** Whatever was acknowledged and is not stored yet waits somewhere: in the queue, in `parked`, or in PEOPLE. */
async function checkOwed({ env, site }: World, books: Books, queued: unknown[], parked: Row[]): Promise<void> {
  if (books.owed.size === 0) return;
  const safe = new Set(queued.flatMap(contentsOf));
  for (const row of parked) for (const c of contentsOf(JSON.parse(String(row.body)))) safe.add(c);
  const relays = await env.PEOPLE.prepare('SELECT relay FROM opt_ins WHERE site = ?1 AND relay IS NOT NULL')
    .bind(site.id)
    .all<Row>();
  for (const { relay } of relays.results) for (const c of contentsOf({ opt_ins: [JSON.parse(String(relay)).fact] })) safe.add(c);
  for (const [content, name] of books.owed)
    if (!safe.has(content)) throw new Error(`acknowledged and lost: ${name} (${content})`);
}

/** Reads everything once; throws the first thing that is wrong. */
export async function checkFacts(world: World, books: Books, queued: unknown[]): Promise<WindowsNow> {
  const { EVENTS } = world.env;
  const [closings, dirty, parked, ...tables] = await EVENTS.batch<Row>([
    EVENTS.prepare('SELECT * FROM closings WHERE site = ?1').bind(world.site.id),
    EVENTS.prepare('SELECT 1 FROM dirty WHERE site = ?1 LIMIT 1').bind(world.site.id),
    EVENTS.prepare('SELECT body FROM parked WHERE replayed_at IS NULL'),
    ...NAMES.map((t) => EVENTS.prepare(factSql(t)).bind(world.site.id)),
  ]);
  const closing = closings?.results[0] ?? {};
  books.seal(Number(closing.sealed_before));
  compare(
    NAMES.flatMap((table, i) => (tables[i]?.results ?? []).map((row) => spellRow(table, row))),
    books,
  );
  await checkOwed(world, books, queued, parked?.results ?? []);
  const late = Number(closing.late_refused);
  if (late !== books.tooLate) throw new Error(`${late} facts of sealed days were counted as refused, should be ${books.tooLate}`);
  return {
    closedAt: Number(closing.closed_at),
    detailBefore: Number(closing.detail_before),
    dirty: (dirty?.results.length ?? 0) > 0,
  };
}
