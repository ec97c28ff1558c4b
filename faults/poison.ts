/** A message in the queue that no consumer can store: a column is missing. */
import { noFacts } from '../collector/store/facts.ts';
import type { Copy } from './books.ts';
import type { Game } from './game.ts';

/** It is acknowledged like any other, so it must never be lost: it waits in `parked`, and holds up nothing. */
export function poison(game: Game, column: string): void {
  const { books, queue, scenario, world } = game;
  game.poisons += 1;
  const born = scenario.start + game.poisons;
  const about = { site: world.site.id, born, rand: game.poisons, at: born, visitor: 5, kind: 0, store: 0, kiosk: 0, mode: 0 };
  const row = { ...about, page: 1, flags: 0, name: 1, props: null };
  const event = Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));
  const id = born.toString(16).padStart(12, '0') + game.poisons.toString(16).padStart(12, '0');
  const copy: Copy = {
    ...{ id, what: 'event', at: column === 'at' ? 0 : born, visitor: 'poison', kind: 0, key: 5, kiosk: 0, page: '', mode: 0 },
    ...{ referred: false, activeMs: null, foregroundMs: null, scroll: null, touches: null, lengthMs: null },
  };
  books.send(copy);
  books.acknowledge(copy);
  queue.send({ ...noFacts(), events: [event] });
}
