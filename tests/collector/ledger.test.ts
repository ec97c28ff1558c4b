/** The ledger: whatever is tried in whatever order, what stands in it is lawful and one unbroken chain; a planted alteration is always found. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { makeDigests, readLeaves } from '../../collector/people/digest.ts';
import { erasePerson } from '../../collector/people/erase.ts';
import { appendEntries, forEach, headOf, type Purpose, readRows } from '../../collector/people/ledger.ts';
import { CHAIN_START, hashRow, KINDS, type LedgerKind, mayFollow, stateAfter } from '../../collector/people/ledger-chain.ts';
import { makeProof } from '../../collector/people/proof.ts';
import type { Proof } from '../../collector/people/proof-shape.ts';
import { verifyProof } from '../../collector/people/verify-proof.ts';
import type { Site } from '../../collector/store/sites.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { DAY, fresh, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const bytes = randomBytes(seeded(55));
let site: Site;
beforeAll(async () => {
  site = await makeSite(NOW - 60 * DAY);
});
const PURPOSES: readonly Purpose[] = ['news', 'link', 'all'];

test('random acts in random order, by writers at once: the table takes what is lawful and nothing else, in one chain', async () => {
  for (let seed = 0; seed < (env.LONG ? 60 : 3); seed += 1) {
    const random = seeded(seed + 1);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const person = `p${seed}`;
    let refused = 0;
    for (let i = 0; i < 40; i += 1) {
      const kind: LedgerKind = pick(random() < 0.4 ? ['submitted'] : KINDS.filter((k) => k !== 'erased' || random() < 0.2));
      const act = { person, site: site.id, optIn: `${seed}-${pick([1, 2, 3])}`, kind, at: NOW + i, detail: { i } };
      const entries = random() < 0.3 ? forEach(['news', 'link'], act) : [{ ...act, purpose: pick(PURPOSES) }];
      const rows = await readRows(env.PEOPLE, person);
      // Another writer may have been there meanwhile: an old head.
      const head =
        random() < 0.15 && rows.length > 1
          ? (rows.at(-2) ?? (await headOf(env.PEOPLE, person)))
          : await headOf(env.PEOPLE, person);
      const written = await env.PEOPLE.batch(appendEntries(env.PEOPLE, entries, head, bytes)).then(
        () => true,
        (error: unknown) => {
          expect(String(error)).toMatch(/UNIQUE constraint failed|cannot follow/);
          return false;
        },
      );
      if (!written) refused += 1;
      const now = await readRows(env.PEOPLE, person);
      expect(now).toHaveLength(rows.length + (written ? entries.length : 0));
    }
    expect(refused).toBeGreaterThan(3);
    const rows = await readRows(env.PEOPLE, person);
    let previous = CHAIN_START;
    for (const [i, { rowHash, ...row }] of rows.entries()) {
      expect([row.sequence, row.previousHash, hashRow(row)]).toEqual([i + 1, previous, rowHash]);
      expect(
        mayFollow(stateAfter(rows.slice(0, i), row.optIn, row.purpose), row.kind),
        JSON.stringify(rows.map((r) => [r.optIn, r.purpose, r.kind])),
      ).toBe(true);
      previous = rowHash;
    }
  }
}, 600_000);

test('nothing in the table can be changed or deleted; not even after an erasure, but for its details', async () => {
  const row = { person: 'stands', site: site.id, optIn: 'stands', kind: 'submitted' as const, at: NOW, detail: {} };
  await env.PEOPLE.batch(appendEntries(env.PEOPLE, [row], await headOf(env.PEOPLE, 'stands'), bytes));
  const attempt = (sql: string) => env.PEOPLE.prepare(sql).run();
  for (const sql of [
    "DELETE FROM ledger WHERE person = 'stands'",
    "UPDATE ledger SET at = at + 1 WHERE person = 'stands'",
    "UPDATE ledger SET kind = 'confirmed' WHERE person = 'stands'",
    "UPDATE ledger SET detail = '' WHERE person = 'stands'",
    "UPDATE ledger SET detail = '', opt_in = 'erased stands 1' WHERE person = 'stands'",
    "INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE person = 'stands'",
  ])
    await expect(attempt(sql), sql).rejects.toThrow(/append-only|UNIQUE|cannot follow/);
});

/** A person with a history of some days, whose days are signed. */
async function provable(): Promise<{ person: string; proof: Proof }> {
  site = await makeSite(NOW - 60 * DAY);
  const email = fresh('proof');
  const message = optInAt(NOW, email, { boxes: { news: true, link: true } });
  expect((await submitAt(NOW, site, [message])).json).toEqual({ ok: 1, rej: [] });
  const person = String((await personOf(message.id))?.person);
  const act = { person, site: site.id, optIn: String(message.id), detail: { method: 'test' } };
  const write = async (kind: LedgerKind, at: number, purposes: Purpose[]) =>
    env.PEOPLE.batch(appendEntries(env.PEOPLE, forEach(purposes, { ...act, kind, at }), await headOf(env.PEOPLE, person), bytes));
  await write('confirmed', NOW + 60_000, ['news', 'link']);
  await write('withdrawn', NOW + 2 * DAY, ['link']);
  while ((await makeDigests(env, site, NOW + 5 * DAY, 3)) > 0) {
    /* until every day is signed */
  }
  const proof = await makeProof(env, site, person, NOW + 5 * DAY);
  if (!proof) throw new Error('no proof');
  return { person, proof };
}

