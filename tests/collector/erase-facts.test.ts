/** Erasing visitors from facts: afterwards the database is as if they had never been there, whatever was closed, open or late. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { commit } from '../../collector/ingest/commit.ts';
import { barErased, type ErasedVisitor, eraseFacts, forgetBarred } from '../../collector/ingest/erase-facts.ts';
import { eraseHistory } from '../../collector/ingest/erase-history.ts';
import { eraseParked, isErased } from '../../collector/ingest/erase-parked.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { FACT_TABLES, type Facts, noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { makeSite, seeded } from './fixture.ts';
import { commitAll, DAY, rowsOf, upkeep, viewOf, weeksOf } from './history-site.ts';

const NOW = Date.parse('2026-11-20T09:30:00Z');
/** The long runs take minutes. */
const LONG_MS = 600_000;
const ROUNDS = env.LONG ? 40 : 2;

/** A batch without what is erased. */
function without(facts: Facts, erased: readonly ErasedVisitor[]): Facts {
  const gone = isErased(erased);
  const kept = { ...facts };
  for (const table of FACT_TABLES)
    Object.assign(kept, { [table]: facts[table].filter((fact) => !('visitor' in fact) || !gone(fact)) });
  return kept;
}

/** The same batches for another site. */
const moved = (batches: Facts[], site: number): Facts[] =>
  JSON.parse(JSON.stringify(batches), (key, value) => (key === 'site' ? site : value));

const close = async (site: Site, nowMs: number) => {
  while (!(await runWindows(env.EVENTS, site, nowMs, 50, 5))) {
    /* until everything is closed and computed again */
  }
};

/** Everything that is derived from facts, as it stands. */
async function derived(site: Site) {
  const cells = await rowsOf(env.EVENTS, 'visitor_cells', site.id, 'n <> 0');
  return {
    facts: await Promise.all(FACT_TABLES.map((table) => rowsOf(env.EVENTS, table, site.id))),
    rollups: await rowsOf(env.EVENTS, 'rollups', site.id),
    days: await rowsOf(env.EVENTS, 'visitor_days', site.id),
    cells: cells.map((cell) => JSON.stringify(cell)).sort(),
    open: (await rowsOf(env.EVENTS, 'open_visits', site.id)).map(({ visits }) => visits),
  };
}

async function eraseAll(site: Site, erased: readonly ErasedVisitor[], nowMs: number, steps: number) {
  await barErased(env.EVENTS, site.id, erased, { id: `e${site.id}`, at: nowMs });
  let next: number | null = await eraseFacts(env.EVENTS, site, erased, null, nowMs, steps);
  while (next !== null) next = await eraseFacts(env.EVENTS, site, erased, next, nowMs, steps);
}

test(
  'as if they had never been: whole visitors and spans of shared ones, closed days and the open one, late facts and all',
  async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const random = seeded(31 * round + 7);
      const pick = (n: number) => Math.floor(random() * n);
      const [site, never] = [await makeSite(NOW - 30 * DAY), await makeSite(NOW - 30 * DAY)];
      const batches = weeksOf(site.id, NOW, 9, round + 1);
      const [from, until] = [NOW - pick(9) * DAY - pick(DAY), NOW - pick(3) * DAY];
      const erased: ErasedVisitor[] = [
        [1_000 + pick(6), 0, NOW + 1],
        [1_006 + pick(6), Math.min(from, until), until],
        [5_000 + pick(20), 0, NOW + 1],
      ];
      const early = batches.slice(0, 6);
      await commitAll(env.EVENTS, early);
      await close(site, NOW - 3 * DAY);
      await commitAll(env.EVENTS, batches.slice(6));
      if (round % 2) await close(site, NOW);
      await eraseAll(site, erased, NOW, 1 + pick(5));
      // What comes once more, late, is not taken; nor does a second erasure change anything.
      await commitAll(env.EVENTS, batches);
      if (round % 3 === 0) await eraseAll(site, erased, NOW, 3);
      await close(site, NOW);
      await commitAll(
        env.EVENTS,
        moved(batches, never.id).map((facts) => without(facts, erased)),
      );
      await close(never, NOW);
      expect(await derived(site), `round ${round}: ${JSON.stringify(erased)}`).toEqual(await derived(never));
    }
  },
  LONG_MS,
);

