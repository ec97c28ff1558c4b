/** What must hold after every step: acknowledged ⊆ stored, each fact once and as the books say, and every report equal to the model. */
import { isProblem, readQuery } from '../collector/report/query.ts';
import { runQuery } from '../collector/report/run-query.ts';
import { type Books, contentsOf, keyOfDay, type Stored } from './books.ts';
import { type Days, dayIndex } from './days.ts';
import { type Figures, Model, SUM_METRICS, VISITOR_METRICS } from './model.ts';
import { snapshot } from './snapshot.ts';
import type { World } from './world.ts';

const TABLES = ['pageviews', 'events', 'opt_ins', 'identifications', 'kiosk_visits', 'exposures'] as const;
const WHAT = {
  pageviews: 'pageview',
  events: 'event',
  opt_ins: 'opt-in',
  identifications: 'identify',
  kiosk_visits: 'visit',
  exposures: 'exposure',
} as const;
type Row = Record<string, number | string | null>;
const NOTHING = { active_ms: null, foreground_ms: null, scroll: null, touches: null, length_ms: null, confirmed_at: null };

const factSql = (table: string) =>
  `SELECT t.*, p.path${table === 'pageviews' ? ', o.referrer' : ''} FROM ${table} t LEFT JOIN pages p ON p.site = t.site AND p.hash = t.page
   ${table === 'pageviews' ? 'LEFT JOIN origins o ON o.site = t.site AND o.hash = t.origin' : ''} WHERE t.site = ?1`;

/** A stored row and the books' entry as the same text. */
function spellRow(table: (typeof TABLES)[number], stored: Row): string {
  const row: Row = { ...NOTHING, ...stored };
  const hex = (n: unknown) => Number(n).toString(16).padStart(12, '0');
  const shown = table === 'exposures';
  return [
    ...[WHAT[table], hex(row.born) + hex(row.rand), row.at, shown ? 0 : row.visitor, shown ? 0 : row.kind, row.kiosk, row.path],
    ...[shown ? 0 : row.mode, row.active_ms, row.foreground_ms, row.scroll, row.touches, shown ? row.shown_ms : row.length_ms],
    ...[row.confirmed_at, table === 'pageviews' ? row.referrer !== null : false],
  ].join(' ');
}
function spellStored(f: Stored): string {
  const shown = f.what === 'exposure';
  return [
    ...[f.what, f.id, f.at, shown ? 0 : f.key, shown ? 0 : f.kind, f.kiosk, f.page, shown ? 0 : f.mode],
    ...[f.activeMs, f.foregroundMs, f.scroll, f.touches, f.lengthMs, f.confirmedAt, f.what === 'pageview' && f.referred],
  ].join(' ');
}

/** Reads everything once; throws the first thing that is wrong. */
export async function checkFacts(world: World, books: Books, queued: unknown[]): Promise<void> {
  const { EVENTS, PEOPLE } = world.env;
  const results = await EVENTS.batch<Row>([
    ...TABLES.map((t) => EVENTS.prepare(factSql(t)).bind(world.site.id)),
    EVENTS.prepare('SELECT body FROM parked WHERE replayed_at IS NULL'),
  ]);
  const found = TABLES.flatMap((table, i) => (results[i]?.results ?? []).map((row) => spellRow(table, row))).sort();
  const wanted = [...books.stored.values()].map(spellStored).sort();
  for (let i = 0; i < Math.max(found.length, wanted.length); i += 1)
    if (found[i] !== wanted[i]) throw new Error(`facts: stored “${found[i]}”, should be “${wanted[i]}”`);
  if (books.owed.size > 0) {
    const safe = new Set(queued.flatMap(contentsOf));
    for (const row of results[TABLES.length]?.results ?? [])
      for (const c of contentsOf(JSON.parse(String(row.body)))) safe.add(c);
    const relays = await PEOPLE.prepare('SELECT relay FROM opt_ins WHERE site = ?1 AND relay IS NOT NULL')
      .bind(world.site.id)
      .all<Row>();
    for (const { relay } of relays.results)
      for (const c of contentsOf({ opt_ins: [JSON.parse(String(relay)).fact] })) safe.add(c);
    for (const [content, name] of books.owed)
      if (!safe.has(content)) throw new Error(`acknowledged and lost: ${name} (${content})`);
  }
}

