/** Chooses how a question is answered: from rollups where they have it, from facts where these are few enough, else not at all. */
import type { Unread } from './add-times.ts';
import { answerFromRollups, type FromRollups } from './answer-rollups.ts';
import type { Answered } from './groups.ts';
import { addLack, everywhere } from './lacks.ts';
import { makePlaces } from './places.ts';
import type { Problem } from './problem.ts';
import type { Query } from './query.ts';
import type { Question } from './question.ts';
import { attemptRaw, isTooMuch } from './raw/attempt.ts';
import { asks, asksPeople, isByTouchpoint, isHourly, rollupOf, rollupsLack } from './rollup-plan.ts';
import { readTail, type Tail } from './tail.ts';
import { tooMuch } from './too-much.ts';
import type { WhyCode } from './why.ts';

/** One answer a span, in their order. */
export type Answers = { answers: (Answered & { unread?: Unread | null })[]; source: 'rollup' | 'raw'; rowsRead: number };

const NO_TAIL: Tail = {
  ...{ from: 0, facts: [], pages: makePlaces(), visits: [], exposures: [] },
  ...{ acts: new Map(), days: new Map(), rowsRead: 0 },
};

/** The facts that no rollup has, where any of some times reaches into them. */
export async function tailFor({ events, site, query, state, nowMs }: Question, times: readonly { end: number }[]): Promise<Tail> {
  if (times.every(({ end }) => end <= state.detail_before)) return NO_TAIL;
  return readTail(events, site, state.detail_before, nowMs, [rollupOf(query) ?? 'total'], asksPeople(query));
}

const rowsOf = (answers: readonly Answered[]) => answers.reduce((sum, a) => sum + a.rowsRead, 0);

/** What counts twice under several values: by event, acts, too. */
const overlapping = (query: Query) => (rollupOf(query) === 'event' ? 'all' : 'visits');

/** Says what the rollups could not tell. @param unread why facts were not asked instead. */
function markUnread(question: Question, answers: readonly FromRollups[], unread: WhyCode): void {
  const { query, spans, state } = question;
  for (const [i, answered] of answers.entries()) {
    const span = spans[i]?.span;
    if (!span) continue;
    const byDay = isByTouchpoint(rollupOf(query)) && !isHourly(query, span);
    if (rollupsLack(query, span, state) === 'visitors') everywhere(answered, 'visitors', byDay ? 'visitors_purged' : unread);
    for (const key of answered.overlaps) {
      const figures = answered.groups.get(key);
      if (figures) addLack(figures, overlapping(query), unread);
    }
    if (answered.totalOverlaps) addLack(answered.total, overlapping(query), unread);
  }
}

export async function answerSpans(question: Question): Promise<Answers | Problem> {
  const { query, spans, state } = question;
  const lacks = spans.map(({ span }) => rollupsLack(query, span, state));
  if (query.source === 'raw' || lacks.includes('everything')) {
    const read = await attemptRaw(question);
    return isTooMuch(read) ? tooMuch(question, read.rows) : { answers: read, source: 'raw', rowsRead: rowsOf(read) };
  }
  // Facts would tell more than rollups: they are asked where all of them are there and not too many.
  const isKept = spans.every(({ span }) => span.start >= state.factsFrom);
  let rowsRead = 0;
  const more = async (): Promise<Answers | null> => {
    const read = await attemptRaw(question);
    if (!isTooMuch(read)) return { answers: read, source: 'raw', rowsRead: rowsRead + rowsOf(read) };
    rowsRead += read.rowsRead;
    return null;
  };
  const asksMore = isKept && lacks.includes('visitors');
  const fuller = asksMore ? await more() : null;
  if (fuller) return fuller;
  const tail = await tailFor(
    question,
    spans.map((s) => s.span),
  );
  const answers: FromRollups[] = [];
  for (const span of spans) answers.push(await answerFromRollups(question, span, tail));
  rowsRead += tail.rowsRead + rowsOf(answers);
  const overlaps =
    (overlapping(query) === 'all' || asks(query, 'visits')) && answers.some((a) => a.overlaps.size > 0 || a.totalOverlaps);
  const exact = overlaps && isKept && !asksMore ? await more() : null;
  if (exact) return exact;
  markUnread(question, answers, isKept ? 'over_budget' : 'facts_purged');
  return { answers, source: 'rollup', rowsRead };
}
