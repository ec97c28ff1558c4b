/** Plays a scenario against the real collector and the real databases, and checks the oracle after every step. */
import { runWindows } from '../collector/ingest/windows.ts';
import { seeded } from '../demo/seeded.ts';
import { Books } from './books.ts';
import { checkFacts } from './check-facts.ts';
import { checkHistory } from './check-history.ts';
import { checkReports, REPORTS, type Report } from './check-reports.ts';
import { daysFrom } from './days.ts';
import type { Game } from './game.ts';
import { DAY, HOUR } from './message.ts';
import { perform } from './perform.ts';
import { AtLeastOnceQueue } from './queue.ts';
import type { Scenario } from './scenario.ts';
import { settle } from './settle.ts';
import { Tally } from './tally.ts';
import { type Databases, makeWorld, type World } from './world.ts';

export type Outcome = { seed: number; violation: string | null; step: number; counts: Record<string, number> };

function begin(world: World, scenario: Scenario, tally: Tally): Game {
  const game: Game = {
    ...{ world, scenario, tally },
    days: daysFrom(scenario.zone, scenario.start, 40),
    books: new Books(),
    queue: new AtLeastOnceQueue(`m${world.site.id}`),
    random: seeded(scenario.seed + 1),
    ...{ log: [], requests: [], undo: [], poisons: 0 },
    perform: (act, nowMs) => perform(game, act, nowMs),
  };
  return game;
}

/** @param atPeace nothing may wait any more. */
async function check(game: Game, nowMs: number, reports: readonly Report[], atPeace = false): Promise<void> {
  const { world, books, tally } = game;
  await settle(game);
  const windows = await checkFacts(world, books, game.queue.bodies());
  const skipped = await checkReports(world, books, game.days, nowMs, reports, atPeace ? null : windows);
  tally.add('reports', reports.length - skipped);
  tally.add('reports that said “updating”', skipped);
}

async function drain(game: Game, nowMs: number): Promise<void> {
  for (let n = 0; game.queue.length > 0; n += 1) {
    if (n > 60) throw new Error('the queue does not drain');
    await game.perform({ do: 'deliver', size: 100, pick: n, again: false }, nowMs);
  }
}

async function catchUp({ world, scenario }: Game, nowMs: number): Promise<void> {
  const pieces = scenario.seed % 2 ? 3 : 5_000;
  for (let n = 0; !(await runWindows(world.env.EVENTS, world.site, nowMs, 50, pieces)); n += 1)
    if (n > 10) throw new Error('windows do not come to an end');
}

/** The scenario, then peace: the queue drains, cron catches up, and everything must be as the books say. */
async function run(game: Game, atStep: (index: number) => void): Promise<void> {
  const { scenario, books } = game;
  let now = scenario.start;
  for (const [i, { now: at, act }] of scenario.steps.entries()) {
    atStep(i);
    now = at;
    await game.perform(act, now);
    now += act.meanwhile?.later ?? 0;
    await check(game, now, [REPORTS[(scenario.seed + i) % REPORTS.length] ?? 'total']);
  }
  atStep(scenario.steps.length);
  await drain(game, now);
  now += 5 * 60_000;
  await game.perform({ do: 'cron', lease: true, pieces: 0, limit: 0 }, now);
  await game.perform({ do: 'replay', all: true, queueFails: false }, now);
  await drain(game, now);
  await catchUp(game, now);
  await check(game, now, REPORTS);
  now += DAY + 2 * HOUR;
  await catchUp(game, now);
  await check(game, now, REPORTS, true);
  if (scenario.purges) await checkHistory(game);
  if (books.owed.size > game.poisons) throw new Error(`acknowledged and never stored: ${[...books.owed.values()].join(', ')}`);
}

/** Plays one scenario from its beginning. */
export async function play(env: Databases, scenario: Scenario): Promise<Outcome> {
  const tally = new Tally();
  const game = begin(await makeWorld(env, scenario), scenario, tally);
  let index = 0;
  let violation: string | null = null;
  try {
    await run(game, (i) => {
      index = i;
    });
  } catch (error) {
    violation = error instanceof Error ? error.message : String(error);
  }
  // Tables are left as they were.
  for (const sql of game.undo)
    await env.EVENTS.prepare(sql)
      .run()
      .catch(() => {});
  tally.add(`theme: ${scenario.theme}`);
  tally.add('acknowledged', game.books.acknowledged);
  tally.add('facts', game.books.stored.size);
  tally.add('days sealed', Math.max(0, game.books.sealed.length - 1));
  tally.add('facts of sealed days refused', game.books.tooLate);
  return { seed: scenario.seed, violation, step: index, counts: tally.counts };
}
