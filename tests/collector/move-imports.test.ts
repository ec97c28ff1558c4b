/** A site moves to another database with what it shows of its imports; while it is on its way, nothing of them changes. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { confirmImport, importsOf, prepareImport, removeImport } from '../../collector/import/imports.ts';
import { moveSite } from '../../collector/ingest/move-site.ts';
import { settleMoves } from '../../collector/ingest/settle-moves.ts';
import { readImported } from '../../collector/report/imported.ts';
import { STAY_MS } from '../../collector/store/moves.ts';
import { allSites } from '../../collector/store/sites.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { plausibleTables, umamiCsv, zipOf } from './import-files.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const random = randomBytes(seeded(31));
const registered = async (id: number) => {
  const found = (await allSites(env.PEOPLE)).find((site) => site.id === id);
  if (!found) throw new Error('no site');
  return found;
};
const figures = (events: D1Database, site: number) => readImported(events, site, { from: 0, to: 30_000 }, 'page', true);

test('what is shown arrives, what waits stays behind; on the way nothing is taken, shown or removed', async () => {
  const { id } = await makeSite(NOW - 5 * 86_400_000);
  const upload = async (bytes: Uint8Array) => prepareImport(env, await registered(id), { bytes, name: 'x' }, NOW, random);
  const shown = await upload(zipOf(plausibleTables()));
  const waiting = await upload(umamiCsv([{ created_at: '2023-05-01 10:00:00' }]));
  if (!shown.ok || !waiting.ok) throw new Error('refused');
  expect(await confirmImport(env, await registered(id), shown.import.id, NOW)).toBe('done');
  const before = (await figures(env.EVENTS, id)).rows;
  expect(before).toHaveLength(4);

  await env.PEOPLE.prepare("UPDATE sites SET moving_to = 'EVENTS_2' WHERE id = ?1").bind(id).run();
  const stale = await registered(id);
  await moveSite(env, stale, NOW, 3);
  expect(await upload(umamiCsv([{ created_at: '2023-06-01 10:00:00' }]))).toEqual({ ok: false, reason: 'moving' });
  expect(await confirmImport(env, stale, waiting.import.id, NOW)).toBe('moving');
  expect(await removeImport(env, stale, shown.import.id)).toBe('moving');
  // Who has not heard of the move is stopped by the database itself, whole.
  const { movingTo: _, ...unaware } = stale;
  await expect(confirmImport(env, unaware, waiting.import.id, NOW)).rejects.toThrow(/site is moving/);
  await expect(removeImport(env, unaware, shown.import.id)).rejects.toThrow(/site is moving/);
  expect((await figures(env.EVENTS, id)).rows).toEqual(before);

  let now = NOW;
  while (!(await moveSite(env, await registered(id), now, 20))) now += STAY_MS;
  const arrived = await registered(id);
  expect(arrived.events).toBe('EVENTS_2');
  expect((await figures(env.EVENTS_2, id)).rows).toEqual(before);
  expect((await importsOf(env, arrived, NOW)).map((one) => [one.id, one.state, one.days])).toEqual([
    [shown.import.id, 'shown', 3],
  ]);
  expect(await removeImport(env, arrived, shown.import.id)).toBe('done');
  expect((await figures(env.EVENTS_2, id)).rows).toEqual([]);
  // First it is gone, a quarter of an hour later it is emptied.
  for (const later of [1, 2, 3]) await settleMoves(env, now + later * 2 * STAY_MS, 20);
  for (const table of ['imports', 'imported_days', 'imported_cells'])
    expect(await env.EVENTS.prepare(`SELECT count(*) AS n FROM ${table} WHERE site = ?1`).bind(id).first(), table).toEqual({
      n: 0,
    });
});