/** Visitor keys of browsers without storage follow from the day's secret. */
export async function readDayKeys(world: World, days: Days, ip: string, agent: string): Promise<Map<number, number>> {
  const { results } = await world.env.EVENTS.prepare('SELECT day, salt FROM salts WHERE site = ?1')
    .bind(world.site.id)
    .all<{ day: number; salt: string }>();
  return new Map(
    results.map(({ day, salt }) => [
      days.dates.indexOf(new Date(day * 86_400_000).toISOString().slice(0, 10)),
      keyOfDay(salt, 'day', world.site.id, ip, agent),
    ]),
  );
}

const same = (a: number | null | undefined, b: number | null | undefined) =>
  a === b || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(a)));

/** The reports that are compared: one after every step in turn, all of them when a scenario ends. */
export const REPORTS = ['total', 'time:day', 'page', 'touchpoint', 'time:hour', 'entry_page', 'part'] as const;

/** Asks reports as the API does and compares every metric of every row with the model. */
export async function checkReports(
  world: World,
  books: Books,
  days: Days,
  nowMs: number,
  which: readonly (typeof REPORTS)[number][],
  mayUpdate: boolean,
): Promise<void> {
  const model = new Model(books.stored.values(), days);
  const db = { EVENTS: snapshot(world.env.EVENTS), PEOPLE: snapshot(world.env.PEOPLE) };
  const today = dayIndex(days, nowMs);
  const at = (day: number) => days.starts[day] ?? 0;
  await Promise.all(
    which.map(async (report) => {
      const [from, to] = report === 'part' ? [Math.max(0, today - 1), Math.max(0, today - (nowMs % 2))] : [0, today];
      const dimension = report === 'total' || report === 'part' ? null : report;
      const noVisitors = dimension === 'page' || dimension === 'time:hour' || dimension === 'entry_page';
      const metrics =
        dimension === 'entry_page'
          ? ['visits', 'engaged_visits', 'known_visits']
          : [...SUM_METRICS, ...(noVisitors ? [] : VISITOR_METRICS)];
      const query = readQuery({
        metrics,
        date_range: [days.dates[from], days.dates[to]],
        dimensions: dimension ? [dimension] : [],
        limit: 1000,
      });
      if ('code' in query) throw new Error(query.detail);
      // A site that is not older than its first fact: what is before it is not measured, and the model knows zeros only.
      const answer = await runQuery(db, { ...world.site, createdAt: days.starts[0] ?? 0 }, query, nowMs);
      if (isProblem(answer)) throw new Error(answer.detail);
      const { results, meta } = answer;
      if (meta.updating && mayUpdate) return;
      if (meta.updating) throw new Error(`${report}: says “updating” though nothing waits`);
      const rows = new Map(results.map((r) => [r.dimensions[0] ?? '', r.metrics]));
      const wanted = new Map<string, Figures>();
      if (dimension === null) wanted.set('', model.figures(at(from), at(to + 1)));
      else if (dimension === 'time:day')
        for (let d = from; d <= to; d += 1) wanted.set(days.dates[d] ?? '', at(d) > nowMs ? {} : model.figures(at(d), at(d + 1)));
      else if (dimension === 'time:hour')
        hoursOf(
          results.map((r) => r.dimensions[0] ?? ''),
          at(to + 1),
          (name, a, z) => wanted.set(name, a > nowMs ? {} : model.figures(a, z)),
        );
      else
        for (const value of new Set(
          [...books.stored.values()].map((f) => (dimension === 'touchpoint' ? (f.kiosk ? 'kiosk' : 'web') : f.page)),
        ))
          wanted.set(value, model.figures(at(from), at(to + 1), { by: dimension, value }));
      for (const name of new Set([...rows.keys(), ...wanted.keys()])) {
        const figures = wanted.get(name) ?? {};
        const row = rows.get(name);
        metrics.forEach((metric, i) => {
          const is = row?.[i] ?? null;
          const should = figures[metric] ?? null;
          // A value nobody counted under has no row; one that counts nothing has none in the model.
          if (same(is, should) || ((!row || !wanted.has(name)) && (is ?? 0) === (should ?? 0))) return;
          throw new Error(
            `report ${report}${name ? ` “${name}”` : ''} ${days.dates[from]}–${days.dates[to]}: ${metric} is ${is}, should be ${should}`,
          );
        });
      }
    }),
  );
}

/** Hours are named by the instant they begin, with offset. */
function hoursOf(names: string[], end: number, each: (name: string, start: number, end: number) => void): void {
  const starts = names.map((name) => Date.parse(name));
  names.forEach((name, i) => {
    each(name, starts[i] ?? 0, starts[i + 1] ?? end);
  });
}