const copy = (proof: Proof): Proof => JSON.parse(JSON.stringify(proof));
const verdict = async (proof: unknown) => (await verifyProof(proof)).sound;

test('a proof holds by itself, and every alteration of it is found, wherever it is', async () => {
  const { proof } = await provable();
  expect(await verifyProof(copy(proof))).toEqual({ sound: true, problems: [], warnings: [], keys: [proof.signature.publicKey] });
  expect(proof.entries.map(({ kind, purpose }) => `${kind} ${purpose}`)).toEqual([
    ...['submitted news', 'submitted link', 'confirmed news', 'confirmed link', 'withdrawn link'],
  ]);
  expect(proof.digests.length).toBe(2);
  // Every value in the file, one after the other, a little different.
  const paths: (string | number)[][] = [];
  const walk = (value: unknown, path: (string | number)[]): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    else paths.push(path);
  };
  walk(proof, []);
  expect(paths.length).toBeGreaterThan(100);
  for (const path of paths) {
    const altered = copy(proof);
    let at: unknown = altered;
    for (const key of path.slice(0, -1)) at = Reflect.get(Object(at), key);
    const last = path.at(-1) ?? '';
    const value: unknown = Reflect.get(Object(at), last);
    const other =
      typeof value === 'number'
        ? value + 1
        : typeof value === 'string'
          ? value === ''
            ? 'x'
            : value.replace(/.$/u, (c) => (c === 'a' ? 'b' : 'a'))
          : 'x';
    Reflect.set(Object(at), last, other);
    expect(await verdict(altered), path.join('.')).toBe(false);
  }
});

test('an alteration planted in the database is found, even by somebody who rewrites the chain behind it', async () => {
  const { person, proof } = await provable();
  const triggers = ['ledger_stands', 'ledger_stays', 'ledger_next', 'ledger_lawful'];
  const { results } = await env.PEOPLE.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all<{
    name: string;
    sql: string;
  }>();
  // Whoever owns the database can drop what protects it.
  for (const name of triggers) await env.PEOPLE.prepare(`DROP TRIGGER ${name}`).run();
  const plants: [string, () => Promise<unknown>][] = [
    [
      'another time',
      () => env.PEOPLE.prepare('UPDATE ledger SET at = at - 1 WHERE person = ?1 AND sequence = 3').bind(person).run(),
    ],
    [
      'another detail',
      () =>
        env.PEOPLE.prepare(
          "UPDATE ledger SET detail = replace(detail, 'checkbox', 'telephone') WHERE person = ?1 AND sequence = 1",
        )
          .bind(person)
          .run(),
    ],
    [
      'a withdrawal that never was',
      () => env.PEOPLE.prepare('DELETE FROM ledger WHERE person = ?1 AND sequence = 5').bind(person).run(),
    ],
    [
      'a consent that never was',
      async () => {
        const rows = await readRows(env.PEOPLE, person);
        await env.PEOPLE.prepare('DELETE FROM ledger WHERE person = ?1').bind(person).run();
        let head = { sequence: 0, rowHash: CHAIN_START };
        for (const row of rows.slice(0, 4)) {
          const { salt: _salt, optIn: _optIn, ...detail } = JSON.parse(row.detail);
          await env.PEOPLE.batch(appendEntries(env.PEOPLE, [{ ...row, at: row.at - 1_000, detail }], head, bytes));
          head = await headOf(env.PEOPLE, person);
        }
      },
    ],
  ];
  const columns = 'person, sequence, site, opt_in, kind, at, detail, previous_hash, row_hash, purpose, version, detail_sha256';
  const { results: saved } = await env.PEOPLE.prepare(`SELECT ${columns} FROM ledger WHERE person = ?1 ORDER BY sequence`)
    .bind(person)
    .all();
  const restore = async () => {
    await env.PEOPLE.prepare('DELETE FROM ledger WHERE person = ?1').bind(person).run();
    for (const row of saved)
      await env.PEOPLE.prepare(`INSERT INTO ledger (${columns}) VALUES (${columns.split(', ').map((_, i) => `?${i + 1}`)})`)
        .bind(...columns.split(', ').map((c) => row[c]))
        .run();
  };
  expect(await verdict(await makeProof(env, site, person, NOW + 6 * DAY))).toBe(true);
  for (const [name, plant] of plants) {
    await plant();
    expect(await verdict(await makeProof(env, site, person, NOW + 6 * DAY)), name).toBe(false);
    await restore();
  }
  // The leaves in R2, rewritten to fit: the root they lead to is not the one that was signed.
  const day = proof.digests.at(-1)?.day ?? '';
  const file = `digests/site=${site.key}/${day}.json`;
  const stored = (await (await env.HISTORY.get(file))?.text()) ?? '';
  await env.HISTORY.put(file, stored.replaceAll(person, 'somebody-else'));
  expect(await verdict(await makeProof(env, site, person, NOW + 6 * DAY))).toBe(false);
  await env.HISTORY.put(file, stored);
  for (const { name, sql } of results.filter((t) => triggers.includes(t.name)))
    await env.PEOPLE.prepare(sql.replace(name, name)).run();
  expect(await verdict(await makeProof(env, site, person, NOW + 6 * DAY))).toBe(true);
});

