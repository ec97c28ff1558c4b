/**
 * Which clock dates a message. A kiosk's wall clock is set back by a power cut and forward by the network; the clock of a page
 * only runs. So each message remembers the page it was made on (`boot`) and what the wall clock was ahead of the page's clock
 * (`base`): whoever sends it can tell how long ago that was, however the wall clock was moved since.
 */
import { makeId } from '../id.ts';

/** Wall clocks are adjusted by small steps all day long. */
const JUMP = 2_000;

export const boot = makeId().slice(12);
let known = Number.NaN;

/** The same number until the wall clock is moved. */
export const base = (): number => {
  const now = Math.round(Date.now() - performance.now());
  if (!(Math.abs(now - known) < JUMP)) known = now;
  return known;
};

const births = new Map<string, string>();

/** An id, and the clock it was made by. */
export const makeDatedId = (): string => {
  const id = makeId();
  if (births.size > 500) births.clear();
  births.set(id, stamp());
  return id;
};

const stamp = (): string => `${boot}:${base()}:`;
/** The clock of an id: what is written before its message. */
export const stampOf = (id: string): string => births.get(id) ?? stamp();
