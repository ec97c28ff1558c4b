/** Chance, by a seed: the same seed draws the same for ever. */
import { seeded } from '../demo/seeded.ts';

export type Dice = {
  /** A whole number from 0 to n − 1. */
  below: (n: number) => number;
  chance: (percent: number) => boolean;
  /** An id that a sender's clock made at a moment. */
  idAt: (born: number) => string;
  of: <T>(list: readonly T[], fallback: T) => T;
  /** One of several, each as often as its weight says. */
  weighed: <T>(list: readonly (readonly [weight: number, value: T])[], fallback: T) => T;
};

export function diceOf(seed: number): Dice {
  const random = seeded(seed * 2_654_435_761);
  const below = (n: number) => Math.floor(random() * n);
  const hex = (digits: number) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  return {
    below,
    chance: (percent) => random() * 100 < percent,
    idAt: (born) => Math.max(0, born).toString(16).padStart(12, '0') + hex(12),
    of: (list, fallback) => list[below(list.length)] ?? fallback,
    weighed: (list, fallback) => {
      let left = random() * list.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of list) {
        left -= weight;
        if (left < 0) return value;
      }
      return fallback;
    },
  };
}
