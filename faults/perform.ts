/** Does what an act says, against the real collector. */

import { consume } from '../collector/ingest/consumer.ts';
import { exportHistory } from '../collector/ingest/export-history.ts';
import { purgeFacts } from '../collector/ingest/purge.ts';
import { replayParked } from '../collector/ingest/replay-parked.ts';
import { runSchedule } from '../collector/ingest/schedule.ts';
import { runWindows } from '../collector/ingest/windows.ts';
import { confirmAndRelay } from '../collector/people/confirmation.ts';
import { sha256 } from '../collector/people/sha256.ts';
import { type Actor, actorOf } from './actor.ts';
import { type Game, randomBytes } from './game.ts';
import { poison } from './poison.ts';
import type { Act } from './scenario.ts';
import { send, spillway } from './send.ts';

type As<Kind extends Act['do']> = Extract<Act, { do: Kind }>;

async function deliver(game: Game, act: As<'deliver'>, nowMs: number): Promise<void> {
  const actor = actorOf(game, act, nowMs);
  const delivery = game.queue.take(act.size, act.pick, actor.isDead, nowMs);
  if (delivery.entries.length === 0) return;
  game.tally.add(
    delivery.batch.queue.endsWith('dead-letters') ? 'dead letters delivered' : 'messages delivered',
    delivery.entries.length,
  );
  if (act.again) game.tally.add('fault: delivered again');
  await consume(delivery.batch, actor.events(), nowMs, game.random);
  delivery.settle(act.again);
}

/** Runs work that a fault may break off: only an injected fault may. */
async function mayFail(game: Game, act: Act, nowMs: number, work: (actor: Actor) => Promise<unknown>): Promise<void> {
  const actor = actorOf(game, act, nowMs);
  try {
    await work(actor);
  } catch (error) {
    if (actor.failed() === 0 && !(act.do === 'replay' && act.queueFails)) throw error;
  }
}

function cron(game: Game, act: As<'cron'>, nowMs: number, actor: Actor): Promise<unknown> {
  const { env, site } = game.world;
  if (!act.lease) return runWindows(actor.events(), site, nowMs, act.limit, act.pieces);
  const history = game.scenario.purges ? { HISTORY: env.HISTORY } : {};
  return runSchedule({ EVENTS: actor.events(), PEOPLE: actor.people, ...history }, [], nowMs, randomBytes(game));
}

async function purge(game: Game, act: As<'purge'>, nowMs: number, actor: Actor): Promise<void> {
  const { env, site } = game.world;
  const events = actor.events();
  await exportHistory(events, env.HISTORY, site, nowMs, { days: act.steps, rows: 100 }, act.rows);
  await purgeFacts(events, site, nowMs, act.steps, act.rows);
}

async function confirm(game: Game, act: As<'confirm'>, nowMs: number): Promise<void> {
  const { env, site } = game.world;
  const optIn = game.scenario.happenings[act.happening];
  if (!optIn) return;
  const token = `token ${site.id} ${nowMs} ${game.tally.counts.acts}`;
  await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1').bind(optIn.id, sha256(token)).run();
  await mayFail(game, act, nowMs, (actor) => confirmAndRelay({ EVENTS: actor.events(), PEOPLE: actor.people }, token, nowMs));
}

async function migrate(game: Game, act: As<'migrate'>): Promise<void> {
  if (game.undo.length > 0) return;
  game.undo.push(act.undo);
  await game.world.env.EVENTS.prepare(act.sql).run();
}

/** Acts may contain acts: see `both`, and what happens in the middle of another. */
export async function perform(game: Game, act: Act, nowMs: number): Promise<void> {
  game.tally.add('acts');
  game.tally.add(`act: ${act.do === 'cron' && !act.lease ? 'windows' : act.do}`);
  switch (act.do) {
    case 'send':
      return send(game, act, nowMs);
    case 'deliver':
      return deliver(game, act, nowMs);
    case 'cron':
      return mayFail(game, act, nowMs, (actor) => cron(game, act, nowMs, actor));
    case 'purge':
      return mayFail(game, act, nowMs, (actor) => purge(game, act, nowMs, actor));
    case 'confirm':
      return confirm(game, act, nowMs);
    case 'replay':
      return mayFail(game, act, nowMs, async (actor) => {
        const queue = spillway(game, () => act.queueFails || actor.isDead());
        game.tally.add(
          'parked messages replayed',
          await replayParked(actor.events(), queue, nowMs, 50, act.all ? null : undefined),
        );
      });
    case 'poison':
      return poison(game, act.column);
    case 'migrate':
      return migrate(game, act);
    case 'stumble':
      for (let call = 1; act.fault && call <= act.calls; call += 1)
        await game.perform({ ...act.act, fault: { ...act.fault, call } }, nowMs);
      return;
    case 'both':
      await Promise.all(act.acts.map((a) => game.perform(a, nowMs)));
  }
}
