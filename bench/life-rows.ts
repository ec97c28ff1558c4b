/** What D1 bills for pageviews' lives: some days of a site, message by message, with cron between them. */
import { commit } from '../collector/ingest/commit.ts';
import { openWindows, runWindows } from '../collector/ingest/windows.ts';
import { DAY_MS } from '../collector/store/calendar.ts';
import { noFacts, type PageviewFact } from '../collector/store/facts.ts';
import type { Site } from '../collector/store/sites.ts';
import { seeded } from '../demo/seeded.ts';
import { dictionaries, pageview, visitLength, visitorOf } from './brand.ts';
import { type Counts, counting, noCounts } from './counting.ts';
import { liveOf } from './lives.ts';

/** Cron comes every minute, but works off what is dirty four times an hour; a minute with nothing due writes nothing. */
const CRON_MS = 15 * 60_000;
const FIRST_DAY = Date.parse('2026-11-02T00:00:00Z');
/** Messages of different pageviews may share a transaction: D1 bills rows, not transactions. */
const AT_ONCE = 50;

export type LifeRows = {
  pageviews: number;
  messages: number;
  rowsWritten: number;
  rowsRead: number;
  byTable: Counts['byTable'];
  repeatRows: number;
  requestsP95: number;
};
type Sent = { at: number; fact: PageviewFact };

/** Everything a site's visitors send on one day, in order. */
function messagesOf(site: number, dayStart: number, perDay: number, touch: boolean, seed: number) {
  const random = seeded(seed);
  const sent: Sent[] = [];
  const requests: number[] = [];
  // Every third visit is of a regular; so many regulars that each comes every few days.
  const regulars = Math.ceil(perDay / 2.5);
  while (requests.length < perDay) {
    const visitor = visitorOf(regulars, random);
    let born = Math.floor(dayStart + random() * DAY_MS);
    for (let n = visitLength(random), i = 0; i < n; i += 1) {
      const fact = pageview(site, born, visitor, i === 0, random);
      const states = liveOf(random, born, touch);
      for (const { at, activeMs } of states)
        sent.push({ at, fact: { ...fact, active_ms: activeMs, foreground_ms: activeMs, scroll: activeMs === null ? null : 50 } });
      requests.push(states.length);
      born = Math.round(states.at(-1)?.at ?? born) + 2_000;
    }
  }
  sent.sort((a, b) => a.at - b.at);
  return { sent, requests };
}

/** Commits messages in order, and runs cron's windows at every quarter of an hour that passes. */
async function play(events: D1Database, site: Site, sent: Sent[], cron: { lastAt: number }): Promise<void> {
  let pending = new Map<number, PageviewFact>();
  const flush = async () => {
    if (pending.size > 0) await commit(events, { ...noFacts(), pageviews: [...pending.values()] });
    pending = new Map();
  };
  for (const { at, fact } of sent) {
    // Two states of one pageview in a transaction would become one row.
    if (pending.has(fact.rand) || pending.size >= AT_ONCE || cron.lastAt + CRON_MS <= at) await flush();
    while (cron.lastAt + CRON_MS <= at) {
      cron.lastAt += CRON_MS;
      await runWindows(events, site, cron.lastAt, 20);
    }
    pending.set(fact.rand, fact);
  }
  await flush();
}

/**
 * @param perDay pageviews begun a day.
 * @returns counts of the whole, the closing of the last day included.
 */
export async function measureLives(env: Env, id: number, perDay: number, days: number, touch: boolean): Promise<LifeRows> {
  const counts = noCounts();
  const events = counting(env.EVENTS, counts);
  const site: Site = {
    ...{ id, key: `bench-${id}`, name: 'Bench', hosts: ['shop.example'], language: 'fr' },
    zone: 'Europe/Paris',
    createdAt: FIRST_DAY,
  };
  await openWindows(env.EVENTS, site);
  // The days before the first one are empty, and closed before the count begins.
  while (!(await runWindows(env.EVENTS, site, FIRST_DAY, 100))) {
    /* until every window behind is closed */
  }
  await commit(env.EVENTS, { ...dictionaries(id), pageviews: [pageview(id, FIRST_DAY, 1, true, seeded(id))] });
  const cron = { lastAt: FIRST_DAY };
  const requests: number[] = [];
  let last: Sent[] = [];
  for (let day = 0; day < days; day += 1) {
    const { sent, requests: today } = messagesOf(id, FIRST_DAY + day * DAY_MS, perDay, touch, id * 1_000 + day);
    await play(events, site, sent, cron);
    requests.push(...today);
    last = sent;
  }
  while (!(await runWindows(events, site, cron.lastAt + 2 * DAY_MS, 100))) {
    /* until the last day is closed as a day */
  }
  const repeats = noCounts();
  const again = counting(env.EVENTS, repeats);
  for (const { fact } of last.slice(0, 50)) await commit(again, { ...noFacts(), pageviews: [fact] });
  requests.sort((a, b) => a - b);
  const { rowsWritten, rowsRead, byTable } = counts;
  return {
    ...{ pageviews: requests.length, messages: requests.reduce((a, b) => a + b, 0), rowsWritten, rowsRead, byTable },
    repeatRows: repeats.rowsWritten,
    requestsP95: requests[Math.floor(requests.length * 0.95)] ?? 0,
  };
}
