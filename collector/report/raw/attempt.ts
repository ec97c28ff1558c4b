/** Answers spans from facts, where facts are still there and not too many. */
import { answerFromFacts } from '../answer-raw.ts';
import { type Answered, keyOf, noFigures } from '../groups.ts';
import { addLack, everywhere } from '../lacks.ts';
import type { Query } from '../query.ts';
import type { CutSpan, Question } from '../question.ts';
import { estimateRows } from './budget.ts';
import { readFacts } from './read-facts.ts';

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
 * @returns an answer for each span, or how much it would be to read. Nothing is read before that is known to be within the budget, and
 * reading stops where it ends.
 */
export async function attemptRaw(question: Question): Promise<Answered[] | TooMuch> {
  const { query, spans, state, rowBudget } = question;
  const parts = spans.map((s) => kept(s, state.factsFrom));
  const estimates: number[] = [];
  let rowsRead = 0;
  for (const part of parts) {
    const estimate = part ? await estimateRows(question, part.span) : { rows: 0, rowsRead: 0 };
    estimates.push(estimate.rows);
    rowsRead += estimate.rowsRead;
  }
  const rows = estimates.reduce((a, b) => a + b, 0);
  if (rows > rowBudget) return { rows, rowsRead };
  const answers: Answered[] = [];
  let left = rowBudget;
  for (const [i, whole] of spans.entries()) {
    const part = parts[i];
    const answered: Answered = { groups: new Map(), total: noFigures(false), rowsRead: i === 0 ? rowsRead : 0 };
    if (part) {
      const read = await readFacts(question, part.span, estimates[i] ?? 0, left);
      if (!read) return { rows: rowBudget + 1, rowsRead: rowsRead + rowBudget - left };
      left -= read.facts.length + read.exposures.length;
      const found = await answerFromFacts(question, part, read);
      Object.assign(answered, found, { rowsRead: answered.rowsRead + found.rowsRead });
    }
    if (!part || part.span.start > whole.span.start) markPurged(answered, query, whole, state.factsFrom);
    if (whole.span.from < state.visitors_from) everywhere(answered, 'first_days', 'visitors_purged');
    answers.push(answered);
  }
  return answers;
}
