/** The history gives back what it was given: every fact and every text, however often it is replayed. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { exportHistory } from '../../collector/ingest/export-history.ts';
import { replayLines } from '../../collector/ingest/replay-history.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { DICTIONARIES, FACT_TABLES } from '../../collector/store/facts.ts';
import { makeSite } from './fixture.ts';
import { commitAll, DAY, rowsOf, weeksOf } from './history-site.ts';

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
