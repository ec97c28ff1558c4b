/** Feeds lines of the history back into `commit`: what is there already changes nothing, what is missing comes back. */
import { noFacts } from '../store/facts.ts';
import { fromLine } from '../store/history-line.ts';
import type { Site } from '../store/sites.ts';
import { commit } from './commit.ts';
import { isFacts } from './consumer.ts';
import { openWindows } from './windows.ts';

/** As many facts as a commit takes. */
const AT_ONCE = 500;

export type Replayed = { lines: number; notLines: number; rowsWritten: number };

/**
 * Replays one file's lines into the database that holds the site. Facts of sealed days are refused there, and counted as
 * `late_refused`: they are in the rollups.
 *
 * @param lines the unpacked lines, in any order; repeating a file is harmless.
 */
export async function replayLines(events: D1Database, site: Site, lines: readonly string[]): Promise<Replayed> {
  await openWindows(events, site);
  const replayed: Replayed = { lines: 0, notLines: 0, rowsWritten: 0 };
  for (let i = 0; i < lines.length; i += AT_ONCE) {
    const batch: Record<string, unknown[]> = { ...noFacts() };
    for (const text of lines.slice(i, i + AT_ONCE)) {
      if (text === '') continue;
      const line = fromLine(text, site.id);
      if (!line) {
        replayed.notLines += 1;
        continue;
      }
      replayed.lines += 1;
      batch[line.table]?.push(line.row);
      for (const { dictionary, row } of line.entries) batch[dictionary]?.push(row);
    }
    if (!isFacts(batch)) throw new Error('replay: a file of ours has cells that no fact has');
    replayed.rowsWritten += (await commit(events, batch)).rowsWritten;
  }
  return replayed;
}
