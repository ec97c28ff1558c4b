/**
 * Moves a site from one database of facts to another while its events arrive (docs/decisions/009). Every step is bounded and may
 * be broken off, repeated, or done by two runs at once.
 */
import { closingOf } from '../store/closings.ts';
import { copyNoted } from '../store/copy-facts.ts';
import { enterMove, FENCED, GONE, leaveMove, type Move, moveOf, NOTING, passTo, RECEIVING, STAY_MS } from '../store/moves.ts';
import { FIRST_SHARD, type Shards, shardFor, shardNamed } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { wipeSlice } from '../store/wipe-site.ts';
import { copyStep } from './copy-site.ts';
import { inSlices } from './in-slices.ts';
import { FIRST_STAGE, spellStage } from './move-stage.ts';

export type MoveEnv = Shards & { PEOPLE: D1Database };

/** Behind the fence: the last changes, then the registry says the new home. Returns whether it did. */
async function arrive(env: MoveEnv, site: Site, target: string, from: D1Database, to: D1Database): Promise<boolean> {
  if ((await copyNoted(from, to, site.id)) > 0) return false;
  const version = (await closingOf(from, site.id))?.version ?? 0;
  await to
    .prepare('UPDATE closings SET version = max(version, ?2) WHERE site = ?1')
    .bind(site.id, version + 1)
    .run();
  await env.PEOPLE.prepare('UPDATE sites SET events = ?3, moving_to = NULL WHERE id = ?1 AND events = ?2 AND moving_to = ?3')
    .bind(site.id, site.events ?? FIRST_SHARD, target)
    .run();
  return true;
}

/** One step. Returns whether the site has arrived. */
async function step(env: MoveEnv, site: Site, target: string, nowMs: number): Promise<boolean> {
  const [from, to] = [shardFor(env, site), shardNamed(env, target)];
  const here = await moveOf(from, site.id);
  const there = await moveOf(to, site.id);
  // Of an arrival that has just been, or of a move to elsewhere: nothing of it may be taken for this one's.
  if (here && (here.state === RECEIVING || here.other !== target)) await leaveMove(from, here);
  else if (here?.state === FENCED && there?.state === RECEIVING) return arrive(env, site, target, from, to);
  else if (!there)
    await enterMove(to, { site: site.id, state: GONE, other: site.events ?? FIRST_SHARD, cursor: 'wipe', at: nowMs });
  else if (there.state === GONE) await prepare(from, to, there, target, nowMs);
  // Changes were not noted all the time since the copy began: it begins again.
  else if (here?.state !== NOTING || there.state !== RECEIVING) await passTo(to, there, GONE, 'wipe', nowMs);
  else if (await copyStep(from, to, site, there, nowMs)) await passTo(from, here, FENCED, '', nowMs);
  return false;
}

/** Empties the new home of what an earlier stay left behind, while the fence of that time still stands; then the noting begins, then the copy. */
async function prepare(from: D1Database, to: D1Database, there: Move, target: string, nowMs: number): Promise<void> {
  if (there.cursor === 'left' && nowMs < there.at + STAY_MS) return;
  if (!(await wipeSlice(to, there.site))) return;
  await enterMove(from, { site: there.site, state: NOTING, other: target, cursor: '', at: nowMs });
  await passTo(to, there, RECEIVING, spellStage(FIRST_STAGE), nowMs);
}

/**
 * Goes on with the move of a site, if it is to move: set `moving_to` in the registry to begin, clear it to stay after all.
 *
 * @param steps at most so many, each one transaction in either database or a few.
 * @returns whether the site is where it should be.
 */
export async function moveSite(env: MoveEnv, site: Site, nowMs: number, steps: number): Promise<boolean> {
  const target = site.movingTo;
  if (target === undefined || target === (site.events ?? FIRST_SHARD)) return true;
  return inSlices(steps, () => step(env, site, target, nowMs));
}
