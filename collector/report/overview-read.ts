/**
 * Everything the overview needs of EVENTS, in two batches: what lies in rollups and in the tail, then what is known of the tail's visitors and
 * how values are called.
 */
import type { Site } from '../store/sites.ts';
import { ROLLUP_DIMENSIONS, type RollupDimension } from '../store/visits-sql.ts';
import { type Batch, makeBatch } from './batch.ts';
import type { Cell } from './cell.ts';
import { addCellReading, type Grain } from './cells.ts';
import { dimensionOf } from './dimensions.ts';
import { nameValue } from './labels.ts';
import { SOURCE_SUMS } from './overview-metrics.ts';
import { addPageReading, countPageviews, type RankedPages } from './overview-pages.ts';
import type { OverviewPlan } from './overview-plan.ts';
import { addPaths, addSources, type Texts } from './overview-texts.ts';
import type { State } from './question.ts';
import { tailCells } from './read-cells.ts';
import { isPartOfDays } from './rollup-plan.ts';
import { countSpan } from './span-visitors.ts';
import { freshOf, makeTail } from './tail.ts';
import { addTailReading } from './tail-facts.ts';
import { addPeopleReading } from './tail-people.ts';
import { UPDATING } from './updating.ts';
import { addVisitorReading, type VisitorRow } from './visitors.ts';

export type OverviewRead = {
  total: Cell[];
  totalBefore: Cell[];
  touchpoints: Cell[];
  touchpointsBefore: Cell[];
  pages: RankedPages;
  origins: Cell[];
  /** Source and channel. */
  originTexts: Texts;
  visitors: VisitorRow[];
  updating: boolean;
  /** Windows have moved on meanwhile: some time may count twice, or not at all. */
  moved: boolean;
  rowsRead: number;
};

/** The version of the windows (-1 before there are any), and whether something waits. */
const STATE = `SELECT coalesce((SELECT version FROM closings WHERE site = ?1), -1) AS key, (SELECT printf('%d', updating) FROM (${UPDATING})) AS packed`;
const VERSION = 'SELECT coalesce((SELECT version FROM closings WHERE site = ?1), -1) AS key, NULL AS packed';
/** What the overview is made of beside totals, which are those of all touchpoints together. */
const READ_WHOLE: readonly RollupDimension[] = ['touchpoint', 'page', 'origin'];
/** What stands in rollups for the span and the one it is compared with: one reading where one follows the other. */
function addBoth(
  batch: Batch,
  site: Site,
  state: State,
  { span, before }: OverviewPlan,
  grain: Grain,
  dimension: RollupDimension,
) {
  const wanted = { times: dimension === 'total' };
  const isOne = before?.end === span.start;
  const whole = addCellReading(batch, site, state, isOne ? { ...span, start: before.start } : span, grain, dimension, wanted);
  const other = before && !isOne ? addCellReading(batch, site, state, before, grain, dimension, wanted) : null;
  return {
    now: () => whole.cells().filter((c) => c.start >= span.start),
    before: () => (before ? (other?.cells() ?? whole.cells().filter((c) => c.start < span.start)) : []),
  };
}

/**
 * @param state how far windows are closed: what came later is read from facts.
 * @param version of the windows, as the state was read with; -1 before there are any.
 */
export async function readOverviewFigures(
  events: D1Database,
  site: Site,
  plan: OverviewPlan,
  state: State,
  version: number,
  nowMs: number,
): Promise<OverviewRead> {
  const { span, before, size } = plan;
  const spans = [span, ...(before ? [before] : [])];
  const first = makeBatch(events);
  const versions = [first.add(STATE, site.id, span.end, span.start)];
  const hasTail = spans.some(({ end }) => end > state.detail_before);
  const tailRead = hasTail ? addTailReading(first, site, state.detail_before, nowMs, READ_WHOLE) : null;
  const grain = size === 'hour' ? 'hour' : 'day';
  const total = addBoth(first, site, state, plan, grain, 'total');
  const touchpoints = addBoth(first, site, state, plan, 'day', 'touchpoint');
  const pages = addPageReading(first, site, state, span);
  const origins = addCellReading(first, site, state, span, 'whole', 'origin', { columns: SOURCE_SUMS, times: false });
  const visitors = addVisitorReading(first, site, plan.ranges);
  await first.run();

  const facts = tailRead?.() ?? null;
  const fresh = facts ? freshOf(facts, state.detail_before) : [];
  const second = makeBatch(events);
  versions.push(second.add(VERSION, site.id));
  const people = facts ? addPeopleReading(second, site, fresh, facts.visitors, state.detail_before) : null;
  const seen = facts ? countPageviews(fresh, facts.pages, span) : new Map<number, number>();
  pages.addLikely(second, seen);
  const pageValues = new Set([...pages.values(), ...seen.keys()]);
  const originValues = new Set(origins.cells().map((c) => c.value));
  for (const list of [facts?.facts, facts?.open]) for (const { origin } of list ?? []) if (origin !== 0) originValues.add(origin);
  const pageTexts = addPaths(second, site, pageValues);
  const originTexts = addSources(second, site, originValues);
  await second.run();

  const tail = facts && people && makeTail(facts, people(), state.detail_before, 0);
  // All in one pass: facts are many.
  const inTail = spans.map((s) => (tail ? tailCells(tail, site, state, s, grain, READ_WHOLE, ['touchpoint']) : []));
  const ofTail = (dimension: RollupDimension, range: 0 | 1) =>
    inTail[range]?.filter((c) => c.dimension === ROLLUP_DIMENSIONS[dimension]) ?? [];
  const pagesOfTail = ofTail('page', 0);
  const paths = pageTexts();
  const page = dimensionOf('page');
  const nameOf = (value: number) => (page ? nameValue(page, value, paths) : '');
  const third = makeBatch(events);
  if (pages.addMissing(third, pagesOfTail, nameOf)) versions.push(third.add(VERSION, site.id));
  await third.run();
  const inParts = spans.map((s) => tail !== null && isPartOfDays(s));
  return {
    total: [...total.now(), ...ofTail('touchpoint', 0)],
    totalBefore: [...total.before(), ...ofTail('touchpoint', 1)],
    touchpoints: [...touchpoints.now(), ...ofTail('touchpoint', 0)],
    touchpointsBefore: [...touchpoints.before(), ...ofTail('touchpoint', 1)],
    pages: pages.rank(pagesOfTail, nameOf),
    origins: [...origins.cells(), ...ofTail('origin', 0)],
    originTexts: originTexts(),
    visitors: [
      ...visitors(tail).filter(({ range }) => !inParts[range]),
      ...spans.flatMap((s, range) => (tail && inParts[range] ? countSpan(site, tail, s, range) : [])),
    ],
    updating: versions[0]?.()[0]?.packed === '1',
    moved: versions.some((read) => read()[0]?.key !== version),
    rowsRead: first.rowsRead() + second.rowsRead() + third.rowsRead(),
  };
}
