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
  /** How often it was asked. */
  runs: number;
  source: string;
};
/** What takes longer than this is measured once. */
const SLOW_MS = 400;
const today = dayOf(site.zone, NOW);
/** 28 days and today, beside the time before: what the dashboard opens with, and the hour that is open. */
const WHOLE: [string, string] = [dateOfDay(today - 28), dateOfDay(today)];

async function timed<T>(runs: number, ask: () => Promise<T>): Promise<{ answer: T; medianMs: number; runs: number }> {
  const times: number[] = [];
  for (;;) {
    const began = performance.now();
    const answer = await ask();
    times.push(performance.now() - began);
    if (times.length < runs && (times[0] ?? 0) < SLOW_MS) continue;
    return { answer, medianMs: times.sort((a, b) => a - b)[times.length >> 1] ?? 0, runs: times.length };
  }
}

function toQuery(body: Record<string, unknown>): Query {
  const query = readQuery({ date_range: WHOLE, compare: 'previous_period', limit: 50, ...body });
  if (isProblem(query)) throw new Error(`bench: ${query.detail}`);
  return query;
}

type Body = Record<string, unknown>;
/** Every breakdown that has a page, with the columns of that page. */
const LISTS = REPORTS.flatMap(dimensionsOf);
const names = (metrics: readonly { name: string }[]) => metrics.map(({ name }) => name);
const lastDays = (n: number) => [dateOfDay(today - n), dateOfDay(today - 1)];
/** Filters of another kind than the breakdown: only facts have both. */
const FILTERS = [
  ['is', 'country', ['FR']],
  ['is', 'source', ['Source 0']],
];
const QUESTIONS: [name: string, kind: Measured['kind'], body: Body][] = [
  ...LISTS.map((dimension): (typeof QUESTIONS)[number] => [
    `by ${dimension.name}`,
    dimension.rollup === null ? 'filtered' : 'list',
    { metrics: names(metricsFor(dimension, false)), dimensions: [dimension.name] },
  ]),
  ...LISTS.slice(0, 1).map((dimension): (typeof QUESTIONS)[number] => [
    `by ${dimension.name}, visitors too`,
    'visitors',
    { metrics: names(metricsFor(dimension, true)), dimensions: [dimension.name], compare: null },
  ]),
  ['cities of one country', 'list', { metrics: ['visits', 'pageviews'], dimensions: ['city'], filters: FILTERS.slice(0, 1) }],
  ...[28, 7, 1].map((days): (typeof QUESTIONS)[number] => [
    `pages by two filters, ${days} ${days === 1 ? 'day' : 'days'}`,
    'filtered',
    {
      metrics: ['pageviews', 'visits', 'visitors', 'time_on_page'],
      ...{ dimensions: ['page'], filters: FILTERS, date_range: lastDays(days), compare: null },
    },
  ]),
];

/**
 * How many times as long as ten thousand facts take that D1 hands over as they are, which nothing of ours makes faster or slower: asked and
 * read in turns, so that what else the machine does slows both.
 */
export async function besideBareRows(env: Env, runs: number, name: string): Promise<{ times: number }> {
  const rows = env.EVENTS.prepare('SELECT * FROM pageviews WHERE site = ?1 LIMIT 10000').bind(site.id);
  const found: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const [asked] = await askAll(env, 1, name);
    const bare = await timed(1, () => rows.all());
    found.push((asked?.medianMs ?? 0) / bare.medianMs);
  }
  return { times: found.sort((a, b) => a - b)[runs >> 1] ?? 0 };
}

/** @param runs how often each is asked, for its median. @param only its name, when one alone is asked. */
export async function askAll(env: Env, runs: number, only: string | undefined): Promise<Measured[]> {
  const shown = { range: { from: today - 28, to: today }, compare: 'previous_period' } as const;
  const found: Measured[] = [];
  if (only === undefined || only === 'overview') {
    const { answer, ...times } = await timed(runs, () => readOverview(env, site, shown, NOW));
    found.push({ name: 'overview', kind: 'overview', ...times, rowsRead: answer.meta.rows_read, source: answer.meta.source });
  }
  for (const [name, kind, body] of QUESTIONS) {
    if (only !== undefined && only !== name) continue;
    const { answer, ...times } = await timed(runs, () => runQuery(env, site, toQuery(body), NOW));
    found.push(
      isProblem(answer)
        ? { name, kind, ...times, rowsRead: 0, source: answer.code === 'too_much' ? 'refused' : answer.code }
        : { name, kind, ...times, rowsRead: answer.meta.rows_read, source: answer.meta.source },
    );
  }
  return found;
}
