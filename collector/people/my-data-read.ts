/** Everything that is kept of a person, for themselves: as a page, and as a file for other programs. */
import { type Shards, shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { type AttachedFact, readAttached } from './attached-facts.ts';
import type { StoredRow } from './ledger.ts';
import type { ListedOptIn } from './list-opt-ins.ts';
import { type Person, readPerson } from './persons.ts';
import { revealAddress } from './reveal-address.ts';
import { type RegisteredWording, wordingsOf } from './wordings.ts';

/** Pages of facts that are read for one answer: years of an ordinary visitor. */
const PAGES = 30;
export type MyDataReadEnv = Shards & { PEOPLE: D1Database; ADDRESS_SECRET: string };
export type MyData = {
  person: Person;
  address: string | null;
  optIns: (ListedOptIn & { shown: RegisteredWording | null })[];
  /** Newest first. */
  facts: AttachedFact[];
  /** Not all facts were read: a very long history. */
  more: boolean;
  /** What is counted of the person: the only figures about one person there are. */
  measured: {
    pageviews: number;
    activeMs: number;
    events: number;
    kioskVisits: number;
    firstAt: number | null;
    lastAt: number | null;
  };
  /** Who is sent the address or told of the acts, by the brand's choice. */
  recipients: { name: string; kind: string }[];
};

function measure(facts: readonly AttachedFact[]): MyData['measured'] {
  const of = (what: AttachedFact['what']) => facts.filter((fact) => fact.what === what);
  return {
    pageviews: of('pageview').length,
    activeMs: of('pageview').reduce((sum, { active_ms }) => sum + (active_ms ?? 0), 0),
    events: of('event').length,
    kioskVisits: of('visit').length,
    firstAt: facts.at(-1)?.at ?? null,
    lastAt: facts[0]?.at ?? null,
  };
}

/** @returns null when there is no such person any more. */
export async function readMyData(env: MyDataReadEnv, site: Site, id: string, nowMs: number): Promise<MyData | null> {
  const person = await readPerson(env.PEOPLE, site.id, id);
  if (!person) return null;
  const [wordings, address, outlets] = await Promise.all([
    wordingsOf(env.PEOPLE, site.id),
    revealAddress(env, site.id, id),
    env.PEOPLE.prepare('SELECT name, kind FROM outlets WHERE site = ?1 AND ended_at IS NULL ORDER BY name')
      .bind(site.id)
      .all<{ name: string; kind: string }>(),
  ]);
  const facts: AttachedFact[] = [];
  let before: number | null = nowMs + 1;
  for (let page = 0; page < PAGES && before !== null; page += 1) {
    const read: Awaited<ReturnType<typeof readAttached>> = await readAttached(shardFor(env, site), site, person.spans, before);
    facts.push(...read.facts);
    before = read.earlier;
  }
  return {
    person,
    address,
    optIns: person.list.map((optIn) => ({ ...optIn, shown: wordings.find(({ id: one }) => one === optIn.wording) ?? null })),
    facts,
    more: before !== null,
    measured: measure(facts),
    recipients: outlets.results,
  };
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const actOf = ({ kind, purpose, at, detail }: StoredRow) => {
  const told: unknown = detail === '' ? null : JSON.parse(detail);
  return { act: kind, purpose, at: iso(at), proof: told };
};

/** The file: plain words, ISO 8601 times, nothing of anybody else. */
export function writeMyData(site: Site, data: MyData, nowMs: number): Record<string, unknown> {
  const { person, address, optIns, facts, more, measured, recipients } = data;
  return {
    format: 'comptoir my data 1',
    made_at: iso(nowMs),
    site: { name: site.name, hosts: site.hosts },
    profile: { code: person.id, address, known_by: person.knownBy, since: iso(person.createdAt) },
    consents: optIns.map(({ shown, at, confirmedAt, withdrawnAt, linkWithdrawnAt, person: _person, ...rest }) => ({
      ...rest,
      given_at: iso(at),
      confirmed_at: iso(confirmedAt),
      withdrawn_at: iso(withdrawnAt),
      link_withdrawn_at: iso(linkWithdrawnAt),
      shown: shown && {
        title: shown.title,
        boxes: shown.boxes,
        note: shown.note,
        privacy_url: shown.privacyUrl,
        sha256: shown.sha256,
      },
    })),
    acts: person.ledger.map(actOf),
    linked_browsers: person.spans.map(({ visitor: _visitor, from, until, via }) => ({ via, from: iso(from), until: iso(until) })),
    visits: facts.map(({ what, at, host, path, name, active_ms, store, kiosk }) => ({
      ...{ what, at: iso(at), host, path, name, active_ms, store: store || null, kiosk: kiosk || null },
    })),
    visits_complete: !more,
    measured: {
      ...{
        pageviews: measured.pageviews,
        active_ms: measured.activeMs,
        events: measured.events,
        kiosk_visits: measured.kioskVisits,
      },
      ...{ first_at: iso(measured.firstAt), last_at: iso(measured.lastAt), score: null },
    },
    recipients,
  };
}