test('another key is named, and refused where the reader knows the right one', async () => {
  const { person, proof } = await provable();
  const other = { ...env, LEDGER_SECRET: 'somebody else’s' };
  const forged = await makeProof(other, site, person, NOW + 5 * DAY);
  expect((await verifyProof(forged)).keys).toHaveLength(2);
  expect((await verifyProof(forged, [proof.signature.publicKey])).sound).toBe(false);
  expect((await verifyProof(proof, [proof.signature.publicKey])).sound).toBe(true);
});

test('after an erasure the chain still verifies, says that it was erased, and says nothing else', async () => {
  const { person, proof } = await provable();
  await erasePerson(env, { site, person }, { at: NOW + 5 * DAY, by: 'my-data', random: bytes });
  const after = await makeProof(env, site, person, NOW + 5 * DAY + 1);
  expect((await verifyProof(after)).problems).toEqual([]);
  expect(after?.address).toBeNull();
  expect(after?.entries.at(-1)?.kind).toBe('erased');
  const before = JSON.parse(proof.entries[0]?.detail ?? '{}');
  for (const told of [proof.address, before.salt, before.addressSha256, before.path, proof.entries[0]?.optIn])
    expect(JSON.stringify(after)).not.toContain(String(told));
});

test('each day is signed once, chained to the day before, whatever runs at once; what is dated earlier is covered later', async () => {
  const own = await makeSite(NOW - 60 * DAY);
  const write = async (person: string, at: number) =>
    env.PEOPLE.batch(
      appendEntries(
        env.PEOPLE,
        [{ person, site: own.id, optIn: `${person}-${at}`, kind: 'submitted', at, detail: {} }],
        await headOf(env.PEOPLE, person),
        bytes,
      ),
    );
  expect(await makeDigests(env, own, NOW, 5)).toBe(0);
  await write('a', NOW - 3 * DAY);
  await write('b', NOW - 3 * DAY + 1);
  await write('a', NOW - DAY);
  await Promise.all([makeDigests(env, own, NOW, 1), makeDigests(env, own, NOW, 1)]);
  while ((await makeDigests(env, own, NOW, 5)) > 0) {
    /* all */
  }
  await write('late', NOW - 3 * DAY + 5);
  await write('c', NOW);
  expect(await makeDigests(env, own, NOW, 5)).toBe(0);
  expect(await makeDigests(env, own, NOW + 2 * DAY, 5)).toBe(1);
  const { results } = await env.PEOPLE.prepare(
    'SELECT day, heads, previous, sha256 FROM ledger_digests WHERE site = ?1 ORDER BY day',
  )
    .bind(own.id)
    .all<{ day: string; heads: number; previous: string; sha256: string }>();
  expect(results.map(({ day, heads }) => [day, heads])).toEqual([
    ['2026-10-17', 2],
    ['2026-10-19', 1],
    ['2026-10-20', 2],
  ]);
  expect(results.map(({ previous }) => previous)).toEqual(['0'.repeat(64), ...results.slice(0, -1).map(({ sha256 }) => sha256)]);
  expect((await readLeaves(env.HISTORY, own.key, '2026-10-20'))?.map(({ person }) => person)).toEqual(['c', 'late']);
  await expect(env.PEOPLE.prepare('UPDATE ledger_digests SET heads = 0').run()).rejects.toThrow(/never changes/);
  const proof = await makeProof(env, own, 'late', NOW + 9 * DAY);
  expect(await verifyProof(proof)).toMatchObject({ sound: true, problems: [] });
});

test.each([null, 7, 'x', {}, { v: 2 }, [], { v: 1, kind: 'comptoir consent proof', entries: [{}] }])(
  '%j is no proof, and said to be none',
  async (file) => {
    expect(await verifyProof(file)).toMatchObject({ sound: false, problems: [expect.stringContaining('not a proof')] });
  },
);