test('in sealed time facts and visitor-days go, totals stay; the files of the history are written again without them', async () => {
  const site = await makeSite(NOW - 26 * DAY);
  const sealing = { ...site, rawDays: 45 };
  const batches = weeksOf(site.id, NOW, 55, 5);
  await commitAll(env.EVENTS, batches);
  await upkeep(env.EVENTS, sealing, NOW, 40);
  const erased: ErasedVisitor[] = [[1_003, 0, NOW + 1]];
  const totals = await rowsOf(env.EVENTS, 'rollups', site.id, 'start < (SELECT sealed_before FROM closings WHERE site = ?1)');
  expect(totals.length).toBeGreaterThan(30);
  const inFiles = async () => {
    let found = 0;
    let cursor: string | undefined;
    do {
      const page: R2Objects = await env.HISTORY.list({ prefix: `site=${site.key}/`, ...(cursor ? { cursor } : {}) });
      for (const { key } of page.objects.filter((o) => o.key.endsWith('.gz'))) {
        const body = (await env.HISTORY.get(key))?.body.pipeThrough(new DecompressionStream('gzip'));
        found += (await new Response(body).text()).split('\n').filter((line) => line.includes('"visitor":1003,')).length;
      }
      cursor = page.truncated ? page.cursor : undefined;
    } while (cursor);
    return found;
  };
  expect(await inFiles()).toBeGreaterThan(3);
  await eraseAll(site, erased, NOW, 10);
  let after: string | null = '';
  while (after !== null) after = await eraseHistory(env.HISTORY, site, erased, after, NOW, 7);
  expect(await inFiles()).toBe(0);
  for (const table of ['visitor_days', 'pageviews', 'events', 'opt_ins', 'identifications', 'kiosk_visits'])
    expect(await rowsOf(env.EVENTS, table, site.id, 'visitor = 1003'), table).toEqual([]);
  expect(await rowsOf(env.EVENTS, 'rollups', site.id, 'start < (SELECT sealed_before FROM closings WHERE site = ?1)')).toEqual(
    totals,
  );
  // The small file beside the parts says what is in them.
  for (const { key } of (await env.HISTORY.list({ prefix: `site=${site.key}/` })).objects.filter((o) =>
    o.key.endsWith('manifest.json'),
  )) {
    const { rows, parts } = JSON.parse((await (await env.HISTORY.get(key))?.text()) ?? '');
    const lines = await Promise.all(
      parts.map(async ({ name }: { name: string }) => {
        const body = (await env.HISTORY.get(key.replace('manifest.json', name)))?.body.pipeThrough(
          new DecompressionStream('gzip'),
        );
        return (await new Response(body).text()).split('\n').length - 1;
      }),
    );
    expect([rows, lines], key).toEqual([lines.reduce((a, b) => a + b, 0), parts.map(({ rows: n }: { rows: number }) => n)]);
  }
});

test('what a browser does after the erasure is somebody new', async () => {
  const site = await makeSite(NOW - 30 * DAY);
  await barErased(env.EVENTS, site.id, [[77, 0, NOW + 1]], { id: 'later', at: NOW });
  await commit(env.EVENTS, {
    ...noFacts(),
    pageviews: [viewOf(site.id, NOW, 77, 1), viewOf(site.id, NOW + 1, 77, 2), viewOf(site.id, NOW, 78, 3)],
  });
  expect((await rowsOf(env.EVENTS, 'pageviews', site.id)).map(({ rand }) => rand)).toEqual([3, 2]);
  await forgetBarred(env.EVENTS, NOW + 61 * DAY);
  expect(await rowsOf(env.EVENTS, 'erased_visitors', site.id)).toEqual([]);
});

test('messages that were set aside lose them, and nothing else', async () => {
  const site = await makeSite(NOW - 30 * DAY);
  const facts = {
    ...noFacts(),
    pageviews: [viewOf(site.id, NOW, 1, 1), viewOf(site.id, NOW, 2, 2), viewOf(site.id + 1, NOW, 1, 3)],
  };
  const put = (id: string, body: string) =>
    env.EVENTS.prepare("INSERT INTO parked (id, at, reason, body) VALUES (?1, 1, 'test', ?2)").bind(id, body).run();
  await put('a', JSON.stringify(facts));
  await put('b', JSON.stringify({ ...noFacts(), pageviews: [viewOf(site.id, NOW, 1, 1)] }));
  await put('c', '{"strange": 1}');
  await put('d', 'not JSON');
  expect(await eraseParked(env.EVENTS, site.id, [[1, 0, NOW + 1]], '')).toBeNull();
  const { results } = await env.EVENTS.prepare('SELECT id, body FROM parked ORDER BY id').all<{ id: string; body: string }>();
  expect(results.map(({ id }) => id)).toEqual(['a', 'c', 'd']);
  expect(JSON.parse(results[0]?.body ?? '').pageviews.map(({ rand }: { rand: number }) => rand)).toEqual([2, 3]);
  await env.EVENTS.prepare('DELETE FROM parked').run();
});
