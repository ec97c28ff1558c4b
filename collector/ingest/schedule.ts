/** What cron does every minute: relay, mails, windows, salts, history, purge, moves. Idempotent, and guarded by a lease so that two runs do not work twice. */
import { dayOf } from '../store/calendar.ts';
import { forgetSalts } from '../store/salts.ts';
import { type Shards, shardFor } from '../store/shards.ts';
import { allSites, type Site } from '../store/sites.ts';
import { type ExportBudget, exportHistory } from './export-history.ts';
import { measureStorage } from './measure-storage.ts';
import { moveSite } from './move-site.ts';
import { purgeFacts } from './purge.ts';
import { purgeVisitors } from './purge-visitors.ts';
import { flushRefusals, isFlushDue } from './refusal-counter.ts';
import { relayLinkEnds } from './relay-link-ends.ts';
import { relayOptIns } from './relay-opt-ins.ts';
import { settleMoves } from './settle-moves.ts';
import { runWindows } from './windows.ts';

/** Without a bucket for the history nothing is exported, and so nothing is purged. */
export type ScheduleEnv = Shards & { PEOPLE: D1Database; HISTORY?: R2Bucket };

const LEASE_MS = 120_000;
/** Transactions per site and run: a busy site does not keep the others waiting. */
const STEPS_PER_SITE = 20;
const PURGE_STEPS = 4;
const MOVE_STEPS = 40;
/** For all sites of a run together: a million facts in a quarter of an hour, and never more than D1 answers in a minute. */
const EXPORT_BUDGET: ExportBudget = { days: 10, rows: 60_000 };

/**
 * Whether a site's dirty windows are worked off in this minute: four times an hour, and not all sites at once. A day computed again
 * reads all its facts, and visits over midnight come for half an hour.
 */
export const isSettling = (site: Pick<Site, 'id'>, nowMs: number): boolean => (Math.floor(nowMs / 60_000) + site.id) % 15 === 0;

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

async function serveSite(env: ScheduleEnv, site: Site, nowMs: number, budget: ExportBudget): Promise<void> {
  const events = shardFor(env, site);
  await runWindows(events, site, nowMs, STEPS_PER_SITE, undefined, isSettling(site, nowMs));
  await forgetSalts(env.EVENTS, site.id, dayOf(site.zone, nowMs));
  // A site on its way has its history written where it arrives.
  if (env.HISTORY && site.movingTo === undefined) await exportHistory(events, env.HISTORY, site, nowMs, budget);
  await purgeFacts(events, site, nowMs, PURGE_STEPS);
  await purgeVisitors(events, site, nowMs, PURGE_STEPS);
  await moveSite(env, site, nowMs, MOVE_STEPS);
}

/**
 * @param alongside what else is due every minute: mails, expiry.
 * @param nowMs the moment the run was scheduled for, epoch ms.
 * @throws the first error of a job or site, after all the others had their turn.
 */
export async function runSchedule(
  env: ScheduleEnv,
  alongside: readonly (() => Promise<unknown>)[],
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  const holder = Buffer.from(random(8)).toString('hex');
  if (!(await takeLease(env.EVENTS, 'schedule', holder, nowMs))) return;
  const errors: unknown[] = [];
  const attempt = (job: () => Promise<unknown>) => job().catch((error: unknown) => errors.push(error));
  try {
    await attempt(() => relayOptIns(env.PEOPLE, env, 200));
    await attempt(() => relayLinkEnds(env.PEOPLE, env, nowMs, 200));
    for (const job of alongside) await attempt(job);
    const budget = { ...EXPORT_BUDGET };
    for (const site of await allSites(env.PEOPLE)) await attempt(() => serveSite(env, site, nowMs, budget));
    await attempt(() => settleMoves(env, nowMs, PURGE_STEPS));
    if (isFlushDue(nowMs)) await attempt(() => flushRefusals(env.EVENTS, nowMs));
    await attempt(() => measureStorage(env, nowMs));
  } finally {
    await env.EVENTS.prepare('DELETE FROM leases WHERE job = ?1 AND holder = ?2').bind('schedule', holder).run();
  }
  if (errors.length > 0) throw errors[0];
}
