/** Answers spans from facts, where facts are still there and not too many. */
import type { Site } from '../../store/sites.ts';
import { answerFromFacts } from '../answer-raw.ts';
import type { Closed } from '../cells.ts';
import { type Answered, keyOf, noFigures } from '../groups.ts';
import type { StoreNames } from '../labels.ts';
import { addLack, everywhere } from '../lacks.ts';
import type { Span } from '../period.ts';
import type { Query } from '../query.ts';
import { asks, dimensionsIn, isByTouchpoint, rollupOf } from '../rollup-plan.ts';
import type { Piece } from '../time-cut.ts';
import { estimateRows, ROW_BUDGET } from './budget.ts';
import { readFacts } from './read-facts.ts';

/** A span with its pieces of time. */
export type CutSpan = { span: Span; pieces: readonly Piece[] };
/** @property rows about how many rows it would have taken. */
export type TooMuch = { rows: number; rowsRead: number };
export const isTooMuch = (value: object): value is TooMuch => 'rows' in value;

/** The part of a span whose facts are all there, or null. */
function kept({ span, pieces }: CutSpan, from: number): CutSpan | null {
  if (span.start >= from) return { span, pieces };
  const whole = pieces.filter((p) => p.start >= from);
  const [first] = whole;
  return first ? { span: { ...span, from: first.from, start: first.start }, pieces: whole } : null;
}

/** What is left of an answer when the facts of the beginning are gone: nothing of the whole, and nothing of its first pieces. */
function markPurged(answered: Answered, query: Query, { pieces }: CutSpan, from: number): void {
  addLack(answered.total, 'all', 'facts_purged');
  if (query.dimensions.length === 0 || query.dimensions.some((d) => !d.bucket)) return;
  for (const piece of pieces) {
    if (piece.start >= from) continue;
    const figures = noFigures(false);
    addLack(figures, 'all', 'facts_purged');
    answered.groups.set(keyOf(piece.labels), figures);
  }
}

/**
 * @param factsFrom the instant before which facts are deleted.
 * @returns an answer for each span, or how much it would be to read. Nothing is read before that is known to be within the budget.
 */
export async function attemptRaw(
  events: D1Database,
  site: Site,
  query: Query,
  spans: readonly CutSpan[],
  closed: Closed,
  factsFrom: number,
  stores: StoreNames,
): Promise<Answered[] | TooMuch> {
  const parts = spans.map((s) => kept(s, factsFrom));
  const estimates: number[] = [];
  let rowsRead = 0;
  for (const part of parts) {
    const estimate = part ? await estimateRows(events, site, part.span, closed) : { rows: 0, rowsRead: 0 };
    estimates.push(estimate.rows);
    rowsRead += estimate.rowsRead;
  }
  const rows = estimates.reduce((a, b) => a + b, 0);
  if (rows > ROW_BUDGET) return { rows, rowsRead };
  const wants = {
    props: dimensionsIn(query).some((d) => d.prop !== undefined),
    exposures: asks(query, 'exposures') && isByTouchpoint(rollupOf(query)),
  };
  const answers: Answered[] = [];
  let left = ROW_BUDGET;
  for (const [i, whole] of spans.entries()) {
    const part = parts[i];
    const answered: Answered = { groups: new Map(), total: noFigures(false), rowsRead: 0 };
    if (part) {
      const read = await readFacts(events, site, part.span, estimates[i] ?? 0, left, wants);
      if (!read) return { rows: ROW_BUDGET + 1, rowsRead: rowsRead + ROW_BUDGET - left };
      left -= read.facts.length + read.exposures.length;
      Object.assign(answered, await answerFromFacts(events, site, query, part.span, part.pieces, stores, read));
    }
    if (!part || part.span.start > whole.span.start) markPurged(answered, query, whole, factsFrom);
    if (whole.span.from < (closed.visitors_from ?? 0)) everywhere(answered, 'first_days', 'visitors_purged');
    answers.push(answered);
  }
  const [first] = answers;
  if (first) first.rowsRead += rowsRead;
  return answers;
}
