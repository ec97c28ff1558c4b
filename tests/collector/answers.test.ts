/** Kept answers: never staler than they say, of one state of the windows, and sent again only when they are new. */
import { env } from 'cloudflare:test';
import { beforeEach, expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { purgeVisitors } from '../../collector/ingest/purge-visitors.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { answerOnce, FRESH_MS, forgetAnswers } from '../../collector/report/answer-cache.ts';
import { answerOverview, answerQuery } from '../../collector/report/answers.ts';
import { readAnyOverview } from '../../collector/report/any-overview.ts';
import { readOverview } from '../../collector/report/overview.ts';
import { isProblem, type Problem } from '../../collector/report/query.ts';
import type { Meta } from '../../collector/report/result.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import { type FactAbout, noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { newToken, openDoor } from './api-door.ts';
import { toQuery } from './ask.ts';
import { makeSite, seeded } from './fixture.ts';
import { makeTraffic, type Traffic } from './report-traffic.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-10-23T06:00:00Z');

beforeEach(() => forgetAnswers());

const STEPS = env.LONG ? 40 : 14;
const QUESTIONS = [
  { metrics: ['visits', 'visitors', 'time_on_page', 'time_on_page_median'], date_range: '7d', compare: 'previous_period' },
  { metrics: ['pageviews', 'visits'], date_range: 'yesterday', dimensions: ['page'] },
  { metrics: ['visits', 'opt_ins'], date_range: 'month', dimensions: ['time:day'] },
  { metrics: ['pageviews', 'visitors'], date_range: 'day', dimensions: ['source'] },
  { metrics: ['visits'], date_range: '7d', source: 'raw' },
];
/** What a reader sees: all but how much it took to read. */
function shown(answer: { meta: Meta } | Problem): unknown {
  if (isProblem(answer)) return answer;
  const { rows_read: _, ...meta } = answer.meta;
  return JSON.parse(JSON.stringify({ ...answer, meta }));
}

async function closeAll(site: Site, nowMs: number): Promise<void> {
  while (!(await runWindows(env.EVENTS, site, nowMs, 50))) {
    /* until everything due is done */
  }
}

test.each(env.LONG ? [1, 2, 3, 4, 5, 6] : [1])(
  'seed %i: a kept answer is what a fresh one said at most ten seconds ago',
  async (seed) => {
    const random = seeded(seed * 31);
    const pick = (n: number) => Math.floor(random() * n);
    const clock = { now: START };
    const site = await makeSite(START - 20 * DAY);
    const said: { at: number; answers: unknown[] }[] = [];
    let n = 0;
    for (let step = 0; step < STEPS; step += 1) {
      clock.now += [1_000, 4_000, 9_000, 20 * MINUTE, 3 * HOUR, 26 * HOUR][pick(6)] ?? 0;
      const dice = pick(6);
      if (dice < 3) {
        // Some come days late, into time that is closed.
        const at = clock.now - (pick(3) === 0 ? pick(4 * DAY) : pick(MINUTE));
        n += 1;
        const about: FactAbout = {
          ...{ site: site.id, born: at, rand: n, at, visitor: 1 + pick(5), kind: 0, store: 0, kiosk: 0, mode: 0 as const },
          ...{ page: 11 + pick(3), flags: 0 },
        };
        const view = {
          origin: 0,
          place: 0,
          device: 1,
          browser: 1,
          os: 1,
          language: 148,
          active_ms: pick(60_000),
          foreground_ms: 60_000,
        };
        await commit(env.EVENTS, { ...noFacts(), pageviews: [{ ...about, ...view, scroll: 50 }] });
      } else if (dice === 3) await runWindows(env.EVENTS, site, clock.now, 1 + pick(3));
      else if (dice === 4) await closeAll(site, clock.now);
      else
        await env.PEOPLE.prepare("INSERT INTO stores (site, name, zone, created_at) VALUES (?1, ?2, 'UTC', 0)")
          .bind(site.id, `S${step}`)
          .run();
      const fresh = [];
      const kept = [];
      for (const body of QUESTIONS) {
        kept.push(shown(await answerQuery(env, site, toQuery(body), clock.now)));
        fresh.push(shown(await runQuery(env, site, toQuery(body), clock.now)));
      }
      const view = { range: '7d', compare: null, filters: [] } as const;
      kept.push(shown(await answerOverview(env, site, view, clock.now)));
      fresh.push(shown(await readAnyOverview(env, site, view, clock.now)));
      said.push({ at: clock.now, answers: fresh });
      const recent = said.filter(({ at }) => at > clock.now - FRESH_MS);
      for (const [i, answer] of kept.entries())
        expect(
          recent.map(({ answers }) => answers[i]),
          `step ${step}, question ${i}`,
        ).toContainEqual(answer);
    }
  },
  120_000,
);

