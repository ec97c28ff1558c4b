/** A few steps that are drawn on purpose, because chance alone seldom brings together what must meet in them. */
import type { Dice } from './dice.ts';
import type { Acts } from './draw-acts.ts';
import type { Traffic } from './draw-traffic.ts';
import type { Step } from './scenario.ts';

export type Stage = { dice: Dice; traffic: Traffic; acts: Acts; midnights: readonly number[] };
/** Steps from a moment on. */
export type Situation = (stage: Stage, now: number) => Step[];
