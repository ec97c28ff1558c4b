/** Days that are over: exported as they are, sealed, purged, and never counted again. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { exportHistory } from '../../collector/ingest/export-history.ts';
import { purgeFacts } from '../../collector/ingest/purge.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { FACT_TABLES, noFacts, type PageviewFact } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';
import { commitAll, DAY, rowsOf, upkeep, viewOf, weeksOf } from './history-site.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const closing = (site: number) =>
  env.EVENTS.prepare('SELECT * FROM closings WHERE site = ?1').bind(site).first<Record<string, number>>();
const windows = async (site: number) => ({
  rollups: await rowsOf(env.EVENTS, 'rollups', site),
  visitors: await rowsOf(env.EVENTS, 'visitor_days', site),
  cells: await rowsOf(env.EVENTS, 'visitor_cells', site, 'n <> 0'),
});
async function oldSite(seed: number, zone = 'Europe/Paris'): Promise<Site> {
  const site: Site = { ...(await makeSite(NOW - 50 * DAY, { zone })), rawDays: 45 };
  await commitAll(env.EVENTS, weeksOf(site.id, NOW, 60, seed));
  return site;
}

test.each(env.LONG ? ['Europe/Paris', 'Australia/Lord_Howe', 'America/New_York'] : ['Australia/Lord_Howe'])(
  '%s: sealing takes facts away and changes no figure',
  async (zone) => {
    const site = await oldSite(1, zone);
    while (!(await runWindows(env.EVENTS, site, NOW, 100))) {
      /* close */
    }
    const before = await windows(site.id);
    const facts = (await rowsOf(env.EVENTS, 'pageviews', site.id)).length;
    await upkeep(env.EVENTS, site, NOW);
    const sealed = startOfDay(zone, dayOf(zone, NOW) - 45);
    expect((await closing(site.id))?.sealed_before).toBe(sealed);
    expect(await windows(site.id)).toEqual(before);
    const left = await rowsOf(env.EVENTS, 'pageviews', site.id);
    expect(left.length).toBeLessThan(facts);
    expect(left.every((row) => Number(row.at) >= sealed - 24.5 * 3_600_000)).toBe(true);
    // Acts of persistent visitors outlive the rest: who was known stays known.
    expect((await rowsOf(env.EVENTS, 'identifications', site.id, `at < ${sealed - 2 * DAY}`)).length).toBeGreaterThan(0);
    // Everything open is computed again, and nothing changes: the facts before the seal that visits need are there.
    await env.EVENTS.prepare('INSERT INTO dirty (site, start, until) VALUES (?1, ?2, ?3)').bind(site.id, sealed, NOW).run();
    await upkeep(env.EVENTS, site, NOW);
    expect(await windows(site.id)).toEqual(before);
  },
);

test('a late duplicate of a purged fact is refused and counted, by whichever way it comes', async () => {
  const site = await oldSite(2);
  const old = weeksOf(site.id, NOW, 60, 2);
  await upkeep(env.EVENTS, site, NOW);
  const [before, refusedBefore] = [await windows(site.id), (await closing(site.id))?.late_refused];
  await commitAll(env.EVENTS, old);
  await upkeep(env.EVENTS, site, NOW);
  expect(await windows(site.id)).toEqual(before);
  expect((await closing(site.id))?.late_refused).toBeGreaterThan(refusedBefore ?? 0);
  expect(await rowsOf(env.EVENTS, 'dirty', site.id)).toEqual([]);
  // By the front door it is too old long before: 30 days, where the seal is 45 at least.
  const random = seeded(5);
  const clock = { now: NOW };
  const message = (age: number) => ({
    ...{ kind: 'pageview', id: idAt(NOW - age, random), url: 'https://shop.example/a' },
    ...{ mode: 'audience', visitor: idAt(NOW, random) },
  });
  const { answer } = await send(makeCollector(clock), site, NOW, [message(30 * DAY + 1), message(45 * DAY), message(30 * DAY)]);
  expect(answer).toMatchObject({
    rej: [
      [0, 'too_old'],
      [1, 'too_old'],
    ],
  });
  const [kept] = await rowsOf(env.EVENTS, 'pageviews', site.id, `born = ${NOW - 30 * DAY}`);
  expect(Number(kept?.at)).toBeGreaterThan(((await closing(site.id))?.sealed_before ?? 0) + 14 * DAY);
});

