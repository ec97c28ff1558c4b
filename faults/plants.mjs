/** Bugs that the simulation must catch: texts swapped while the simulation is bundled. The product has no switch for them. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of programs, to be found and replaced as they stand.

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
        'const results = await transact(db, toStatements(db, facts, tables, dictionaries));',
        `await db.batch(FACT_TABLES.map((t) => db.prepare('DROP TRIGGER IF EXISTS ' + t + '_mark')));
         const times = tables.flatMap((t) => facts[t].map((row) => [row.site, row.at, row.foreground_ms ?? 0, /^opt|^ident/.test(t) && row.kind !== 2 ? 1 : 0]));
         await db.batch([db.prepare(\`INSERT INTO dirty (site, start, until)
           SELECT j.value->>0, (j.value->>1) - (j.value->>1) % 900000, max(max((j.value->>1) + (j.value->>2) + 2700000, CASE WHEN j.value->>3 THEN c.detail_before ELSE 0 END))
           FROM json_each(?1) j JOIN closings c ON c.site = j.value->>0 AND j.value->>1 >= c.sealed_before
             AND j.value->>1 < max(c.detail_before, min(c.closed_at, c.detail_reach)) GROUP BY 1, 2
           ON CONFLICT (site, start) DO UPDATE SET until = max(until, excluded.until)\`).bind(JSON.stringify(times))]);
         const results = await transact(db, toStatements(db, facts, tables, dictionaries));`,
      ],
    ],
  },
  'closed-before-its-late-row': {
    says: 'a window that is closed does not take in what arrives late',
    swaps: [['collector/store/migrations/events/0014_marks.sql', 'max(c.detail_before, min(c.closed_at, c.detail_reach))', '0']],
  },
  'mark-lost': {
    says: 'a late row of a piece that is closed is not marked while its day is open',
    swaps: [
      [
        'collector/store/migrations/events/0014_marks.sql',
        'max(c.detail_before, min(c.closed_at, c.detail_reach))',
        'max(c.days_before, min(c.closed_at, c.day_reach))',
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
        'if (steps.length === 0) steps.push([]);\n  if (marks.length > 0) await events.batch([removeMarks(events, site, marks)]);',
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
  'act-not-lasting': {
    says: 'a late act by which a visitor is known marks its own hour, not the days after it',
    swaps: [
      [
        'collector/store/migrations/events/0014_marks.sql',
        'WHEN NEW.kind <> 2 THEN c.detail_before',
        'WHEN 0 THEN c.detail_before',
      ],
    ],
  },
  'reach-forgotten': {
    says: 'what a visit does after its day closed is not told to that day',
    swaps: [['collector/ingest/close-windows.ts', 'if (reach <= since) return [];', 'if (reach >= 0) return [];']],
  },
  'runs-unguarded': {
    says: 'two runs of cron do not notice each other',
    swaps: [
      [
        'collector/ingest/marks.ts',
        '`version = CASE version WHEN ${expected} THEN version + 1 END`',
        '`version = version + 1 + 0 * ${expected}`',
      ],
    ],
  },
  'own-clock-believed': {
    says: 'a sender’s wrong clock is believed',
    swaps: [['collector/collect/read-about.ts', 'at: receivedAt - Math.max(age, 0)', 'at: Math.min(born, receivedAt)']],
  },
  'parked-told-first': {
    says: 'a parked message counts as replayed before the queue has it',
    swaps: [
      [
        'collector/ingest/replay-parked.ts',
        "await spillway.send(JSON.parse(body), { contentType: 'json' });\n    await events.prepare('UPDATE parked SET replayed_at = ?2 WHERE id = ?1').bind(id, nowMs).run();",
        "await events.prepare('UPDATE parked SET replayed_at = ?2 WHERE id = ?1').bind(id, nowMs).run();\n    await spillway.send(JSON.parse(body), { contentType: 'json' });",
      ],
    ],
  },
  'purged-too-far': {
    says: 'a purge takes facts away that visits after the seal began with',
    swaps: [['collector/ingest/expired-facts.ts', 'sealed_before - ${LOOKBACK_MS} FROM', 'sealed_before FROM']],
  },
  'sealed-while-marked': {
    says: 'a day is sealed while it waits to be recomputed',
    swaps: [
      [
        'collector/ingest/seal-day.ts',
        'AND NOT EXISTS (SELECT 1 FROM dirty d WHERE d.site = ?1 AND d.start < ?3 + ${VISIT_REACH_MS})',
        '',
      ],
    ],
  },
};
