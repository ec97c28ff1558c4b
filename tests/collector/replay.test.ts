/** The history gives back what it was given: every fact and every text, however often it is replayed. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { exportHistory } from '../../collector/ingest/export-history.ts';
import { replayLines } from '../../collector/ingest/replay-history.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { DICTIONARIES, FACT_TABLES } from '../../collector/store/facts.ts';
import { makeSite } from './fixture.ts';
import { commitAll, DAY, rowsOf, upkeep, weeksOf } from './history-site.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');

async function* linesOf(key: string): AsyncGenerator<{ name: string; lines: string[] }> {
  const { objects } = await env.HISTORY.list({ prefix: `site=${key}/` });
  for (const { key: name } of objects) {
    if (!name.endsWith('.gz')) continue;
    const body = (await env.HISTORY.get(name))?.body;
    if (!body) throw new Error('no body');
    const text = await new Response(body.pipeThrough(new DecompressionStream('gzip'))).text();
    yield { name, lines: text.split('\n') };
  }
}

test('exported in small parts and replayed into an empty database, twice: the same rows', async () => {
  const site = await makeSite(NOW - 10 * DAY);
  await commitAll(env.EVENTS, weeksOf(site.id, NOW, 12, 21));
  while (!(await runWindows(env.EVENTS, site, NOW, 100))) {
    /* close */
  }
  while (!(await exportHistory(env.EVENTS, env.HISTORY, site, NOW, { days: 100, rows: 1e6 }, 2))) {
    /* export */
  }
  const written: number[] = [];
  for (const _ of [1, 2]) {
    let rows = 0;
    for await (const { name, lines } of linesOf(site.key)) {
      expect(name).toMatch(/^site=[0-9a-z]{15}\/day=2026-\d\d-\d\d\/part-\d+\.ndjson\.gz$/);
      const done = await replayLines(env.EVENTS_2, site, lines);
      expect(done.notLines).toBe(0);
      rows += done.rowsWritten;
    }
    written.push(rows);
  }
  expect(written[0]).toBeGreaterThan(0);
  expect(written[1]).toBe(0);
  const open = (await rowsOf(env.EVENTS, 'closings', site.id))[0]?.days_before;
  for (const table of FACT_TABLES) {
    const closed = await rowsOf(env.EVENTS, table, site.id, `at < ${open}`);
    expect(await rowsOf(env.EVENTS_2, table, site.id), table).toEqual(closed);
  }
  const texts = new Map(await Promise.all(DICTIONARIES.map(async (d) => [d, await rowsOf(env.EVENTS, d, site.id)] as const)));
  for (const d of DICTIONARIES)
    for (const row of await rowsOf(env.EVENTS_2, d, site.id)) expect(texts.get(d)).toContainEqual(row);
  expect((await rowsOf(env.EVENTS_2, 'names', site.id))[0]).toMatchObject({ name: 'Download "x"\n' });
});

test('days that were purged: into the database that purged them no row comes back, into an empty one all of them, twice', async () => {
  const site = { ...(await makeSite(NOW - 50 * DAY)), rawDays: 45 };
  await commitAll(env.EVENTS, weeksOf(site.id, NOW, 60, 8));
  const facts = async (db: D1Database) =>
    (await Promise.all(FACT_TABLES.map((table) => rowsOf(db, table, site.id)))).map((rows) => rows.map((r) => JSON.stringify(r)));
  const whole = await facts(env.EVENTS);
  await upkeep(env.EVENTS, site, NOW);
  const closing = (await rowsOf(env.EVENTS, 'closings', site.id))[0];
  const [kept, windows] = [await facts(env.EVENTS), await rowsOf(env.EVENTS, 'rollups', site.id)];
  expect(kept.flat().length).toBeLessThan(whole.flat().length);
  for (const _ of [1, 2]) for await (const { lines } of linesOf(site.key)) await replayLines(env.EVENTS, site, lines);
  while (!(await runWindows(env.EVENTS, site, NOW, 100))) {
    /* until nothing is dirty */
  }
  expect(await facts(env.EVENTS)).toEqual(kept);
  expect(await rowsOf(env.EVENTS, 'rollups', site.id)).toEqual(windows);
  const refused = Number((await rowsOf(env.EVENTS, 'closings', site.id))[0]?.late_refused) - Number(closing?.late_refused);
  // Every fact of a sealed day is refused and counted, each time it comes, but those that are still there.
  expect(refused).toBeGreaterThanOrEqual(2 * (whole.flat().length - kept.flat().length));
  for (const _ of [1, 2]) for await (const { lines } of linesOf(site.key)) await replayLines(env.EVENTS_2, site, lines);
  const open = Number(closing?.days_before);
  const closed = whole.map((rows) => rows.filter((row) => Number(JSON.parse(row).at) < open));
  expect(await facts(env.EVENTS_2)).toEqual(closed);
});
