/** Bugs that the simulation must catch: texts swapped while the simulation is bundled. The product has no switch for them. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of programs, to be found and replaced as they stand.

/** What only the simulation's bundle changes: small chunks, and a deadline that a request can bring. */
const SETTINGS = [
  ['collector/ingest/commit.ts', 'const MAX_ROWS = 500;', 'const MAX_ROWS = 6;'],
  [
    'collector/collect/commit-or-spill.ts',
    "fail(new Error('commit: deadline')), DEADLINE_MS)",
    "fail(new Error('commit: deadline')), c.deadlineMs ?? DEADLINE_MS)",
  ],
];

/** @type {Record<string, {says: string, swaps: string[][]}>} name → what is wrong, and `[file, text, replacement]`. */
export const PLANTS = {
  'increment-not-maximum': {
    says: 'cumulative columns are added up instead of taking the maximum',
    swaps: [
      [
        'collector/store/commit-sql.ts',
        '`${c} = max(coalesce(excluded.${c}, ${table}.${c}), coalesce(${table}.${c}, excluded.${c}))`',
        '`${c} = coalesce(${table}.${c}, 0) + coalesce(excluded.${c}, 0)`',
      ],
    ],
  },
  'ignore-hides-null': {
    says: 'INSERT OR IGNORE drops a row with a missing value without an error',
    swaps: [
      [
        'collector/store/commit-sql.ts',
        'return `INSERT INTO ${table} (${columns.join',
        'return `INSERT OR IGNORE INTO ${table} (${columns.join',
      ],
    ],
  },
  'mark-outside-transaction': {
    says: 'dirty marks are written in a transaction of their own, before the facts',
    swaps: [
      [
        'collector/ingest/commit.ts',
        'const results = await db.batch(commitStatements(tables, dictionaries).map((sql) => db.prepare(sql).bind(payload)));',
        `const all = commitStatements(tables, dictionaries);
         const isMark = (sql) => sql.startsWith('INSERT INTO dirty');
         const bound = (list) => list.map((sql) => db.prepare(sql).bind(payload));
         if (all.some(isMark)) await db.batch(bound(all.filter(isMark)));
         const results = await db.batch(bound(all.filter((sql) => !isMark(sql))));`,
      ],
    ],
  },
  'mark-lost': {
    says: 'a late row of an hour that is closed is not marked while its day is open',
    swaps: [
      [
        'collector/store/commit-sql.ts',
        '(n.at < c.detail_before OR (n.at < c.closed_at AND n.at < c.detail_reach))',
        'n.at < c.days_before',
      ],
    ],
  },
  'ack-before-commit': {
    says: 'the answer is given before the facts are stored',
    swaps: [
      [
        'collector/collect/accept.ts',
        'const conflicts = await commitOrSpill(',
        'const later = (...args) => { c.later(commitOrSpill(...args)); return []; };\n  const conflicts = later(',
      ],
    ],
  },
  'queue-ack-before-commit': {
    says: 'the consumer acknowledges messages before it commits them',
    swaps: [
      [
        'collector/ingest/consumer.ts',
        'for (const part of splitFacts(merge(valid)))',
        'for (const m of messages) m.ack();\n    for (const part of splitFacts(merge(valid)))',
      ],
    ],
  },
  'mark-removed-first': {
    says: 'a dirty mark is removed before its windows are computed',
    swaps: [
      [
        'collector/ingest/recompute-windows.ts',
        'if (steps.length === 0) steps.push([]);',
        "if (steps.length === 0) steps.push([]);\n  await events.prepare('DELETE FROM dirty WHERE site = ?1 AND start = ?2').bind(site.id, first.start).run();",
      ],
    ],
  },
  'conflict-accepted': {
    says: 'a message under an id of another visitor changes that visitor’s row',
    swaps: [
      [
        'collector/store/commit-sql.ts',
        "table === 'exposures' ? '1' : `(${stored}.visitor",
        "table.length > 0 ? '1' : `(${stored}.visitor",
      ],
    ],
  },
};

/** An esbuild plugin that swaps texts; a text that is not there (any more) fails the build. */
export function swapping(plant, root) {
  const swaps = [...SETTINGS, ...(plant ? PLANTS[plant].swaps : [])];
  return {
    name: 'faults',
    setup(build) {
      build.onLoad({ filter: /collector[\\/].*\.ts$/ }, async ({ path }) => {
        const { readFile } = await import('node:fs/promises');
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
