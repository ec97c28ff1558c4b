/** What cron does every minute: relay, mails, windows, salts, counters. Idempotent, and guarded by a lease so that two runs do not work twice. */
import { dayOf } from '../store/calendar.ts';
import { forgetSalts } from '../store/salts.ts';
import { shardFor } from '../store/shards.ts';
import { allSites } from '../store/sites.ts';
import { flushRefusals, isFlushDue } from './refusal-counter.ts';
import { relayOptIns } from './relay-opt-ins.ts';
import { runWindows } from './windows.ts';

const LEASE_MS = 120_000;
/** Transactions per site and run: a busy site does not keep the others waiting. */
const STEPS_PER_SITE = 20;

/** Takes the lease of a job unless another run holds it. */
async function takeLease(events: D1Database, job: string, holder: string, nowMs: number): Promise<boolean> {
  const row = await events
    .prepare(
      `INSERT INTO leases (job, holder, until) VALUES (?1, ?2, ?3)
       ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE leases.until < ?4 OR leases.holder = ?2 RETURNING holder`,
    )
    .bind(job, holder, nowMs + LEASE_MS, nowMs)
    .first<{ holder: string }>();
  return row?.holder === holder;
}

/**
 * @param alongside what else is due every minute: mails, expiry.
 * @param nowMs the moment the run was scheduled for, epoch ms.
 */
export async function runSchedule(
  env: { EVENTS: D1Database; PEOPLE: D1Database },
  alongside: readonly (() => Promise<unknown>)[],
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  const holder = Buffer.from(random(8)).toString('hex');
  if (!(await takeLease(env.EVENTS, 'schedule', holder, nowMs))) return;
  try {
    await relayOptIns(env.PEOPLE, env, 200);
    for (const job of alongside) await job();
    for (const site of await allSites(env.PEOPLE)) {
      await runWindows(shardFor(env, site), site, nowMs, STEPS_PER_SITE);
      await forgetSalts(env.EVENTS, site.id, dayOf(site.zone, nowMs));
    }
    if (isFlushDue(nowMs)) await flushRefusals(env.EVENTS, nowMs);
  } finally {
    await env.EVENTS.prepare('DELETE FROM leases WHERE job = ?1 AND holder = ?2').bind('schedule', holder).run();
  }
}
