/** Swaps texts of the product while the simulation is bundled. */
import { readFile } from 'node:fs/promises';
import { PLANTS } from './plants.mjs';

/** What only the simulation's bundle changes: small chunks, a deadline that a request can bring, and days that may be sealed soon. */
const SETTINGS = [
  ['collector/ingest/commit.ts', 'const MAX_ROWS = 500;', 'const MAX_ROWS = 6;'],
  [
    'collector/collect/commit-or-spill.ts',
    "fail(new Error('commit: deadline')), DEADLINE_MS)",
    "fail(new Error('commit: deadline')), c.deadlineMs ?? DEADLINE_MS)",
  ],
  ['collector/store/retention.ts', 'SETTLED_MS = 44 * DAY_MS', 'SETTLED_MS = 2 * DAY_MS'],
  ['collector/store/retention.ts', 'MIN_RAW_DAYS = 45', 'MIN_RAW_DAYS = 3'],
];

/** The same in a migration, where a text stands once for each table of facts. */
export function swapMigration(plant, file, statements) {
  const own = (plant ? PLANTS[plant].swaps : []).filter(([of]) => of === `collector/store/migrations/events/${file}`);
  return own.reduce((all, [, text, replacement]) => {
    if (!all.some((sql) => sql.includes(text))) throw new Error(`faults: “${text}” is not in ${file}: adapt faults/plants.mjs`);
    return all.map((sql) => sql.replaceAll(text, () => replacement));
  }, statements);
}

/** An esbuild plugin that swaps texts; a text that is not there (any more) fails the build. */
export function swapping(plant, root) {
  const swaps = [...SETTINGS, ...(plant ? PLANTS[plant].swaps : [])];
  return {
    name: 'faults',
    setup(build) {
      build.onLoad({ filter: /collector[\\/].*\.ts$/ }, async ({ path }) => {
        const own = swaps.filter(([file]) => path.replaceAll('\\', '/').endsWith(`${root.replaceAll('\\', '/')}/${file}`));
        if (own.length === 0) return undefined;
        let contents = await readFile(path, 'utf8');
        for (const [file, text, replacement] of own) {
          if (contents.split(text).length !== 2)
            throw new Error(`faults: “${text}” is not once in ${file}: adapt faults/plants.mjs`);
          contents = contents.replace(text, () => replacement);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}
