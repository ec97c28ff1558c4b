/** A site moves while its events arrive: beside a twin that stays, with crashes between any two questions to a database, and isolates that believe what was true before. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { moveSite } from '../../collector/ingest/move-site.ts';
import { settleMoves } from '../../collector/ingest/settle-moves.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { DICTIONARIES, FACT_TABLES, type Facts, noFacts } from '../../collector/store/facts.ts';
import { isMoved, shardNamed } from '../../collector/store/shards.ts';
import { allSites, type Site } from '../../collector/store/sites.ts';
import { makeSite, seeded } from './fixture.ts';
import { commitAll, DAY, rowsOf, upkeep, viewOf, weeksOf } from './history-site.ts';
import { interrupted } from './interrupted.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const WINDOWS = ['rollups', 'visitor_days', 'visitor_cells'] as const;
const inOrder = (rows: Record<string, unknown>[]) => rows.map((row) => JSON.stringify(row)).sort();
const registered = async (id: number) => {
  const site = (await allSites(env.PEOPLE)).find((s) => s.id === id);
  if (!site) throw new Error('no site');
  return { ...site, rawDays: 45 };
};
const moveTo = (site: number, target: string | null) =>
  env.PEOPLE.prepare('UPDATE sites SET moving_to = ?2 WHERE id = ?1').bind(site, target).run();
const sameFor = (facts: Facts, site: number): Facts =>
  JSON.parse(JSON.stringify(facts), (key, value) => (key === 'site' ? site : value));

/** Messages as they come: new ones, growing ones, late ones, confirmations, by isolates that know the site's home of some time. */
function traffic(site: number, twin: number, random: () => number) {
  const pick = (n: number) => Math.floor(random() * n);
  const isolates = ['EVENTS', 'EVENTS', 'EVENTS_2'];
  const queue: Facts[] = [];
  const sent: Facts[] = [];
  let n = 500_000;
  const make = (): Facts => {
    n += 1;
    const old = sent[pick(sent.length)];
    const facts = noFacts();
    if (old && pick(3) === 0) {
      facts.pageviews = old.pageviews.map((v) => ({
        ...v,
        active_ms: (v.active_ms ?? 0) + 900,
        foreground_ms: (v.foreground_ms ?? 0) + 1_000,
      }));
      facts.opt_ins = old.opt_ins.map((o) => ({ ...o, confirmed_at: NOW }));
      return facts;
    }
    const at = NOW - (pick(4) === 0 ? pick(25 * DAY) : pick(DAY));
    const view = viewOf(0, at, 1_000 + pick(12), n, { page: n });
    facts.pages.push({ site: 0, hash: n, host: 'shop.example', path: `/new/${n}`, page_group: null });
    if (pick(5) > 0) facts.pageviews.push(view);
    else
      facts.opt_ins.push({
        ...{ site: 0, born: at, rand: n, at, visitor: view.visitor, kind: 0, store: 0, kiosk: 0, mode: 0 },
        page: n,
        flags: 0,
        confirmed_at: null,
        ended_at: null,
      });
    sent.push(facts);
    return facts;
  };
  /** As accept.ts and the consumer do it: an isolate asks the registry when it was sent away, and the queue takes what has no home now. */
  const deliver = async (facts: Facts, isolate: number): Promise<boolean> => {
    for (const attempt of [1, 2]) {
      try {
        await commit(shardNamed(env, isolates[isolate] ?? 'EVENTS'), facts);
        return true;
      } catch (error) {
        if (!isMoved(error)) throw error;
        if (attempt === 1) isolates[isolate] = (await registered(site)).events ?? 'EVENTS';
      }
    }
    return false;
  };
  return {
    fenced: () => queue.length,
    async arrive(): Promise<void> {
      const facts = make();
      await commit(env.EVENTS, sameFor(facts, twin));
      // Only an isolate that has heard of the new home knows it: the third one is right after the move only.
      const isolate = (await registered(site)).events === 'EVENTS' ? pick(2) : pick(3);
      const own = sameFor(facts, site);
      if (!(await deliver(own, isolate))) queue.push(own);
    },
    async drain(): Promise<void> {
      for (const facts of queue.splice(0)) if (!(await deliver(facts, 0))) queue.push(facts);
    },
  };
}

async function twins(seed: number, days: number): Promise<[Site, Site]> {
  const pair: Site[] = [];
  for (let i = 0; i < 2; i += 1) {
    const site = { ...(await makeSite(NOW - 20 * DAY)), rawDays: 45 };
    await commitAll(env.EVENTS, weeksOf(site.id, NOW, days, seed));
    await upkeep(env.EVENTS, site, NOW);
    pair.push(site);
  }
  const [site, twin] = pair;
  if (!site || !twin) throw new Error('no twins');
  return [site, twin];
}

