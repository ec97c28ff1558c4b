/** Reads the facts of a span, a slice of time after the other, and stops where the budget ends; once for all questions of a page. */
import { factsBetween, packTouchpoint } from '../../store/visits-sql.ts';
import { deriveVisits, type TailFact } from '../derive-visits.ts';
import { FACT_SELECTS, type FactRow, toFact } from '../fact-rows.ts';
import type { Span } from '../period.ts';
import type { Question } from '../question.ts';
import { asks, dimensionsIn, isByTouchpoint, rollupOf } from '../rollup-plan.ts';
import type { TailExposure } from '../tail.ts';
import { reachOf } from './budget.ts';
import type { Reading } from './readings.ts';

/** Rows of one statement: large enough to be few, small enough that the copy D1 hands over never weighs much. */
const SLICE_ROWS = 40_000;
export type RawFacts = Reading & { exposures: TailExposure[]; rowsRead: number };

const MISSING: Record<string, string> = {
  origin: '0',
  place: '0',
  technology: '0',
  active_ms: 'NULL',
  scroll: 'NULL',
  confirmed: '0',
  name: '0',
  props: 'NULL',
};

/** One statement for the facts of all tables, so that one limit holds them. @param props whether events are read with their props. */
function factsSql(props: boolean): string {
  const has = (columns: string, name: string) => new RegExp(`(AS |t\\.)${name}\\b`).test(columns);
  const part = ([what, table, columns]: (typeof FACT_SELECTS)[number], i: number) => {
    const own = what === 'event' ? `${columns}, t.name${props ? ', t.props' : ''}` : columns;
    const padded = Object.entries(MISSING).map(([name, none]) => (has(own, name) ? name : `${none} AS ${name}`));
    return `SELECT ${i} AS kind_of_fact, born, rand, at, visitor, kind, store, kiosk, mode, page, ends, ${padded.join(', ')}
      FROM (${factsBetween(table, own, '?2', '?3')})`;
  };
  return `${FACT_SELECTS.map(part).join(' UNION ALL ')} LIMIT ?4`;
}

/** Facts and visits of a span, as an earlier question read them or from the database; null when there are more than may be read. */
async function readSlices(
  { events, site, query, readings }: Question,
  span: Span,
  estimate: number,
  budget: number,
): Promise<(Reading & { rowsRead: number }) | null> {
  const props = dimensionsIn(query).some((d) => d.prop !== undefined);
  const { start, end } = reachOf(span);
  const key = `${start} ${end} ${props}`;
  const before = readings.get(key);
  if (before) return before.facts.length > budget ? null : { ...before, rowsRead: 0 };
  const sql = factsSql(props);
  const slices = Math.max(1, Math.ceil(estimate / SLICE_ROWS));
  const facts: TailFact[] = [];
  let rowsRead = 0;
  for (let i = 0; i < slices; i += 1) {
    const [from, to] = [0, 1].map((n) => start + Math.floor(((end - start) * (i + n)) / slices));
    const { results, meta } = await events
      .prepare(sql)
      .bind(site.id, from, to, budget - facts.length + 1)
      .all<FactRow & { kind_of_fact: number }>();
    rowsRead += meta.rows_read;
    if (facts.length + results.length > budget) return null;
    for (const row of results) {
      const what = FACT_SELECTS[row.kind_of_fact]?.[0];
      if (what) facts.push(toFact(what, row));
    }
  }
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
