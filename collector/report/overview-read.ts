/**
 * Everything the overview needs of EVENTS, in two batches: what lies in rollups and in the tail, then what is known of the tail's visitors and
 * how the shown values are called.
 */
import type { Site } from '../store/sites.ts';
import type { ROLLUP_DIMENSIONS } from '../store/visits-sql.ts';
import { type Batch, makeBatch } from './batch.ts';
import type { Cell } from './cell.ts';
import { addCellReading, type Grain, tailCells, type Wanted } from './cells.ts';
import { PAGE_SUMS, SOURCE_SUMS } from './overview-metrics.ts';
import type { OverviewPlan } from './overview-plan.ts';
import type { Span } from './period.ts';
import type { State } from './question.ts';
import { isPartOfDays } from './rollup-plan.ts';
import { countSpan } from './span-visitors.ts';
import { freshOf, makeTail, type Tail } from './tail.ts';
import { addTailReading } from './tail-facts.ts';
import { addPeopleReading } from './tail-people.ts';
import { UPDATING } from './updating.ts';
import { addVisitorReading, type VisitorRow } from './visitors.ts';

type Texts = Map<number, (string | null)[]>;
export type OverviewRead = {
  total: Cell[];
  totalBefore: Cell[];
  touchpoints: Cell[];
  touchpointsBefore: Cell[];
  pages: Cell[];
  origins: Cell[];
  visitors: VisitorRow[];
  pageTexts: Texts;
  originTexts: Texts;
  updating: boolean;
  rowsRead: number;
};

const VERSION = 'SELECT version AS key, NULL AS packed FROM closings WHERE site = ?1';
const IS_UPDATING = `SELECT 0 AS key, printf('%d', updating) AS packed FROM (${UPDATING})`;
const PATHS =
  'SELECT d.hash AS key, d.path AS packed FROM json_each(?2) j CROSS JOIN pages d ON d.site = ?1 AND d.hash = j.value';
const SOURCES = `SELECT d.hash AS key, d.channel || char(10) || d.source AS packed FROM json_each(?2) j CROSS JOIN origins d ON d.site = ?1 AND d.hash = j.value`;
/** Values of one statement: one JSON parameter holds at most 2 MB. */
const VALUES_AT_ONCE = 50_000;

function addTexts(
  batch: Batch,
  site: Site,
  sql: string,
  values: Iterable<number>,
  read: (text: string) => string[],
): () => Texts {
  const all = [...new Set(values)];
  const parts: ReturnType<Batch['add']>[] = [];
  for (let i = 0; i < all.length; i += VALUES_AT_ONCE)
    parts.push(batch.add(sql, site.id, JSON.stringify(all.slice(i, i + VALUES_AT_ONCE))));
  return () => new Map(parts.flatMap((rows) => rows()).map(({ key, packed }) => [key, read(packed ?? '')]));
}

/** What stands in rollups for a span, and what the tail adds to it. */
function addCells(
  batch: Batch,
  site: Site,
  state: State,
  grain: Grain,
  span: Span,
  dimension: keyof typeof ROLLUP_DIMENSIONS,
  wanted: Wanted,
) {
  const closed = addCellReading(batch, site, state, span, grain, dimension, wanted);
  return {
    values: () => closed().map((c) => c.value),
    cells: (tail: Tail | null) => [...closed(), ...(tail ? tailCells(tail, site, state, span, grain, [dimension]) : [])],
  };
}

/**
 * @param state how far windows are closed: what came later is read from facts.
 * @param version of the windows, as the state was read with; null before the first run of cron.
 * @returns null when windows have moved on meanwhile: what was read would count some time twice, or not at all.
 */
export async function readOverviewFigures(
  events: D1Database,
  site: Site,
  plan: OverviewPlan,
  state: State,
  version: number | null,
  nowMs: number,
): Promise<OverviewRead | null> {
  const { span, before, size } = plan;
  const spans = [span, ...(before ? [before] : [])];
  const hasTail = spans.some(({ end }) => end > state.detail_before);
  const first = makeBatch(events);
  const versions = [first.add(VERSION, site.id)];
  const updating = first.add(IS_UPDATING, site.id, span.end, span.start);
  const tailRead = hasTail ? addTailReading(first, site, state.detail_before, nowMs) : null;
  const grain = size === 'hour' ? 'hour' : 'day';
  const total = addCells(first, site, state, grain, span, 'total', { times: true });
  const totalBefore = before && addCells(first, site, state, grain, before, 'total', { times: true });
  const touchpoints = addCells(first, site, state, 'whole', span, 'touchpoint', { times: false });
  const touchpointsBefore = before && addCells(first, site, state, 'whole', before, 'touchpoint', { times: false });
  const pages = addCells(first, site, state, 'whole', span, 'page', { columns: PAGE_SUMS, times: false });
  const origins = addCells(first, site, state, 'whole', span, 'origin', { columns: SOURCE_SUMS, times: false });
  const visitors = addVisitorReading(first, site, plan.ranges);
  await first.run();

  const facts = tailRead?.() ?? null;
  const fresh = facts ? freshOf(facts, state.detail_before) : [];
  const second = makeBatch(events);
  versions.push(second.add(VERSION, site.id));
  const people = addPeopleReading(second, site, fresh);
  const views = fresh.filter((f) => f.what !== 'visit');
  const pageTexts = addTexts(second, site, PATHS, [...pages.values(), ...views.map((f) => f.page)], (path) => [path]);
  const seen = [...(facts?.facts ?? []), ...(facts?.open ?? [])].map(({ origin }) => origin);
  const originTexts = addTexts(second, site, SOURCES, [...origins.values(), ...seen], (text) => {
    const [channel = '', ...source] = text.split('\n');
    return [source.join('\n'), channel];
  });
  await second.run();
  if (versions.some((read) => (read()[0]?.key ?? null) !== version)) return null;

  const rowsRead = first.rowsRead() + second.rowsRead();
  const tail = facts && makeTail(facts, people(), state.detail_before, 0);
  const inParts = spans.map((s) => tail !== null && isPartOfDays(s));
  return {
    total: total.cells(tail),
    totalBefore: totalBefore?.cells(tail) ?? [],
    touchpoints: touchpoints.cells(tail),
    touchpointsBefore: touchpointsBefore?.cells(tail) ?? [],
    pages: pages.cells(tail),
    origins: origins.cells(tail),
    visitors: [
      ...visitors(tail).filter(({ range }) => !inParts[range]),
      ...spans.flatMap((s, range) => (tail && inParts[range] ? countSpan(site, tail, s, range) : [])),
    ],
    pageTexts: pageTexts(),
    originTexts: originTexts(),
    updating: updating()[0]?.packed === '1',
    rowsRead,
  };
}
