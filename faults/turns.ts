/** Which of several actors goes first, at every question to a database: chance decides, by a seed. */
import { seeded } from '../demo/seeded.ts';
import type { Turn } from './direct-database.ts';

const MOST_TICKS = 16;

/** Waits some ticks before each question, and now and then until everything else that is ready has gone on. */
export function turnsOf(seed: number): Turn {
  const random = seeded(seed + 77);
  return async () => {
    const dice = random();
    if (dice < 0.1) await new Promise((resolve) => setTimeout(resolve, 0));
    for (let ticks = Math.floor(dice * MOST_TICKS); ticks > 0; ticks -= 1) await null;
  };
}
