/** Answers a report query: figures, comparison, order, page, coverage and reasons. */
import { dateOfDay } from '../store/calendar.ts';
import { type Shards, shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { addImported } from './add-imported.ts';
import { addKioskVisits, readRoster } from './add-kiosk-visits.ts';
import { addStickiness } from './add-stickiness.ts';
import { addTimes } from './add-times.ts';
import { type Answers, answerSpans } from './answer.ts';
import { settleRange } from './beginning.ts';
import type { Closed } from './cells.ts';
import { comparedSpan } from './compared-span.ts';
import { describeMetrics, reasons } from './describe.ts';
import { keyOf, namesOfKey } from './groups.ts';
import { readStoreNames } from './labels.ts';
import { markLacks } from './lacks.ts';
import type { Figures } from './metric.ts';
import { orderRows } from './order-rows.ts';
import { resolveRange, type Span } from './period.ts';
import { isProblem, type Problem } from './problem.ts';
import type { Query } from './query.ts';
import { type Question, stateOf } from './question.ts';
import { ROW_BUDGET } from './raw/budget.ts';
import type { Readings } from './raw/readings.ts';
import type { QueryResult } from './result.ts';
import { asks } from './rollup-plan.ts';
import { toRow } from './rows.ts';
import { hideSmallIn, hidingMetrics, SMALL } from './small-cells.ts';
import { bucketNames, cutTime, refuseBuckets } from './time-cut.ts';
import { toldRow } from './told-row.ts';
import { isUpdating } from './updating.ts';

export { describeMetrics, isProblem, isUpdating, toRow };

export type ReportDatabases = Shards & { PEOPLE: D1Database };
/** The databases as a site's report sees them: `EVENTS` is the one that holds it. */
export const homeOf = (env: ReportDatabases, site: Site): ReportDatabases => ({
  EVENTS: shardFor(env, site),
  PEOPLE: env.PEOPLE,
});

/** How far windows are closed; before the first run of cron everything is read from facts. */
export const closedOf = (events: D1Database, site: Site, span: Span): Promise<Closed> => stateOf(events, site, span.start);

/** Facts are always up to date; what is known of visitors before the span comes from closed windows. */
async function isStale(events: D1Database, site: Site, query: Query, span: Span, source: Answers['source']): Promise<boolean> {
  if (source === 'rollup') return isUpdating(events, site.id, span);
  const asksBefore = query.metrics.some((m) => m.needs === 'first_days' || m.counts === 'days');
  return asksBefore && isUpdating(events, site.id, { start: 0, end: span.end });
}

/**
 * @param nowMs the moment of the question; periods like `28d` are relative to it.
 * @param rowBudget how many facts may be read for it.
 * @param readings what earlier questions of the same page read; the budget holds for each question alone.
 * @returns a problem when the question is too large; nothing is passed off as whole.
 */
export async function runQuery(
  env: ReportDatabases,
  site: Site,
  query: Query,
  nowMs: number,
  rowBudget = ROW_BUDGET,
  readings: Readings = new Map(),
): Promise<QueryResult | Problem> {
  const db = homeOf(env, site);
  const span = resolveRange(site, await settleRange(env, site, query.range, nowMs), nowMs);
  const refused = refuseBuckets(span, query.dimensions);
  if (refused) return refused;
  const before = comparedSpan(site, span, query.compare, query.matchWeekdays);
  const names = bucketNames(site, span, query.dimensions);
  const spans = [span, ...(before ? [before] : [])].map((s) => ({ span: s, pieces: cutTime(site, s, query.dimensions, names) }));
  const [state, stores] = await Promise.all([stateOf(db.EVENTS, site, span.start), readStoreNames(db.PEOPLE, site.id)]);
  const question: Question = { events: db.EVENTS, site, query, spans, state, stores, nowMs, rowBudget, readings };
  const answered = await answerSpans(question);
  if (isProblem(answered)) return answered;
  const { answers, source } = answered;
  let rowsRead = answered.rowsRead;
  const roster = asks(query, 'kiosk_visits') ? await readRoster(db.PEOPLE, site.id) : null;
  const imports: Awaited<ReturnType<typeof addImported>>['about'][] = [];
  for (const [i, time] of spans.entries()) {
    const answer = answers[i];
    if (!answer) continue;
    if (asks(query, 'days')) rowsRead += await addStickiness(question, time, answer);
    if (roster) rowsRead += await addKioskVisits(question, roster, time, answer);
    markLacks(question, time, answer);
    const imported = await addImported(question, time, answer);
    rowsRead += imported.rowsRead;
    imports.push(imported.about);
  }
  const [now, then] = answers;
  if (!now) throw new Error('run-query: a question without an answer');
  const hiding = hidingMetrics(query);
  const hide = (answer: typeof now) =>
    hideSmallIn(
      hiding,
      query.dimensions.length === 0
        ? [['', answer.total]]
        : [...now.groups.keys()].flatMap((key) => {
            const figures = answer.groups.get(key);
            return figures ? [[key, figures] as const] : [];
          }),
    );
  const [hidden, hiddenThen] = [hide(now), then ? hide(then) : null];
  const row = (key: string, figures: typeof now.total) =>
    toldRow(
      toRow(namesOfKey(key), query.metrics, figures, before ? (then?.groups.get(key) ?? null) : undefined),
      query.metrics,
      hiding,
      { row: hidden.keys.has(key), compared: hiddenThen?.keys.has(key) ?? false },
    );
  const totals = toldRow(toRow([], query.metrics, now.total, before ? (then?.total ?? null) : undefined), query.metrics, hiding, {
    row: hidden.total,
    compared: hiddenThen?.total ?? false,
  });
  const rows =
    query.dimensions.length === 0
      ? [totals]
      : orderRows(
          [...now.groups].map(([key, figures]) => row(key, figures)),
          query,
          names,
        );
  let results = rows.slice(query.offset, query.offset + query.limit);
  const figuresOf = (answer: typeof now): Figures[] => [...answer.groups.values()];
  let shownOf = figuresOf;
  if (now.unread) {
    const keys = results.map(({ dimensions }) => keyOf(dimensions));
    for (const answer of answers) if (answer.unread) rowsRead += await addTimes(question, answer.unread, answer, keys);
    shownOf = ({ groups }) => keys.flatMap((key) => groups.get(key) ?? []);
    results = keys.flatMap((key) => {
      const figures = now.groups.get(key);
      return figures ? [row(key, figures)] : [];
    });
  }
  return {
    results,
    totals,
    meta: {
      ...describeMetrics(query.metrics, now.total, figuresOf(now), query.dimensions, shownOf(now)),
      ...(then ? { not_compared: reasons(query.metrics, [then.total, ...figuresOf(then)], [then.total, ...shownOf(then)]) } : {}),
      ...(imports[0] ? { imported: imports[0] } : {}),
      ...(imports[1] ? { compared_imported: imports[1] } : {}),
      source,
      rows_read: rowsRead,
      updating: await isStale(db.EVENTS, site, query, span, source),
      from: dateOfDay(span.from),
      to: dateOfDay(span.to),
      ...(before ? { compared_from: dateOfDay(before.from), compared_to: dateOfDay(before.to) } : {}),
      total_rows: rows.length,
      ...(hidden.keys.size > 0
        ? {
            suppressed: {
              under: SMALL,
              metrics: hiding.map(({ name }) => name),
              rows: query.dimensions.length === 0 ? 0 : hidden.keys.size,
              total: hidden.total,
            },
          }
        : {}),
    },
  };
}
