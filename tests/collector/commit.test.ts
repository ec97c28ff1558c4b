/** The one commit function: order, repetition and splitting change nothing, and a repeat writes nothing. */
import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commit, splitFacts } from '../../collector/ingest/commit.ts';
import { openWindows } from '../../collector/ingest/windows.ts';
import { DICTIONARIES, FACT_TABLES, type Facts, type FactTable, noFacts } from '../../collector/store/facts.ts';

const HOUR = 3_600_000;
const BORN = Date.parse('2026-10-20T08:00:00Z');
const CLOSED = BORN + 2 * HOUR;
let sites = 10_000;

/** A site whose windows are closed up to two hours after the first fact. */
async function closedSite(sealed = 0): Promise<number> {
  sites += 1;
  await openWindows(env.EVENTS, { id: sites, key: '', name: '', hosts: [], zone: 'UTC', language: 'fr', createdAt: BORN });
  await env.EVENTS.prepare(
    'UPDATE closings SET closed_before = ?2, detail_before = ?2, days_before = ?2, closed_at = ?2, sealed_before = ?3 WHERE site = ?1',
  )
    .bind(sites, CLOSED, sealed)
    .run();
  return sites;
}

type State = { table: FactTable; key: number; a: number | null; b: number | null; c: number | null };
/** Facts of some states: what never changes follows from the key, what grows is the state's. */
function factsOf(site: number, states: State[]): Facts {
  const facts = noFacts();
  for (const { table, key, a, b, c } of states) {
    const born = BORN + key * 45 * 60_000;
    const where = { site, born, rand: key, at: born + (key % 2) * 2 * HOUR, store: 0, kiosk: 0, page: 70 + key, flags: 0 };
    const about = { ...where, visitor: 100 + key, kind: 0, mode: 0 } as const;
    facts.pages.push({ site, hash: 70 + key, host: 'shop.example', path: `/${key}`, page_group: null });
    if (table === 'pageviews')
      facts.pageviews.push({
        ...about,
        origin: 0,
        place: 0,
        device: 1,
        browser: 1,
        os: 1,
        language: 0,
        active_ms: a,
        foreground_ms: b,
        scroll: c,
      });
    if (table === 'events') facts.events.push({ ...about, name: 5, props: null });
    if (table === 'opt_ins') facts.opt_ins.push({ ...about, confirmed_at: a, ended_at: b });
    if (table === 'identifications') facts.identifications.push({ ...about, act: 1, ended_at: a });
    if (table === 'kiosk_visits')
      facts.kiosk_visits.push({ ...about, kind: 2, touches: a ?? 1, length_ms: b ?? 0, ended: c ? 3 : 0 });
    if (table === 'exposures') facts.exposures.push({ ...where, shown_ms: a });
  }
  return facts;
}
const tablesOf = async (site: number) => {
  const tables = await Promise.all(
    [...FACT_TABLES, ...DICTIONARIES, 'dirty'].map((t) =>
      env.EVENTS.prepare(`SELECT * FROM ${t} WHERE site = ?1`).bind(site).all(),
    ),
  );
  return tables.map(({ results }) => results.map(({ site: _site, ...row }) => row));
};

const grown = fc.option(fc.integer({ min: 1, max: 4 * HOUR }));
const state: fc.Arbitrary<State> = fc.record({
  table: fc.constantFrom(...FACT_TABLES),
  key: fc.nat(4),
  a: grown,
  b: grown,
  c: grown,
});

test('any order, repetition and splitting of the same states ends in the same tables, marks included', async () => {
  const plan = fc.array(state, { minLength: 1, maxLength: 14 }).chain((states) =>
    fc.record({
      states: fc.constant(states),
      order: fc.shuffledSubarray([...states, ...states], { minLength: states.length * 2 }),
      cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 28, maxLength: 28 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(plan, async ({ states, order, cuts }) => {
      const [together, apart] = [await closedSite(), await closedSite()];
      await commit(env.EVENTS, factsOf(together, states));
      let from = 0;
      for (const size of cuts) {
        await commit(env.EVENTS, factsOf(apart, order.slice(from, from + size)));
        from += size;
      }
      expect(await tablesOf(apart)).toEqual(await tablesOf(together));
      expect(await commit(env.EVENTS, factsOf(apart, states))).toEqual({ rowsWritten: 0, conflicts: [] });
    }),
    { numRuns: 25 },
  );
});

test('1,234 facts in parts of at most 500, each stored once, with every dictionary entry', async () => {
  const site = await closedSite();
  const facts = noFacts();
  for (let i = 0; i < 1_234; i += 1) {
    const [event] = factsOf(site, [{ table: 'events', key: 0, a: null, b: null, c: null }]).events;
    if (event) facts.events.push({ ...event, rand: i, page: 1_000 + i });
    facts.pages.push({ site, hash: 1_000 + i, host: 'shop.example', path: `/${i}`, page_group: null });
  }
  const parts = splitFacts(facts);
  expect(parts.map((part) => part.events.length)).toEqual([500, 500, 234]);
  for (const part of parts) await commit(env.EVENTS, part);
  for (const part of parts) expect((await commit(env.EVENTS, part)).rowsWritten).toBe(0);
  const row = await env.EVENTS.prepare(
    'SELECT count(*) AS n, count(DISTINCT p.path) AS paths FROM events e JOIN pages p ON p.site = e.site AND p.hash = e.page WHERE e.site = ?1',
  )
    .bind(site)
    .first();
  expect(row).toEqual({ n: 1_234, paths: 1_234 });
});

test('time is marked dirty only where something changes in closed, unsealed time', async () => {
  const site = await closedSite(BORN - HOUR);
  const marks = async () => {
    const { results } = await env.EVENTS.prepare('SELECT start, until FROM dirty WHERE site = ?1').bind(site).all();
    await env.EVENTS.prepare('DELETE FROM dirty WHERE site = ?1').bind(site).run();
    return results;
  };
  const at = (key: number, more: Partial<State> = {}) =>
    factsOf(site, [{ table: 'pageviews', key, a: 10, b: 20, c: null, ...more }]);
  const gap = HOUR / 2;
  const quarter = HOUR / 4;
  await commit(env.EVENTS, at(0));
  expect(await marks()).toEqual([{ start: BORN, until: BORN + gap + quarter }]);
  await commit(env.EVENTS, at(0));
  await commit(env.EVENTS, at(0, { a: 3, b: null }));
  expect(await marks()).toEqual([]);
  await commit(env.EVENTS, at(0, { a: 11, b: HOUR }));
  expect(await marks()).toEqual([{ start: BORN, until: BORN + HOUR + gap }]);
  const [row] = at(0, { a: 9 * HOUR, b: 9 * HOUR }).pageviews;
  await commit(env.EVENTS, { ...noFacts(), pageviews: row ? [{ ...row, visitor: 999 }] : [] });
  await commit(env.EVENTS, at(4));
  await commit(env.EVENTS, { ...noFacts(), pageviews: row ? [{ ...row, born: 1, at: BORN - 2 * HOUR }] : [] });
  expect(await marks()).toEqual([]);
});