type Watched = { EVENTS: D1Database; PEOPLE: D1Database; batches: () => number };
/** The same database, told of every batch before it runs. */
function watched(onBatch: (n: number) => Promise<void>): Watched {
  let n = 0;
  const EVENTS = new Proxy(env.EVENTS, {
    get(target, key) {
      if (key === 'batch')
        return async (statements: D1PreparedStatement[]) => {
          n += 1;
          await onBatch(n);
          return target.batch(statements);
        };
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { EVENTS, PEOPLE: env.PEOPLE, batches: () => n };
}

test('what is closed is read once, and again when its windows change', async () => {
  const t = await makeTraffic(21, 'Europe/Paris', START, 9, 60);
  const db = watched(async () => {});
  const view = { range: '7d', compare: 'previous_period', filters: [] } as const;
  const first = await answerOverview(db, t.site, view, t.nowMs);
  const once = db.batches();
  expect(once).toBeGreaterThan(0);
  expect(await answerOverview(db, t.site, view, t.nowMs + 5 * HOUR)).toEqual(first);
  expect(db.batches()).toBe(once);
  await closeAll(t.site, t.nowMs + 14 * HOUR);
  await answerOverview(db, t.site, view, t.nowMs + 5 * HOUR);
  expect(db.batches()).toBeGreaterThan(once);
});

test.each([1, 2, 3, 4])('windows that move before batch %i of an answer make it read again', async (when) => {
  const view = (t: Traffic) => ({ range: { from: t.firstDay, to: t.lastDay }, compare: null, filters: [] });
  const body = { metrics: ['visits', 'visitors', 'pageviews'], date_range: 'month', dimensions: ['time:day'] };
  const asks = [
    (t: Traffic, db: typeof env | Watched) => answerOverview(db, t.site, view(t), t.nowMs),
    (t: Traffic, db: typeof env | Watched) => readOverview(db, t.site, view(t), t.nowMs),
    (t: Traffic, db: typeof env | Watched) => answerQuery(db, t.site, toQuery(body), t.nowMs),
  ];
  for (const ask of asks) {
    const t = await makeTraffic(23, 'Europe/Paris', START, 5, 60, false);
    await closeAll(t.site, t.nowMs - 3 * DAY);
    const db = watched(async (n) => {
      // Two days of three close.
      if (n === when) await runWindows(env.EVENTS, t.site, t.nowMs, 2);
    });
    const answered = shown(await ask(t, db));
    forgetAnswers();
    expect(answered).toEqual(shown(await ask(t, env)));
  }
});

test('visitors of days before they are kept are not measured, from the purge on', async () => {
  const t = await makeTraffic(25, 'UTC', START, 4, 40);
  const view = { range: { from: t.firstDay, to: t.firstDay + 2 }, compare: null, filters: [] };
  const later = t.nowMs + 500 * DAY;
  await closeAll(t.site, t.nowMs + 2 * DAY);
  const visitors = async () => {
    const found = await answerOverview(env, t.site, view, later);
    if (isProblem(found) || isProblem(found.series) || isProblem(found.touchpoints)) throw new Error('too much');
    return [found.headline.metrics[0], found.series.rows[0]?.metrics[0], found.touchpoints.rows[0]?.metrics[1]];
  };
  expect(await visitors()).not.toContain(null);
  await purgeVisitors(env.EVENTS, { ...t.site, createdAt: START - 600 * DAY }, later, 50);
  expect(await visitors()).toEqual([null, null, null]);
});

test('an isolate forgets the answers that were asked for longest ago, and no more of them', async () => {
  let reads = 0;
  const read = (text: string) => async () => {
    reads += 1;
    return { answer: text, lasts: true };
  };
  const big = 'x'.repeat(1_000_000);
  for (let i = 0; i < 7; i += 1) await answerOnce(`q${i}`, 0, read(big));
  expect(reads).toBe(7);
  await answerOnce('q0', 0, read(big));
  expect(reads).toBe(7);
  for (let i = 7; i < 9; i += 1) await answerOnce(`q${i}`, 0, read(big));
  expect(reads).toBe(9);
  await answerOnce('q0', 0, read(big));
  expect(reads).toBe(9);
  await answerOnce('q1', 0, read(big));
  expect(reads).toBe(10);
});

test('a program that has the answer is told so; a new answer has another tag', async () => {
  const t = await makeTraffic(27, 'Europe/Paris', START, 3, 30);
  const clock = { now: t.nowMs };
  const door = openDoor(clock);
  const { token } = await newToken([t.site], ['read'], clock.now);
  const ask = (method: string, path: string, tag?: string, body?: unknown) =>
    door.ask(
      path,
      door.withToken(token, {
        method,
        headers: { 'content-type': 'application/json', ...(tag ? { 'if-none-match': tag } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
  const sites = await ask('GET', '/sites');
  const tag = sites.headers.get('etag') ?? '';
  expect(tag).toMatch(/^"[0-9a-f]{24}"$/);
  for (const sent of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const again = await ask('GET', '/sites', sent);
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
  }
  expect((await ask('GET', '/sites', '"other"')).status).toBe(200);
  const body = { site: t.site.key, metrics: ['pageviews'], date_range: 'day' };
  const found = await ask('POST', '/query', undefined, body);
  const same = await ask('POST', '/query', found.headers.get('etag') ?? '', body);
  expect([same.status, same.headers.get('etag')]).toEqual([412, found.headers.get('etag')]);
  const about = {
    site: t.site.id,
    born: clock.now,
    rand: 999,
    at: clock.now,
    visitor: 7,
    kind: 0,
    store: 0,
    kiosk: 0,
    mode: 0,
    page: 11,
  } as const;
  const view = {
    origin: 0,
    place: 0,
    device: 1,
    browser: 1,
    os: 1,
    language: 148,
    active_ms: null,
    foreground_ms: null,
    scroll: null,
  };
  await commit(env.EVENTS, { ...noFacts(), pageviews: [{ ...about, flags: 0, ...view }] });
  clock.now += FRESH_MS;
  const other = await ask('POST', '/query', found.headers.get('etag') ?? '', body);
  expect(other.status).toBe(200);
  expect(other.headers.get('etag')).not.toBe(found.headers.get('etag'));
});
