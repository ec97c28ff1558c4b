/**
 * Moves a site from one database of facts to another while its events arrive (docs/decisions/009). Every step is bounded and may
 * be broken off, repeated, or done by two runs at once.
 */
import { dayOf } from '../store/calendar.ts';
import { closingOf } from '../store/closings.ts';
import { COPIED_TABLES, copyNoted, countNoted, readRows, takeRows } from '../store/copy-facts.ts';
import { copyClosing, copyRollups, copyVisitorDays } from '../store/copy-sealed.ts';
import {
  advance,
  enterMove,
  FENCED,
  GONE,
  leaveMove,
  type Move,
  moveOf,
  NOTING,
  passTo,
  RECEIVING,
  STAY_MS,
} from '../store/moves.ts';
import { FIRST_SHARD, type Shards, shardFor, shardNamed } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { wipeSlice } from '../store/wipe-site.ts';
import { runWindows } from './windows.ts';

export type MoveEnv = Shards & { PEOPLE: D1Database };
/** What the receiving side does now: `table` counts through COPIED_TABLES, `after` is the last key that was copied. */
type Stage = { stage: 'facts' | 'rollups' | 'visitors' | 'closing' | 'catch-up'; table?: number; after?: number[] };

/** The fence goes up when so few changes wait that they are copied within a second. */
const FEW = 100;
const WINDOW_STEPS = 5;
const START: Stage = { stage: 'facts', table: 0, after: [-1, -1] };
const spell = (stage: Stage) => JSON.stringify(stage);

function readStage(cursor: string): Stage {
  const value: unknown = JSON.parse(cursor);
  const stage = typeof value === 'object' && value !== null && 'stage' in value ? value.stage : null;
  const found = (['facts', 'rollups', 'visitors', 'closing', 'catch-up'] as const).find((s) => s === stage);
  if (!found || typeof value !== 'object' || value === null) throw new Error('move: a cursor of ours was not understood');
  const after = 'after' in value && Array.isArray(value.after) ? value.after.map(Number) : [];
  return { stage: found, table: 'table' in value ? Number(value.table) : 0, after };
}

/** Copies the next page of facts or dictionary entries. */
async function copyPage(from: D1Database, to: D1Database, move: Move, { table = 0, after = [] }: Stage): Promise<void> {
  const name = COPIED_TABLES[table];
  if (!name) {
    await passTo(to, move, RECEIVING, spell({ stage: 'rollups' }), move.at);
    return;
  }
  const page = await readRows(from, move.site, name, [after[0] ?? -1, after[1] ?? -1]);
  const next: Stage = page.next
    ? { stage: 'facts', table, after: page.next }
    : { stage: 'facts', table: table + 1, after: [-1, -1] };
  await to.batch([...takeRows(to, name, page.rows), advance(to, move, spell(next))]);
}

/**
 * Copies changes and closes windows until the copy is hardly behind. Marks of what changed meanwhile may stay: their windows are
 * shown as "updating" on either side, and a busy site is never without.
 */
async function catchUp(from: D1Database, to: D1Database, site: Site, nowMs: number): Promise<boolean> {
  await copyNoted(from, to, site.id);
  await runWindows(to, site, nowMs, WINDOW_STEPS);
  const [left, right] = [await closingOf(from, site.id), await closingOf(to, site.id)];
  const isClosed =
    !left || (right !== null && right.days_before >= left.days_before && right.closed_before >= left.closed_before);
  return isClosed && (await countNoted(from, site.id, FEW)) < FEW;
}

/** One step of the copy. Returns true when only the last changes and the fence are left to do. */
async function copyStep(from: D1Database, to: D1Database, site: Site, move: Move, nowMs: number): Promise<boolean> {
  const stage = readStage(move.cursor);
  const then = (next: Stage) => (after: number[] | null) => spell(after ? { ...stage, after } : next);
  const closing = await closingOf(from, site.id);
  const sealed = closing?.sealed_before ?? 0;
  if (stage.stage === 'facts') await copyPage(from, to, move, stage);
  else if (stage.stage === 'rollups') await copyRollups(from, to, move, sealed, stage.after ?? [], then({ stage: 'visitors' }));
  else if (stage.stage === 'visitors')
    await copyVisitorDays(from, to, move, dayOf(site.zone, sealed), stage.after ?? [], then({ stage: 'closing' }));
  else if (stage.stage === 'closing') await copyClosing(from, to, move, spell({ stage: 'catch-up' }));
  else return catchUp(from, to, site, nowMs);
  return false;
}

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
  await passTo(to, there, RECEIVING, spell(START), nowMs);
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
  for (let i = 0; i < steps; i += 1) if (await step(env, site, target, nowMs)) return true;
  return false;
}
