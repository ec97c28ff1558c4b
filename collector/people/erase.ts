/**
 * Erases a person: everything PEOPLE has of them in one transaction, at once; facts, parked messages and files of the history follow,
 * from the same call on and by cron until all is done (erase-work.ts). The list of erasures is written first (docs/decisions/023).
 */
import { barErased, type ErasedVisitor } from '../ingest/erase-facts.ts';
import { announce } from '../notify/webhooks/announce.ts';
import { type Shards, shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { unseal } from './address.ts';
import { eraseQuarantined } from './erase-quarantine.ts';
import { workOff } from './erase-work.ts';
import { ERASED_TABLES } from './erased-tables.ts';
import { hashSubject, keepErasure, listErasure, type Subject } from './erasure-list.ts';
import { appendEntries, CHAIN_START, readRows } from './ledger.ts';
import { spansOfPerson } from './links.ts';

export type ErasingEnv = Shards & { PEOPLE: D1Database; HISTORY?: R2Bucket; ADDRESS_SECRET: string; INDEX_SECRET: string };
/** @property by `my-data`, `user ID` or `replay`. @property until facts up to here are erased, epoch ms; `at` when absent. */
export type ErasingHow = { at: number; by: string; until?: number; random: (bytes: number) => Uint8Array };

/** Days of facts erased before the answer; the others follow within minutes. */
const DAYS_AT_ONCE = 20;

type Found = { addressSealed: string | null; addressIndex: string | null; visitors: ErasedVisitor[]; identities: string[] };

/**
 * What is erased of a person's visitors: all of a browser that was nobody else's; of a shared one the time in which it was theirs, and
 * their opt-ins.
 */
async function visitorsOf(people: D1Database, site: number, person: string, at: number): Promise<ErasedVisitor[]> {
  const [spans, optIns, others] = await Promise.all([
    spansOfPerson(people, site, person),
    people
      .prepare('SELECT visitor, captured_at, received_at FROM opt_ins WHERE site = ?1 AND person = ?2')
      .bind(site, person)
      .all<{ visitor: number; captured_at: number; received_at: number }>(),
    people
      .prepare(
        `SELECT DISTINCT visitor FROM (
           SELECT l.visitor FROM links l WHERE l.site = ?1 AND l.person <> ?2 AND l.visitor IN
             (SELECT visitor FROM opt_ins WHERE site = ?1 AND person = ?2 UNION SELECT visitor FROM links WHERE site = ?1 AND person = ?2)
           UNION ALL SELECT o.visitor FROM opt_ins m JOIN opt_ins o ON o.site = ?1 AND o.visitor = m.visitor AND o.person <> ?2 WHERE m.site = ?1 AND m.person = ?2)`,
      )
      .bind(site, person)
      .all<{ visitor: number }>(),
  ]);
  const shared = new Set(others.results.map(({ visitor }) => visitor));
  const all = new Set([...spans, ...optIns.results].map(({ visitor }) => visitor));
  const whole = [...all].filter((visitor) => !shared.has(visitor)).map((visitor): ErasedVisitor => [visitor, 0, at + 1]);
  const parts = [
    ...spans.map(({ visitor, from, until }): ErasedVisitor => [visitor, from, until ?? at + 1]),
    ...optIns.results.map(({ visitor, captured_at }): ErasedVisitor => [visitor, captured_at, captured_at + 1]),
    ...optIns.results.map(({ visitor, received_at }): ErasedVisitor => [visitor, received_at, received_at + 1]),
  ].filter(([visitor]) => shared.has(visitor));
  return [...whole, ...parts];
}

async function find(people: D1Database, site: number, person: string, at: number): Promise<Found | null> {
  const row = await people
    .prepare('SELECT address_sealed, address_index FROM persons WHERE id = ?1 AND site = ?2')
    .bind(person, site)
    .first<{ address_sealed: string | null; address_index: string | null }>();
  if (!row) return null;
  const { results } = await people
    .prepare('SELECT space, hash FROM identities WHERE site = ?1 AND person = ?2')
    .bind(site, person)
    .all<{ space: string; hash: string }>();
  return {
    addressSealed: row.address_sealed,
    addressIndex: row.address_index,
    visitors: await visitorsOf(people, site, person, at),
    identities: results.map(({ space, hash }) => `${space}\0${hash}`),
  };
}

/** The one transaction: the ledger's last word, then everything else goes. */
async function eraseFromPeople(
  people: D1Database,
  site: Site,
  person: string,
  found: Found,
  how: ErasingHow,
  job: { id: string; subjects: readonly string[] },
): Promise<void> {
  const entry = { person, site: site.id, optIn: person, kind: 'erased' as const, at: how.at, detail: { method: how.by } };
  const rows = await readRows(people, person);
  const head = rows.at(-1) ?? { sequence: 0, rowHash: CHAIN_START };
  // A person known by the site's log-in only has no chain, and needs none; one that came back with a restore may have its last word.
  const last =
    rows.length === 0 || rows.some(({ optIn }) => optIn === person) ? [] : appendEntries(people, [entry], head, how.random);
  await people.batch([
    ...last,
    people
      .prepare(
        "UPDATE ledger SET detail = '', opt_in = 'erased ' || person || ' ' || sequence WHERE person = ?1 AND sequence <= ?2 AND detail <> '' AND opt_in <> person",
      )
      .bind(person, head.sequence),
    ...ERASED_TABLES.map(({ sql }) => {
      const values = [person, site.id, found.addressIndex ?? ''];
      return people.prepare(sql).bind(...(sql.includes('?3') ? values : values.slice(0, 2)));
    }),
    people
      .prepare("INSERT INTO erasures (id, site, at, by, state, work) VALUES (?1, ?2, ?3, ?4, 'facts', ?5)")
      .bind(job.id, site.id, how.at, how.by, JSON.stringify(found.visitors)),
    people
      .prepare(
        'INSERT INTO erased_subjects (site, subject, at) SELECT ?1, value, ?3 FROM json_each(?2) WHERE 1 ON CONFLICT (site, subject) DO UPDATE SET at = max(at, excluded.at)',
      )
      .bind(site.id, JSON.stringify(job.subjects), how.at),
    ...announce(people, { site: site.id, type: 'person.erased', data: { person }, at: how.at, id: person }),
  ]);
}

/**
 * Erases a person of a site. What PEOPLE has is gone when this resolves; of facts and files `done` says whether all are, else cron
 * goes on every minute. Safe to repeat.
 *
 * @returns null when there is no such person at the site.
 * @throws when a database or the bucket does not answer: nothing was erased, or what was is being finished by cron.
 */
export async function erasePerson(
  env: ErasingEnv,
  who: { site: Site; person: string },
  how: ErasingHow,
): Promise<{ id: string; done: boolean } | null> {
  const { site, person } = who;
  for (let attempt = 0; ; attempt += 1) {
    const found = await find(env.PEOPLE, site.id, person, how.until ?? how.at);
    if (!found) return null;
    const row = `${site.id}|person|${person}|address`;
    const address = found.addressSealed === null ? null : await unseal(env.ADDRESS_SECRET, row, found.addressSealed);
    const subjects: Subject[] = [
      { what: 'person', value: person },
      ...(address === null ? [] : [{ what: 'address', value: address } as const]),
      ...found.identities.map((value) => ({ what: 'identity', value }) as const),
    ];
    const id = Buffer.from(how.random(16)).toString('hex');
    const listed = listErasure(env.INDEX_SECRET, site.key, { id, at: how.at, subjects, visitors: found.visitors });
    if (env.HISTORY) await keepErasure(env.HISTORY, listed);
    await barErased(shardFor(env, site), site.id, found.visitors, { id, at: how.at });
    await eraseQuarantined(env, site, { address, visitors: found.visitors }, how.random);
    try {
      const hashes = subjects.map((subject) => hashSubject(env.INDEX_SECRET, site.key, subject));
      await eraseFromPeople(env.PEOPLE, site, person, found, how, { id, subjects: hashes });
    } catch (error) {
      // Somebody wrote to the chain at the same moment: read again what there is.
      if (attempt >= 3 || !/UNIQUE constraint failed/.test(String(error))) throw error;
      continue;
    }
    const done = await workOff(env, site, id, how.at, { days: DAYS_AT_ONCE, files: 0 }).catch(() => false);
    return { id, done };
  }
}
