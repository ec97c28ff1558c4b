/** The way of opt-ins by the source of their visits: submitted, confirmed, withdrawn since. Reads the facts of who opted in, and of nobody else. */
import type { Site } from '../store/sites.ts';
import { factsBetween, KIOSK_ORIGIN, LOOKBACK_MS, VISIT_GAP_MS } from '../store/visits-sql.ts';
import { dimensionOf } from './dimensions.ts';
import { nameValue, readTexts } from './labels.ts';
import type { Span } from './period.ts';

export type SourceRow = { name: string; submitted: number; confirmed: number; withdrawn: number };
type Fact = {
  what: number;
  at: number;
  born: number;
  rand: number;
  visitor: number;
  kind: number;
  ends: number;
  origin: number;
  state: number;
};

/** Columns of a fact by its table; `state` of an opt-in: 0 submitted, 1 confirmed, 2 confirmed and withdrawn. */
const TABLES: readonly (readonly [table: string, columns: string])[] = [
  ['pageviews', '1 AS what, t.at + coalesce(t.foreground_ms, 0) AS ends, t.origin, 0 AS state'],
  ['events', '2 AS what, t.at AS ends, 0 AS origin, 0 AS state'],
  [
    'opt_ins',
    '3 AS what, t.at AS ends, 0 AS origin, CASE WHEN t.confirmed_at IS NULL THEN 0 WHEN t.ended_at IS NULL THEN 1 ELSE 2 END AS state',
  ],
  ['identifications', '4 AS what, t.at AS ends, 0 AS origin, 0 AS state'],
  ['kiosk_visits', '5 AS what, t.at + t.length_ms AS ends, 0 AS origin, 0 AS state'],
];
const who = (lo: string) => `SELECT visitor FROM (${factsBetween('opt_ins', 't.visitor', lo, '?3')})`;

async function readFacts(events: D1Database, site: number, span: Span): Promise<Fact[]> {
  const results = await events.batch<Fact>(
    TABLES.map(([table, columns]) =>
      events
        .prepare(
          `SELECT * FROM (${factsBetween(table, `t.at, t.born, t.rand, t.visitor, t.kind, ${columns}`, '(?2 - ?4)', '?3')}) f WHERE f.visitor IN (${who('?2')})`,
        )
        .bind(site, span.start, span.end, LOOKBACK_MS),
    ),
  );
  return results.flatMap((r) => r.results).sort((a, b) => a.at - b.at || a.born - b.born || a.rand - b.rand);
}

/** Each opt-in of the span with the origin of its visit: that of the visit's first pageview. */
function originsOf(facts: readonly Fact[], span: Span): [origin: number, state: number][] {
  type Visit = { until: number; viewed: boolean; origin: number; optIns: number[] };
  const open = new Map<number, Visit>();
  const visits: Visit[] = [];
  for (const f of facts) {
    const last = open.get(f.visitor);
    const goesOn = last !== undefined && (f.kind === 2 || f.at - last.until < VISIT_GAP_MS);
    const visit: Visit = goesOn ? last : { until: f.ends, viewed: false, origin: f.kind === 2 ? KIOSK_ORIGIN : 0, optIns: [] };
    if (!goesOn) visits.push(visit);
    open.set(f.visitor, visit);
    // As visits are derived everywhere: what was open before is not forgotten when a new visit begins.
    visit.until = Math.max(last?.until ?? 0, f.ends);
    if (f.what === 1 && !visit.viewed && f.kind !== 2) Object.assign(visit, { viewed: true, origin: f.origin });
    if (f.what === 3 && f.at >= span.start && f.at < span.end) visit.optIns.push(f.state);
  }
  return visits.flatMap(({ origin, optIns }) => optIns.map((state): [number, number] => [origin, state]));
}

/** @returns rows with the most submitted first. What was withdrawn was confirmed before. */
export async function readOptInSources(events: D1Database, site: Site, span: Span): Promise<SourceRow[]> {
  const source = dimensionOf('source');
  if (!source) return [];
  const found = originsOf(await readFacts(events, site.id, span), span);
  const { texts } = await readTexts(events, site.id, 'origins', ['source'], [...new Set(found.map(([origin]) => origin))]);
  const rows = new Map<string, SourceRow>();
  for (const [origin, state] of found) {
    const name = nameValue(source, origin, texts);
    const row = rows.get(name) ?? { name, submitted: 0, confirmed: 0, withdrawn: 0 };
    rows.set(name, row);
    row.submitted += 1;
    row.confirmed += state > 0 ? 1 : 0;
    row.withdrawn += state === 2 ? 1 : 0;
  }
  return [...rows.values()].sort((a, b) => b.submitted - a.submitted || (a.name < b.name ? -1 : 1));
}
