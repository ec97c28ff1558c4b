/** What cron writes and reads when nothing happens: an hour of minutes on a site that is up to date. */
import { runSchedule } from '../collector/ingest/schedule.ts';
import { counting, noCounts } from './counting.ts';

const MINUTE_MS = 60_000;
const RUNS = 60;

/** @returns rows of one run on average, in both databases. */
export async function measureIdle(env: Env): Promise<{ rowsWritten: number; rowsRead: number }> {
  const counts = noCounts();
  const counted = { EVENTS: counting(env.EVENTS, counts), PEOPLE: counting(env.PEOPLE, counts), HISTORY: env.HISTORY };
  const now = Date.now();
  // The first run measures the databases and catches up.
  await runSchedule(env, [], now, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
  for (let i = 1; i <= RUNS; i += 1)
    await runSchedule(counted, [], now + i * MINUTE_MS, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
  return { rowsWritten: counts.rowsWritten / RUNS, rowsRead: counts.rowsRead / RUNS };
}
