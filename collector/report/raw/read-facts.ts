/** Reads the facts of a span, a slice of time after the other, and stops where the budget ends; once for all questions of a page. */
import { factsBetween, packTouchpoint } from '../../store/visits-sql.ts';
import { eachRow, makeBatch, packedSql } from '../batch.ts';
import { deriveVisits, type TailFact } from '../derive-visits.ts';
import type { Span } from '../period.ts';
import type { Question } from '../question.ts';
import { asks, dimensionsIn, isByTouchpoint, rollupOf } from '../rollup-plan.ts';
import type { TailExposure } from '../tail.ts';
import { reachOf } from './budget.ts';
import { FACT_COLUMNS, FACTS, factOf } from './fact-columns.ts';
import type { Reading } from './readings.ts';

/** Facts of one statement: some 100 bytes each, and a text of D1 has at most 2 MB. */
const SLICE_ROWS = 8_000;
export type RawFacts = Reading & { exposures: TailExposure[]; rowsRead: number };

const sliceSql = (loose: boolean) => packedSql({ columns: FACT_COLUMNS, rest: `FROM ${FACTS}` }, loose);
const PROPS = `SELECT * FROM (${factsBetween('events', 't.born, t.rand, t.props', '?2', '?3')}) WHERE props IS NOT NULL`;

/** What events say, where it is asked: texts are read apart from the numbers. */
async function readProps(
  { events, site }: Question,
  facts: readonly TailFact[],
  { start, end }: { start: number; end: number },
): Promise<number> {
  const { results, meta } = await events
    .prepare(PROPS)
    .bind(site.id, start, end)
    .all<{ born: number; rand: number; props: string }>();
  const props = new Map(results.map((row) => [`${row.born} ${row.rand}`, row.props]));
  for (const f of facts) if (f.what === 'event') f.props = props.get(`${f.born} ${f.rand}`) ?? null;
  return meta.rows_read;
}

/** Facts and visits of a span, as an earlier question read them or from the database; null when there are more than may be read. */
async function readSlices(
  question: Question,
  span: Span,
  estimate: number,
  budget: number,
): Promise<(Reading & { rowsRead: number }) | null> {
  const { events, site, query, readings } = question;
  const asksProps = dimensionsIn(query).some((d) => d.prop !== undefined);
  const reach = reachOf(span);
  const { start, end } = reach;
  const key = `${start} ${end} ${asksProps}`;
  const before = readings.get(key);
  if (before) return before.facts.length > budget ? null : { ...before, rowsRead: 0 };
  const slices = Math.max(1, Math.ceil(estimate / SLICE_ROWS));
  const facts: TailFact[] = [];
  let rowsRead = 0;
  for (let i = 0; i < slices; i += 1) {
    const [from = start, to = end] = [i, i + 1].map((n) => start + Math.floor(((end - start) * n) / slices));
    const batch = makeBatch(events);
    const rows = batch.add(sliceSql, site.id, from, to, budget - facts.length + 1);
    await batch.run();
    rowsRead += batch.rowsRead();
    for (const row of rows()) eachRow(row, FACT_COLUMNS.length, (numbers) => facts.push(factOf(numbers, from)));
    if (facts.length > budget) return null;
  }
  if (asksProps) rowsRead += await readProps(question, facts, reach);
  const reading = { facts, visits: deriveVisits(facts) };
  readings.set(key, reading);
  return { ...reading, rowsRead };
}

/**
 * @param estimate about how many facts there are: it decides the slices only.
 * @param budget rows that may be read.
 * @returns null when there are more rows than that.
 */
export async function readFacts(question: Question, span: Span, estimate: number, budget: number): Promise<RawFacts | null> {
  const { events, site, query } = question;
  const read = await readSlices(question, span, estimate, budget);
  if (!read || !asks(query, 'exposures') || !isByTouchpoint(rollupOf(query))) return read && { ...read, exposures: [] };
  const { facts } = read;
  const shown = await events
    .prepare(`SELECT * FROM (${factsBetween('exposures', 't.at, t.store, t.kiosk', '?2', '?3')}) LIMIT ?4`)
    .bind(site.id, span.start, span.end, budget - facts.length + 1)
    .all<{ at: number; store: number; kiosk: number }>();
  if (facts.length + shown.results.length > budget) return null;
  return {
    ...read,
    exposures: shown.results.map((row) => ({ at: row.at, touchpoint: packTouchpoint(row.store, row.kiosk) })),
    rowsRead: read.rowsRead + shown.meta.rows_read,
  };
}
