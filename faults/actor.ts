/** One actor's own view of the databases: with its fault, and with what happens between its calls. */
import { faulty, type Watch } from './faulty-database.ts';
import type { Game, Sent } from './game.ts';
import type { Act } from './scenario.ts';

export type Actor = {
  /** `slow` delays what writes facts. */
  events: (slow?: Watch['slow']) => D1Database;
  people: D1Database;
  /** How many of its calls failed. */
  failed: () => number;
  /** Whoever has died is heard no more. */
  isDead: () => boolean;
  /** Resolves when no call is under way that nobody waits for, nor one that such a call led to. */
  idle: () => Promise<void>;
};

/** @param sent the request that this actor serves, if it does: conflicts in its transactions are told to its sender. */
export function actorOf(game: Game, act: Act, nowMs: number, sent: Sent | null = null): Actor {
  const { fault, meanwhile } = act;
  let ran = false;
  let failed = 0;
  const underWay: Promise<unknown>[] = [];
  const watch: Watch = {
    fault,
    failed: ({ how, database }) => {
      failed += 1;
      game.tally.add('faults');
      game.tally.add(`fault: ${database.toUpperCase()} ${how}`);
    },
    underWay,
    committed: (written, sealedBefore) => game.log.push({ written, sealedBefore, sent }),
  };
  const between = meanwhile
    ? async (call: number, when: 'before' | 'after') => {
        if (ran || call !== meanwhile.call || when !== meanwhile.when) return;
        ran = true;
        game.tally.add('fault: in the middle of another');
        await game.perform(meanwhile.act, nowMs + meanwhile.later);
      }
    : undefined;
  const { env } = game.world;
  return {
    events: (slow) => faulty(env.EVENTS, 'events', { ...watch, between, slow }),
    people: faulty(env.PEOPLE, 'people', watch),
    failed: () => failed,
    isDead: () => fault?.how === 'dies' && failed > 0,
    idle: async () => {
      for (let known = -1; known < underWay.length; ) {
        known = underWay.length;
        await Promise.all(underWay);
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
  };
}