async function expectEqual(home: D1Database, site: Site, twin: Site, label: string): Promise<void> {
  for (const [db, one] of [
    [home, site],
    [env.EVENTS, twin],
  ] as const)
    while (!(await runWindows(db, one, NOW, 100))) {
      /* until every window behind is closed */
    }
  for (const table of [...FACT_TABLES, ...DICTIONARIES, ...WINDOWS]) {
    const where = table === 'visitor_cells' ? 'n <> 0' : '1';
    expect(inOrder(await rowsOf(home, table, site.id, where)), `${label}: ${table}`).toEqual(
      inOrder(await rowsOf(env.EVENTS, table, twin.id, where)),
    );
  }
}

test.each(env.LONG ? [1, 2, 3, 4] : [1])(
  'seed %i: no message is lost and no figure differs from the twin that stayed',
  async (seed) => {
    const random = seeded(seed * 31);
    const [site, twin] = await twins(seed, env.LONG ? 50 : 20);
    const visitors = traffic(site.id, twin.id, random);
    let crashes = 0;
    let steps = 0;
    const hook = async (when: 'before' | 'after') => {
      steps += 1;
      if (random() < 0.15) await visitors.arrive();
      if (random() < 0.02) {
        crashes += 1;
        throw new Error(`crash ${when}`);
      }
    };
    const shaken = {
      PEOPLE: interrupted(env.PEOPLE, hook),
      EVENTS: interrupted(env.EVENTS, hook),
      EVENTS_2: interrupted(env.EVENTS_2, hook),
    };
    // There, and back again: the second move meets what the first one left behind.
    for (const target of ['EVENTS_2', 'EVENTS']) {
      await moveTo(site.id, target);
      // A crash is the end of a run; the next one begins where the databases stand.
      for (let run = 0; (await registered(site.id)).events !== target; run += 1) {
        if (run > 400) throw new Error(`never arrived at ${target}`);
        const clock = NOW + (target === 'EVENTS' ? DAY / 24 : 0);
        try {
          await moveSite(shaken, await registered(site.id), target === 'EVENTS' ? NOW : clock, 1 + Math.floor(random() * 30));
          if (random() < 0.1) await settleMoves(shaken, NOW, 2);
        } catch (error) {
          if (!String(error).includes('crash') && !isMoved(error)) throw error;
        }
        if (random() < 0.2) await visitors.drain();
      }
      for (let i = 0; i < 5; i += 1) await visitors.arrive();
      await settleMoves(env, NOW, 1);
      await visitors.drain();
      expect(visitors.fenced()).toBe(0);
      await expectEqual(shardNamed(env, target), site, twin, `${target} after ${crashes} crashes in ${steps} steps`);
      await settleMoves(env, NOW + DAY, 100);
      const left = target === 'EVENTS' ? env.EVENTS_2 : env.EVENTS;
      for (const table of [...FACT_TABLES, ...DICTIONARIES, ...WINDOWS, 'closings', 'dirty', 'exports', 'moved_rows'])
        expect(await rowsOf(left, table, site.id), table).toEqual([]);
      // Whoever still believes in the old home is sent away, for ever.
      await expect(commit(left, { ...noFacts(), pageviews: [viewOf(site.id, NOW, 1, 1)] })).rejects.toThrow('site has moved');
    }
    expect(crashes).toBeGreaterThan(3);
  },
  240_000,
);

test('a change of mind at any point leaves everything where it was', async () => {
  const random = seeded(99);
  const [site, twin] = await twins(9, 8);
  const visitors = traffic(site.id, twin.id, random);
  for (let steps = 1; steps < 60; steps += env.LONG ? 4 : 29) {
    await moveTo(site.id, 'EVENTS_2');
    await moveSite(env, await registered(site.id), NOW, steps);
    if ((await registered(site.id)).events !== 'EVENTS') break;
    await visitors.arrive();
    await moveTo(site.id, null);
    await settleMoves(env, NOW, 10);
    await visitors.arrive();
    await visitors.drain();
    expect(visitors.fenced()).toBe(0);
  }
  const home = (await registered(site.id)).events ?? '';
  await settleMoves(env, NOW + 90 * DAY, 10);
  await visitors.drain();
  await expectEqual(shardNamed(env, home), site, twin, 'after many changes of mind');
}, 120_000);
