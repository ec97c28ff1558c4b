/** Chooses how a question is answered: from rollups where they have it, from facts where these are few enough, else not at all. */
import { type Closing, closingOf } from '../store/closings.ts';
import type { Site } from '../store/sites.ts';
import { answerFromRollups } from './answer-rollups.ts';
import type { Answered } from './groups.ts';
import type { StoreNames } from './labels.ts';
import { addLack, everywhere } from './lacks.ts';
import { type Problem, problem } from './problem.ts';
import type { Query } from './query.ts';
import { attemptRaw, type CutSpan, isTooMuch, type TooMuch } from './raw/attempt.ts';
import { ROW_BUDGET } from './raw/budget.ts';
import { asks, dimensionsIn, isByTouchpoint, isHourly, rollupOf, rollupsLack } from './rollup-plan.ts';
import { readTail, type Tail } from './tail.ts';
import type { WhyCode } from './why.ts';

/** How far windows are closed, and from when on facts are there. */
export type State = Pick<Closing, 'closed_before' | 'detail_before' | 'days_before' | 'visitors_from'> & { factsFrom: number };
export type Answers = { answers: Answered[]; source: 'rollup' | 'raw'; rowsRead: number };

export const NO_TAIL: Tail = { from: 0, facts: [], visits: [], exposures: [], acts: new Map(), rowsRead: 0 };

/** The tail, where any of the spans reaches into it. */
export async function tailFor(
  events: D1Database,
  site: Site,
  spans: readonly CutSpan[],
  state: State,
  nowMs: number,
): Promise<Tail> {
  return spans.some(({ span }) => span.end > state.detail_before) ? readTail(events, site, state.detail_before, nowMs) : NO_TAIL;
}

/** Before the first run of cron everything is read from facts. */
export async function stateOf(events: D1Database, site: Site, start: number): Promise<State> {
  const closing = await closingOf(events, site.id);
  if (!closing) return { closed_before: start, detail_before: start, days_before: start, visitors_from: 0, factsFrom: 0 };
  return { ...closing, factsFrom: closing.sealed_before };
}

/** What a question that reads too much should leave out. */
function tooMuch(query: Query, spans: readonly CutSpan[], rows: number): Problem {
  const [first] = spans;
  const days = first ? first.span.to - first.span.from + 1 : 1;
  const fewer = Math.max(1, Math.floor((days * ROW_BUDGET) / rows));
  const named = [...new Set(dimensionsIn(query).flatMap((d) => (d.bucket ? [] : [d.name])))].join(', ') || 'source';
  return problem('too_much', 'date_range', {
    fr: `Cette question lirait environ ${rows} lignes ; ${ROW_BUDGET} au plus. Demandez au plus ${fewer} jours environ, ou moins de dimensions et de filtres à la fois (${named}).`,
    en: `This question would read about ${rows} rows; at most ${ROW_BUDGET}. Ask for at most about ${fewer} days, or for fewer dimensions and filters at once (${named}).`,
  });
}

/** Answers of the spans; the first is the question's own. */
export async function answerSpans(
  events: D1Database,
  site: Site,
  query: Query,
  spans: readonly CutSpan[],
  state: State,
  stores: StoreNames,
  nowMs: number,
): Promise<Answers | Problem> {
  const raw = () => attemptRaw(events, site, query, spans, state, state.factsFrom, stores);
  const fromRaw = (answers: Answered[], before = 0): Answers => ({
    answers,
    source: 'raw',
    rowsRead: answers.reduce((sum, a) => sum + a.rowsRead, before),
  });
  const lacks = spans.map(({ span }) => rollupsLack(query, span, state));
  const isKept = spans.every(({ span }) => span.start >= state.factsFrom);
  if (query.source === 'raw' || lacks.includes('everything')) {
    const read = await raw();
    return isTooMuch(read) ? tooMuch(query, spans, read.rows) : fromRaw(read);
  }
  let missed: TooMuch | null = null;
  let rowsRead = 0;
  if (lacks.includes('visitors') && isKept) {
    const read = await raw();
    if (!isTooMuch(read)) return fromRaw(read);
    missed = read;
    rowsRead += read.rowsRead;
  }
  const tail = await tailFor(events, site, spans, state, nowMs);
  const answers = [];
  for (const { span, pieces } of spans)
    answers.push(await answerFromRollups(events, site, query, span, pieces, state, tail, stores));
  rowsRead += tail.rowsRead + answers.reduce((sum, a) => sum + a.rowsRead, 0);
  const overlaps = asks(query, 'visits') && answers.some((a) => a.overlaps.size > 0 || a.totalOverlaps);
  if (overlaps && isKept && !missed) {
    const read = await raw();
    if (!isTooMuch(read)) return fromRaw(read, rowsRead);
    missed = read;
    rowsRead += read.rowsRead;
  }
  const unread: WhyCode = missed ? 'over_budget' : 'facts_purged';
  for (const [i, answered] of answers.entries()) {
    const span = spans[i]?.span;
    const byDay = isByTouchpoint(rollupOf(query)) && span && !isHourly(query, span);
    if (lacks[i] === 'visitors') everywhere(answered, 'visitors', byDay ? 'visitors_purged' : unread);
    for (const key of answered.overlaps) {
      const figures = answered.groups.get(key);
      if (figures) addLack(figures, 'visits', unread);
    }
    if (answered.totalOverlaps) addLack(answered.total, 'visits', unread);
  }
  return { answers, source: 'rollup', rowsRead };
}
