/** Works off what an erasure still has to remove from facts, parked messages and files: bounded steps, broken off and taken up anywhere. */
import * as v from 'valibot';
import { barErased, type ErasedVisitor, eraseFacts, forgetBarred } from '../ingest/erase-facts.ts';
import { eraseHistory } from '../ingest/erase-history.ts';
import { eraseParked } from '../ingest/erase-parked.ts';
import { currentExport } from '../store/exports.ts';
import { type Shards, shardFor, shardNamed, shardNames } from '../store/shards.ts';
import { allSites, type Site } from '../store/sites.ts';

export type WorkEnv = Shards & { PEOPLE: D1Database; HISTORY?: R2Bucket };
/** What one run may do. Files only in cron: an export beside it could write what is being removed. */
export type WorkBudget = { days: number; files: number };
type Job = { id: string; site: number; at: number; state: string; work: string; cursor: string };

const whole = v.pipe(v.number(), v.integer());
const workShape = v.pipe(v.string(), v.parseJson(), v.array(v.tuple([whole, whole, whole])));
const FILES_A_RUN = 20;
const DAYS_A_RUN = 30;

async function note(people: D1Database, job: Job, state: string, cursor: string): Promise<Job> {
  await people.prepare('UPDATE erasures SET state = ?2, cursor = ?3 WHERE id = ?1').bind(job.id, state, cursor).run();
  return { ...job, state, cursor };
}

async function eraseSomeFacts(
  env: WorkEnv,
  site: Site,
  job: Job,
  erased: ErasedVisitor[],
  nowMs: number,
  days: number,
): Promise<Job> {
  const events = shardFor(env, site);
  await barErased(events, site.id, erased, job);
  const next = await eraseFacts(events, site, erased, job.cursor === '' ? null : Number(job.cursor), nowMs, days);
  return next === null ? note(env.PEOPLE, job, 'parked', '') : note(env.PEOPLE, job, 'facts', String(next));
}

/** Parked messages of every site lie in the first database, and in older installations in any. */
async function eraseAllParked(env: WorkEnv, job: Job, erased: ErasedVisitor[]): Promise<Job> {
  for (const name of shardNames(env)) {
    let after: string | null = '';
    while (after !== null) after = await eraseParked(shardNamed(env, name), job.site, erased, after);
  }
  return note(env.PEOPLE, job, 'history', '');
}

/**
 * Goes on with one erasure.
 *
 * @returns whether all of it is done.
 * @throws "site is moving" while the site is on its way to another database: cron tries again.
 */
export async function workOff(env: WorkEnv, site: Site, id: string, nowMs: number, budget: WorkBudget): Promise<boolean> {
  const { PEOPLE: people, HISTORY: history } = env;
  let job = await people
    .prepare('SELECT id, site, at, state, work, cursor FROM erasures WHERE id = ?1 AND done_at IS NULL')
    .bind(id)
    .first<Job>();
  if (!job) return true;
  const read = v.safeParse(workShape, job.work);
  const erased = read.success ? read.output : [];
  if (job.state === 'facts') job = await eraseSomeFacts(env, site, job, erased, nowMs, budget.days);
  if (job.state === 'parked') job = await eraseAllParked(env, job, erased);
  if (job.state !== 'history' || (history && budget.files === 0)) return false;
  // An export that is on its way has read facts before they were erased: its files are looked at when it is through.
  if (history && (await currentExport(shardFor(env, site), site.id))) return false;
  const next = history ? await eraseHistory(history, site, erased, job.cursor, nowMs, budget.files) : null;
  if (next !== null) {
    await note(people, job, 'history', next);
    return false;
  }
  // The numbers of visitors go last: from now on nothing here says whom it was about.
  await people
    .prepare("UPDATE erasures SET state = 'done', work = '', cursor = '', done_at = ?2 WHERE id = ?1")
    .bind(id, nowMs)
    .run();
  return true;
}

/** Goes on with every erasure that is open; called by cron, in the same run as the export of the history. */
export async function workOffErasures(env: WorkEnv, nowMs: number): Promise<void> {
  const { results } = await env.PEOPLE.prepare('SELECT id, site FROM erasures WHERE done_at IS NULL ORDER BY at LIMIT 20').all<{
    id: string;
    site: number;
  }>();
  for (const name of shardNames(env)) await forgetBarred(shardNamed(env, name), nowMs);
  if (results.length === 0) return;
  const sites = new Map((await allSites(env.PEOPLE)).map((site) => [site.id, site]));
  const failures: unknown[] = [];
  for (const { id, site: siteId } of results) {
    const site = sites.get(siteId);
    if (!site) continue;
    await workOff(env, site, id, nowMs, { days: DAYS_A_RUN, files: FILES_A_RUN }).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
