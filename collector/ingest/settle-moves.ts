/** Brings the two sides of every move into line with the registry: after an arrival, a change of mind, or a run that ended halfway. */
import { FENCED, GONE, leaveMove, type Move, NOTING, openMoves, passTo, RECEIVING, STAY_MS } from '../store/moves.ts';
import { shardNamed, shardNames } from '../store/shards.ts';
import { wipeSlice } from '../store/wipe-site.ts';
import { inSlices } from './in-slices.ts';
import type { MoveEnv } from './move-site.ts';

type Registered = { events: string; moving_to: string | null };

async function settle(env: MoveEnv, name: string, move: Move, nowMs: number, steps: number): Promise<void> {
  const db = shardNamed(env, name);
  const site = await env.PEOPLE.prepare('SELECT events, moving_to FROM sites WHERE id = ?1').bind(move.site).first<Registered>();
  if (!site) return;
  if (move.state === GONE) {
    // Emptied too early it would be by the move that comes here; that one empties it itself.
    if (site.events === name || site.moving_to === name || nowMs < move.at + STAY_MS) return;
    if (await inSlices(steps, () => wipeSlice(db, move.site))) await passTo(db, move, GONE, 'done', nowMs);
    return;
  }
  if (move.state === RECEIVING && site.moving_to !== name) {
    if (site.events === name) await leaveMove(db, move);
    else await passTo(db, move, GONE, 'wipe', nowMs - STAY_MS);
  }
  if (move.state === NOTING || move.state === FENCED) {
    if (site.events !== name) await passTo(db, move, GONE, 'left', nowMs);
    else if (site.moving_to === null) await leaveMove(db, move);
  }
}

/** @param steps slices deleted of each site that has left. */
export async function settleMoves(env: MoveEnv, nowMs: number, steps: number): Promise<void> {
  const names = shardNames(env);
  if (names.length === 1) return;
  for (const name of names)
    for (const move of await openMoves(shardNamed(env, name))) await settle(env, name, move, nowMs, steps);
}
