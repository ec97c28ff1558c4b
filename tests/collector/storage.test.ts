/** The storage gauge: every database is measured, at most once an hour, and 70 % is an alarm that the log and the pages show. */
import { env } from 'cloudflare:test';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { measureStorage } from '../../collector/ingest/measure-storage.ts';
import { runSchedule } from '../../collector/ingest/schedule.ts';
import { readStorage } from '../../collector/report/storage.ts';
import { gaugeOf, LIMIT_BYTES } from '../../collector/store/storage-gauge.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const HOUR = 3_600_000;
const sizeOf = async (db: D1Database) => (await db.prepare('SELECT 1').run()).meta.size_after;

let warned = vi.fn();

beforeEach(async () => {
  await env.PEOPLE.prepare('DELETE FROM storage').run();
  warned = vi.fn();
  vi.stubGlobal('console', new Proxy(console, { get: (target, name) => (name === 'warn' ? warned : Reflect.get(target, name)) }));
});
afterEach(() => vi.unstubAllGlobals());

test('the alarm begins at 70 % of what a database holds, and never below', () => {
  expect(LIMIT_BYTES).toBe(10_000_000_000);
  for (const [bytes, share, alarm] of [
    [0, 0, false],
    [6_999_999_999, 0.6999999999, false],
    [7_000_000_000, 0.7, true],
    [10_000_000_000, 1, true],
    [11_000_000_000, 1, true],
  ] as const)
    expect(gaugeOf('EVENTS', bytes)).toEqual({ database: 'EVENTS', bytes, limit: LIMIT_BYTES, share, alarm });
});

test('cron measures every database that is bound, by what it really holds, once an hour', async () => {
  await runSchedule(env, [], NOW, (n) => new Uint8Array(n));
  const gauges = await readStorage(env.PEOPLE);
  expect(gauges.map((g) => g.database).sort()).toEqual(['EVENTS', 'EVENTS_2', 'PEOPLE']);
  for (const gauge of gauges) {
    expect(gauge).toMatchObject({ measuredAt: NOW, alarm: false, limit: LIMIT_BYTES });
    expect(gauge.bytes).toBeGreaterThan(0);
  }
  expect(gauges.map((g) => g.bytes)).toEqual(gauges.map((g) => g.bytes).sort((a, b) => b - a));
  // It grows with what is stored.
  const before = await sizeOf(env.EVENTS);
  await env.EVENTS.prepare("INSERT INTO parked (id, at, reason, body) VALUES ('x', 1, 'test', ?1)")
    .bind('x'.repeat(500_000))
    .run();
  await runSchedule(env, [], NOW + HOUR - 1, (n) => new Uint8Array(n));
  expect((await readStorage(env.PEOPLE)).every((g) => g.measuredAt === NOW)).toBe(true);
  await runSchedule(env, [], NOW + HOUR, (n) => new Uint8Array(n));
  const after = (await readStorage(env.PEOPLE)).find((g) => g.database === 'EVENTS');
  expect(after?.measuredAt).toBe(NOW + HOUR);
  expect(after?.bytes).toBeGreaterThan(before + 400_000);
  expect(warned).not.toHaveBeenCalled();
});

test('a database over 70 % is named in the log, the others are not, and the gauge says so to the pages', async () => {
  const [events, second] = [await sizeOf(env.EVENTS), await sizeOf(env.EVENTS_2)];
  expect(events).toBeGreaterThan(second);
  // A limit at which the fuller one stands at 70 % exactly.
  const limit = Math.floor(events / 0.7);
  const gauges = await measureStorage(env, NOW, limit);
  expect(gauges.filter((g) => g.alarm).map((g) => g.database)).toEqual(['EVENTS']);
  expect(warned).toHaveBeenCalledTimes(1);
  expect(warned).toHaveBeenCalledWith(expect.stringMatching(/^storage: EVENTS is 70 % full \(\d+ of \d+ bytes\)$/));
  const shown = await readStorage(env.PEOPLE, limit);
  expect(shown.filter((g) => g.alarm).map((g) => g.database)).toEqual(['EVENTS']);
  expect(await measureStorage(env, NOW + HOUR - 1, limit)).toEqual([]);
});
