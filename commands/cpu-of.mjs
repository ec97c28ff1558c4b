/** How much processor time a process has used: what a measurement on a busy machine can still tell. */
import { existsSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second on every machine this runs on (getconf CLK_TCK). */
const TICKS_PER_SECOND = 100;

/** @param {number | null} pid @returns seconds, or null where there is no /proc. */
export function cpuOf(pid) {
  const file = `/proc/${pid}/stat`;
  if (!pid || !existsSync(file)) return null;
  const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
