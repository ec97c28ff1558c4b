/** Figures by the names of their values, as an answer is built up. */
import { tidyTimes } from '../store/times.ts';
import { noSums } from './cell.ts';
import type { Figures } from './metric.ts';
import { noVisitors } from './visitors.ts';

/** Names of values in the order of the asked dimensions; no stored text contains U+0000. */
export const keyOf = (names: readonly string[]): string => names.join('\0');
export const namesOfKey = (key: string): string[] => key.split('\0');

/** What one span answers: its rows by key, and the same question without dimensions. */
export type Answered = { groups: Map<string, Figures>; total: Figures; rowsRead: number };

export const noFigures = (visitors: boolean): Figures => ({ sums: noSums(), visitors: visitors ? noVisitors() : null });

/** The figures of a key, made when they are not there yet. */
export function figuresAt(groups: Map<string, Figures>, key: string, visitors: boolean): Figures {
  const found = groups.get(key);
  if (found) return found;
  const fresh = noFigures(visitors);
  groups.set(key, fresh);
  return fresh;
}

/** Each bucket of active times once: a distribution is asked several times, and was joined of many. */
export function tidyTimesOf({ sums }: Figures): void {
  sums.times = tidyTimes(sums.times);
}

export const tidyAll = ({ total, groups }: Answered): void => [total, ...groups.values()].forEach(tidyTimesOf);
