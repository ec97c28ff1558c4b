/**
 * What the sender's clock shows at a transmission. The collector dates a message by the difference of two readings of one clock:
 * the one in its id, and this one. So this must be what the clock that made the id would show now.
 */
import { type Batch, type Entry, readClocks } from './batch.ts';
import { kit, write } from './kit.ts';

/** Pages whose clocks are remembered: months of days. */
const REMEMBERED = 200;

const here = (): string => `${kit.boot}:${kit.base()}`;
/** Whether this page's clock is known by the collector's. */
export const hasHeard = async (): Promise<boolean> => here() in (await readClocks());

/** Clocks are adjusted by less than this all day long. */
const SET_BACK = 60_000;
const madeAt = ({ key }: Entry): number => Number.parseInt(key.slice(2, 14), 16);

/**
 * On the same page its own clock tells, however the wall clock was moved meanwhile. For an earlier page it is known when both
 * pages have heard the collector's clock; else the wall clock has to do. When by that what was made is still to come, the clock was
 * set back since, as by a power cut: then the page was as wrong as the last one before this that heard.
 */
export const readingFor = async ({ boot, base, entries }: Pick<Batch, 'boot' | 'base' | 'entries'>): Promise<number> => {
  const clocks = await readClocks();
  const now = Date.now();
  const then = clocks[`${boot}:${base}`];
  const ahead = clocks[here()];
  if (then !== undefined && ahead !== undefined) return now + ahead - then;
  if (boot === kit.boot) return Math.round(performance.now() + base);
  if (ahead === undefined || Math.max(...entries.map(madeAt)) < now + SET_BACK) return now;
  const before = Object.entries(clocks)
    .filter(([name]) => !name.startsWith(kit.boot))
    .at(-1);
  return now + ahead - (before?.[1] ?? 0);
};

/** @param heard the collector's clock. @param asked ours, in the middle between question and answer. */
export const noteClock = async (heard: number, asked: number): Promise<void> => {
  const clocks = await readClocks();
  const name = here();
  const ahead = Math.round(heard - asked);
  if (name in clocks && Math.abs((clocks[name] ?? 0) - ahead) < 1_000) return;
  const kept = Object.entries(clocks).filter(([one]) => one !== name);
  await write({ clocks: Object.fromEntries([...kept.slice(1 - REMEMBERED), [name, ahead]]) });
};
