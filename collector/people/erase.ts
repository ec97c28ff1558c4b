/**
 * Erases a person: everything PEOPLE has of them in one transaction, at once; facts, parked messages and files of the history follow,
 * from the same call on and by cron until all is done (erase-work.ts). The list of erasures is written first (docs/decisions/023).
 */
import { barErased } from '../ingest/erase-facts.ts';
import { announce } from '../notify/webhooks/announce.ts';
import { type Shards, shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { unseal } from './address.ts';
import { eraseQuarantined } from './erase-quarantine.ts';
import { workOff } from './erase-work.ts';
import { ERASED_TABLES } from './erased-tables.ts';
import { hashSubject, keepErasure, listErasure, type Subject } from './erasure-list.ts';
import { type Found, findErased } from './find-erased.ts';
import { appendEntries, CHAIN_START, readRows } from './ledger.ts';

export type ErasingEnv = Shards & { PEOPLE: D1Database; HISTORY?: R2Bucket; ADDRESS_SECRET: string; INDEX_SECRET: string };
/** @property by `my-data`, `user ID` or `replay`. @property until facts up to here are erased, epoch ms; `at` when absent. */
export type ErasingHow = { at: number; by: string; until?: number; random: (bytes: number) => Uint8Array };

/** Days of facts erased before the answer; the others follow within minutes. */
const DAYS_AT_ONCE = 20;

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
    const found = await findErased(env.PEOPLE, site.id, person, how.until ?? how.at);
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
