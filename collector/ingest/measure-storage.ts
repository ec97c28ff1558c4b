/** Notes how full each database is, and says so in the log when one is nearly full. */
import { type Shards, shardNamed, shardNames } from '../store/shards.ts';
import { type Gauge, gaugeOf, LIMIT_BYTES } from '../store/storage-gauge.ts';

const EVERY_MS = 3_600_000;

/**
 * @param limitBytes what a database holds.
 * @returns the gauges when they were due, at most once an hour; else none.
 */
export async function measureStorage(
  env: Shards & { PEOPLE: D1Database },
  nowMs: number,
  limitBytes = LIMIT_BYTES,
): Promise<Gauge[]> {
  const last = await env.PEOPLE.prepare('SELECT min(measured_at) AS at FROM storage').first<{ at: number | null }>();
  if (last?.at && nowMs - last.at < EVERY_MS) return [];
  const databases: [string, D1Database][] = shardNames(env).map((name) => [name, shardNamed(env, name)]);
  const gauges: Gauge[] = [];
  for (const [name, db] of [...databases, ['PEOPLE', env.PEOPLE] as const]) {
    const { meta } = await db.prepare('SELECT 1').run();
    gauges.push(gaugeOf(name, meta.size_after, limitBytes));
  }
  await env.PEOPLE.prepare(
    `INSERT INTO storage (database, bytes, measured_at) SELECT j.value->>0, j.value->>1, ?2 FROM json_each(?1) j WHERE 1
     ON CONFLICT (database) DO UPDATE SET bytes = excluded.bytes, measured_at = excluded.measured_at`,
  )
    .bind(JSON.stringify(gauges.map((g) => [g.database, g.bytes])), nowMs)
    .run();
  for (const g of gauges)
    if (g.alarm) console.warn(`storage: ${g.database} is ${Math.round(g.share * 100)} % full (${g.bytes} of ${g.limit} bytes)`);
  return gauges;
}
