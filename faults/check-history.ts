/** What must hold when days were sealed: what they count is in the history, and nothing there is anything else. */
import { contentOf, contentOfRow, isTable } from './content.ts';
import type { Game } from './game.ts';

type Line = Record<string, unknown>;
const isLine = (value: unknown): value is Line => typeof value === 'object' && value !== null;

async function readLines(history: R2Bucket, key: string): Promise<Line[]> {
  const { objects } = await history.list({ prefix: `site=${key}/` });
  const lines: Line[] = [];
  for (const { key: name } of objects) {
    const file = name.endsWith('.gz') ? await history.get(name) : null;
    if (!file) continue;
    const text = await new Response(file.body.pipeThrough(new DecompressionStream('gzip'))).text();
    for (const line of text.split('\n')) {
      const value: unknown = line === '' ? null : JSON.parse(line);
      if (isLine(value)) lines.push(value);
    }
  }
  return lines;
}

/** Compares the history with the sealed days as they were when they were sealed: what is purged is nowhere else. */
export async function checkHistory({ world, books, tally }: Game): Promise<void> {
  const lines = await readLines(world.env.HISTORY, world.site.key);
  const said = new Set<string>();
  for (const line of lines) {
    const table = String(line.fact);
    if (isTable(table)) said.add(contentOfRow(table, (column) => line[column]));
  }
  let from = Number.NEGATIVE_INFINITY;
  for (const { until, facts } of books.sealed) {
    for (const f of facts) {
      if (f.at < from || f.at >= until) continue;
      tally.add('facts found in the history');
      if (!said.has(contentOf(f))) throw new Error(`history: ${f.what} ${f.id} is not there as it was sealed`);
    }
    from = until;
  }
  for (const object of (await world.env.HISTORY.list({ prefix: `site=${world.site.key}/` })).objects)
    await world.env.HISTORY.delete(object.key);
}