test('nothing is purged that is not in the history; a fact that comes after its day was settled sends the day there again', async () => {
  const site = await oldSite(3);
  while (!(await runWindows(env.EVENTS, site, NOW, 100))) {
    /* close */
  }
  const start = (await closing(site.id))?.sealed_before ?? 0;
  await purgeFacts(env.EVENTS, site, NOW, 100);
  expect((await closing(site.id))?.sealed_before).toBe(start);
  while (!(await exportHistory(env.EVENTS, env.HISTORY, site, NOW, { days: 100, rows: 1e6 }))) {
    /* export */
  }
  const at = startOfDay(site.zone, dayOf(site.zone, NOW) - 60) + 5_000;
  await commit(env.EVENTS, { ...noFacts(), pageviews: [viewOf(site.id, at, 77, 999_999)] });
  await runWindows(env.EVENTS, site, NOW, 100);
  await purgeFacts(env.EVENTS, site, NOW, 1_000);
  expect((await closing(site.id))?.sealed_before).toBe(at - 5_000);
  await upkeep(env.EVENTS, site, NOW);
  expect((await closing(site.id))?.sealed_before).toBe(startOfDay(site.zone, dayOf(site.zone, NOW) - 45));
  expect(await rowsOf(env.EVENTS, 'pageviews', site.id, 'rand = 999999')).toEqual([]);
});

test('a day that waits to be recomputed is not sealed; a sealed window refuses to be computed', async () => {
  const site = await oldSite(4);
  await upkeep(env.EVENTS, site, NOW - 2 * DAY);
  const sealed = (await closing(site.id))?.sealed_before ?? 0;
  await runWindows(env.EVENTS, site, NOW, 100);
  await exportHistory(env.EVENTS, env.HISTORY, site, NOW, { days: 100, rows: 1e6 });
  const visits = async () => {
    const [row] = await rowsOf(env.EVENTS, 'rollups', site.id, `dimension = 0 AND start = ${sealed} AND grain = 1`);
    return [Number(row?.visits ?? 0), Number(row?.visit_pageviews ?? 0)] as const;
  };
  const before = await visits();
  // As late as can be: the last hour of the queue. Nobody has recomputed its day when the purge comes.
  const blocked = async (...pageviews: PageviewFact[]) => {
    await commit(env.EVENTS, { ...noFacts(), pageviews });
    await exportHistory(env.EVENTS, env.HISTORY, site, NOW, { days: 100, rows: 1e6 });
    await purgeFacts(env.EVENTS, site, NOW, 100);
    expect((await closing(site.id))?.sealed_before).toBe(sealed);
  };
  const end = startOfDay(site.zone, dayOf(site.zone, sealed) + 1);
  await blocked(viewOf(site.id, end - 60_000, 78, 888_888));
  await runWindows(env.EVENTS, site, NOW, 100);
  // What came after its midnight may be of a visit that began in it.
  await blocked(viewOf(site.id, end + 60_000, 78, 888_889));
  await upkeep(env.EVENTS, site, NOW);
  expect((await closing(site.id))?.sealed_before).toBeGreaterThan(sealed);
  expect(await visits()).toEqual([before[0] + 1, before[1] + 2]);
  const erase = env.EVENTS.prepare('DELETE FROM rollups WHERE site = ?1 AND start < ?2').bind(site.id, sealed);
  await expect(erase.run()).rejects.toThrow('window is sealed');
});

test('a run that is cut off after any step goes on where it was', async () => {
  const [cut, whole] = [await oldSite(6), await oldSite(6)];
  await upkeep(env.EVENTS, whole, NOW);
  for (let i = 0; i < 4_000; i += 1) {
    const done = [
      await runWindows(env.EVENTS, cut, NOW, 1),
      await exportHistory(env.EVENTS, env.HISTORY, cut, NOW, { days: 1, rows: 1 }, 3),
      await purgeFacts(env.EVENTS, cut, NOW, 1, 2),
    ];
    if (done.every(Boolean)) break;
  }
  expect(await windows(cut.id)).toEqual(await windows(whole.id));
  for (const table of FACT_TABLES)
    expect(await rowsOf(env.EVENTS, table, cut.id)).toEqual(await rowsOf(env.EVENTS, table, whole.id));
});
