/** The databases as they were last measured: diagnostics for whoever runs the installation. */
import { type Gauge, gaugeOf, LIMIT_BYTES } from '../store/storage-gauge.ts';

export type MeasuredGauge = Gauge & { measuredAt: number };

/** Fullest first. */
export async function readStorage(people: D1Database, limitBytes = LIMIT_BYTES): Promise<MeasuredGauge[]> {
  const { results } = await people
    .prepare('SELECT database, bytes, measured_at FROM storage ORDER BY bytes DESC')
    .all<{ database: string; bytes: number; measured_at: number }>();
  return results.map((row) => ({ ...gaugeOf(row.database, row.bytes, limitBytes), measuredAt: row.measured_at }));
}
