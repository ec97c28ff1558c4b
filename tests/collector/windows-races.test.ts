/** What arrives while windows are computed, and two runs of cron at once: found by the fault simulation or its author's doubts. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { readQuery } from '../../collector/report/query.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import { type FactAbout, noFacts, type PageviewFact } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { faulty } from '../../faults/faulty-database.ts';
import { makeSite } from './fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-06-10T00:00:00Z');

const about = (site: Site, at: number, rand: number): FactAbout => ({
  ...{ site: site.id, born: at, rand, at, visitor: 70 + rand, kind: 0, store: 0, kiosk: 0, mode: 1, page: 1, flags: 0 },
});
const view = (site: Site, at: number, rand: number): PageviewFact => ({
  ...about(site, at, rand),
  ...{ origin: 0, place: 0, device: 1, browser: 1, os: 1, language: 0, active_ms: null, foreground_ms: null, scroll: null },
});

/** The real database, with something done before the nth call. */
const interrupted = (before: number, work: () => Promise<unknown>, calls = { n: 0 }) =>
  faulty(env.EVENTS, 'events', {
    between: async (call, when) => {
      calls.n = call;
      if (when === 'before' && call === before) await work();
    },
  });

async function reports(site: Site, nowMs: number, dimension?: string) {
  const query = readQuery({
    metrics: ['pageviews', 'events', ...(dimension === 'page' ? [] : ['visitors', 'known_visitors'])],
    date_range: ['2026-06-10', new Date(nowMs).toISOString().slice(0, 10)],
    dimensions: dimension ? [dimension] : [],
  });
  if ('code' in query) throw new Error(query.detail);
  const answer = await runQuery(env, { ...site, createdAt: START }, query, nowMs);
  if ('code' in answer) throw new Error(answer.detail);
  const { results, meta } = answer;
  expect(meta.updating).toBe(false);
  return results.filter((r) => r.metrics.some((m) => m !== 0)).map((r) => [...r.dimensions, ...r.metrics]);
}
async function settle(site: Site, nowMs: number, pieces?: number) {
  while (!(await runWindows(env.EVENTS, site, nowMs, 50, pieces))) {
    /* until everything due is done */
  }
}
/** A site whose windows begin on START. */
const siteOf = () => makeSite(START + 31 * DAY + DAY / 2, { zone: 'UTC' });

test('a late row that arrives while its mark is worked off keeps its day marked', async () => {
  // Before which call it arrives is tried one after the other: reading, each transaction, the end.
  for (let before = 1; before <= 12; before += 1) {
    const site = await siteOf();
    const now = START + 3 * DAY + 5 * HOUR;
    await settle(site, now);
    // An act that makes its visitor known changes every day until today: a mark of several transactions.
    await commit(env.EVENTS, {
      ...noFacts(),
      identifications: [{ ...about(site, START + 10 * HOUR, 1), act: 1, ended_at: null }],
    });
    const late = () => commit(env.EVENTS, { ...noFacts(), pageviews: [view(site, START + 10 * HOUR + 60_000, 2)] });
    await runWindows(interrupted(before, late), site, now, 50);
    await late();
    await settle(site, now);
    expect(await reports(site, now, 'time:day'), `before call ${before}`).toEqual([['2026-06-10', 1, 0, 2, 1]]);
  }
}, 120_000);

test('two runs of cron at once, one of them far behind, leave the windows of one', async () => {
  for (let before = 2; before <= 40; before += 1) {
    const site = await siteOf();
    const [first, second] = [START + DAY + 3 * HOUR, START + DAY + 8 * HOUR];
    const views = [1, 2, 3, 4, 5, 6, 7].map((n) => view(site, START + DAY + n * HOUR, n));
    await commit(env.EVENTS, { ...noFacts(), pageviews: [view(site, START + HOUR, 9), ...views.slice(0, 2)] });
    const calls = { n: 0 };
    const slow = interrupted(
      before,
      async () => {
        await commit(env.EVENTS, { ...noFacts(), pageviews: views.slice(2) });
        await settle(site, second, 1);
      },
      calls,
    );
    await runWindows(slow, site, first, 50, 1);
    await commit(env.EVENTS, { ...noFacts(), pageviews: views.slice(2) });
    await settle(site, second, 1);
    expect(await reports(site, second), `before call ${before}`).toEqual([[8, 0, 8, 0]]);
    expect(await reports(site, second, 'page'), `before call ${before}`).toEqual([['(none)', 8, 0]]);
    expect(await reports(site, second, 'touchpoint'), `before call ${before}`).toEqual([['web', 8, 0, 8, 0]]);
    if (calls.n < before) break;
  }
}, 120_000);
