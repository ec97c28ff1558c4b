/** What a marketer asks on a Monday: the overview, every list, and views that are filtered. Each with the rows it reads and its time. */

import { readOverview } from '../collector/report/overview.ts';
import type { Query } from '../collector/report/query.ts';
import { isProblem, readQuery } from '../collector/report/query.ts';
import { runQuery } from '../collector/report/run-query.ts';
import { dateOfDay, dayOf } from '../collector/store/calendar.ts';
import { dimensionsOf, metricsFor, REPORTS } from '../dashboard/reports.ts';
import { NOW, site } from './month.ts';

/** `rowsRead` as D1 bills them. `refused`: it would read more facts than a question may. */
export type Measured = {
  name: string;
  kind: 'overview' | 'list' | 'visitors' | 'filtered';
  rowsRead: number;
  medianMs: number;
  source: string;
};
const RUNS = 5;
/** What takes longer than this is measured once. */
const SLOW_MS = 400;
const today = dayOf(site.zone, NOW);
/** 28 days and today, beside the time before: what the dashboard opens with, and the hour that is open. */
const WHOLE: [string, string] = [dateOfDay(today - 28), dateOfDay(today)];

async function timed<T>(ask: () => Promise<T>): Promise<{ answer: T; medianMs: number }> {
  const times: number[] = [];
  for (;;) {
    const began = performance.now();
    const answer = await ask();
    times.push(performance.now() - began);
    if (times.length < RUNS && (times[0] ?? 0) < SLOW_MS) continue;
    return { answer, medianMs: times.sort((a, b) => a - b)[times.length >> 1] ?? 0 };
  }
}

function toQuery(body: Record<string, unknown>): Query {
  const query = readQuery({ date_range: WHOLE, compare: 'previous_period', limit: 50, ...body });
  if (isProblem(query)) throw new Error(`bench: ${query.detail}`);
  return query;
}

async function ask(env: Env, name: string, kind: Measured['kind'], body: Record<string, unknown>): Promise<Measured> {
  const { answer, medianMs } = await timed(() => runQuery(env, site, toQuery(body), NOW));
  return isProblem(answer)
    ? { name, kind, rowsRead: 0, medianMs, source: answer.code === 'too_much' ? 'refused' : answer.code }
    : { name, kind, rowsRead: answer.meta.rows_read, medianMs, source: answer.meta.source };
}

/** Every breakdown that has a page, with the columns of that page. */
const LISTS = REPORTS.flatMap(dimensionsOf);
const names = (metrics: readonly { name: string }[]) => metrics.map(({ name }) => name);
const lastDays = (n: number) => [dateOfDay(today - n), dateOfDay(today - 1)];
/** Filters of another kind than the breakdown: only facts have both. */
const DRILL = {
  dimensions: ['page'],
  filters: [
    ['is', 'country', ['FR']],
    ['is', 'source', ['Source 0']],
  ],
};

export async function askAll(env: Env): Promise<Measured[]> {
  const overview = await timed(() =>
    readOverview(env, site, { range: { from: today - 28, to: today }, compare: 'previous_period' }, NOW),
  );
  const { rows_read, source } = overview.answer.meta;
  const found: Measured[] = [{ name: 'overview', kind: 'overview', rowsRead: rows_read, medianMs: overview.medianMs, source }];
  for (const dimension of LISTS) {
    const isOfFacts = dimension.rollup === null;
    const kind = isOfFacts ? 'filtered' : 'list';
    found.push(
      await ask(env, `by ${dimension.name}`, kind, {
        metrics: names(metricsFor(dimension, false)),
        dimensions: [dimension.name],
      }),
    );
  }
  const [page] = LISTS;
  if (page)
    found.push(
      await ask(env, 'by page, visitors too', 'visitors', {
        metrics: names(metricsFor(page, true)),
        dimensions: ['page'],
        compare: null,
      }),
    );
  found.push(
    await ask(env, 'cities of one country', 'list', {
      metrics: ['visits', 'pageviews'],
      dimensions: ['city'],
      filters: [['is', 'country', ['FR']]],
    }),
  );
  for (const days of [28, 7, 1])
    found.push(
      await ask(env, `two filters, ${days} ${days === 1 ? 'day' : 'days'}`, 'filtered', {
        ...DRILL,
        metrics: ['pageviews', 'visits', 'visitors', 'time_on_page'],
        date_range: lastDays(days),
        compare: null,
      }),
    );
  return found;
}
