/**
 * What the sender's clock shows at a transmission. The collector dates a message by the difference of two readings of one clock:
 * the one in its id, and this one. So this must be what the clock that made the id would show now.
 */
import { type Batch, readClocks } from './batch.ts';
import { kit, write } from './kit.ts';

/** Pages whose clocks are remembered: months of days. */
const REMEMBERED = 200;

/**
 * On the same page its own clock tells, however the wall clock was moved meanwhile. For an earlier page it is known when both
 * pages have heard the collector's clock; else the wall clock has to do.
 */
export const readingFor = async ({ boot, base }: Pick<Batch, 'boot' | 'base'>): Promise<number> => {
  const clocks = await readClocks();
  const now = Date.now();
  const then = clocks[`${boot}:${base}`];
  const here = clocks[`${kit.boot}:${kit.base()}`];
  if (then !== undefined && here !== undefined) return now + here - then;
  return boot === kit.boot ? Math.round(performance.now() + base) : now;
};

/** @param heard the collector's clock. @param asked ours, in the middle between question and answer. */
export const noteClock = async (heard: number, asked: number): Promise<void> => {
  const clocks = await readClocks();
  const name = `${kit.boot}:${kit.base()}`;
  const ahead = Math.round(heard - asked);
  if (name in clocks && Math.abs((clocks[name] ?? 0) - ahead) < 1_000) return;
  const kept = Object.entries(clocks).filter(([one]) => one !== name);
  await write({ clocks: Object.fromEntries([...kept.slice(1 - REMEMBERED), [name, ahead]]) });
};
