/** Double opt-in: the mailed link shows a page, its button confirms, "not me" deletes. */

import { relayOptIns } from '../ingest/relay-opt-ins.ts';
import { announce } from '../notify/webhooks/announce.ts';
import type { Shards } from '../store/shards.ts';
import { type Site, type SiteRow, toSite } from '../store/sites.ts';
import { sha256, unseal } from './address.ts';
import { appendEntries, forEach, headOf, type Purpose, purposesOf, readBoxes } from './ledger.ts';
import { linkOptIn } from './links.ts';
import { relayAgain } from './relay-again.ts';
import { wordingOf } from './wordings.ts';

const RELAY_AT_ONCE = 50;
/** A link works for seven days. */
const VALID_MS = 7 * 86_400_000;
type OptInRow = {
  site: number;
  id: string;
  person: string;
  wording: string;
  boxes: string;
  link_withdrawn_at: number | null;
  language: string;
  state: string;
  received_at: number;
  captured_at: number;
  visitor: number;
  kiosk: number;
  store: number;
  host: string;
  path: string;
  touchpoint: string;
  relay: string | null;
  relay_source: string | null;
};
export type Confirmation = {
  site: Site;
  state: 'pending' | 'confirmed' | 'withdrawn' | 'expired';
  language: 'fr' | 'en';
  maskedAddress: string;
  title: string;
};

async function optInOf(people: D1Database, token: string): Promise<OptInRow | null> {
  return people.prepare('SELECT * FROM opt_ins WHERE confirm_token_hash = ?1').bind(sha256(token)).first<OptInRow>();
}

async function siteOf(people: D1Database, id: number): Promise<Site | null> {
  const row = await people.prepare('SELECT * FROM sites WHERE id = ?1').bind(id).first<SiteRow>();
  return row ? toSite(row) : null;
}

/** `l***@example.com`: enough for its owner to recognise, too little for anybody else. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at > 0 ? `${address.slice(0, 1)}***${address.slice(at)}` : '***';
}

function stateOf(row: OptInRow, nowMs: number): Confirmation['state'] {
  if (row.state === 'confirmed' || row.state === 'withdrawn' || row.state === 'expired') return row.state;
  return row.received_at + VALID_MS < nowMs ? 'expired' : 'pending';
}

/** What the confirmation confirms: the boxes that were ticked, less what was withdrawn meanwhile. */
const standingOf = (row: OptInRow): Purpose[] =>
  purposesOf(readBoxes(row.boxes)).filter((purpose) => purpose !== 'link' || row.link_withdrawn_at === null);

/** What the confirmation page shows, or null for a token that never was. Reading changes nothing: mail scanners open every link. */
export async function readConfirmation(
  env: { PEOPLE: D1Database; ADDRESS_SECRET: string },
  token: string,
  nowMs: number,
): Promise<Confirmation | null> {
  const row = await optInOf(env.PEOPLE, token);
  const site = row ? await siteOf(env.PEOPLE, row.site) : null;
  if (!row || !site) return null;
  const person = await env.PEOPLE.prepare('SELECT address_sealed FROM persons WHERE id = ?1')
    .bind(row.person)
    .first<{ address_sealed: string | null }>();
  const address = person?.address_sealed
    ? await unseal(env.ADDRESS_SECRET, `${row.site}|person|${row.person}|address`, person.address_sealed)
    : null;
  const wording = await wordingOf(env.PEOPLE, row.site, row.wording);
  return {
    site,
    state: stateOf(row, nowMs),
    language: row.language === 'en' ? 'en' : 'fr',
    maskedAddress: maskAddress(address ?? ''),
    title: wording?.title ?? site.name,
  };
}

/** Confirms an opt-in; confirming again is a success. The visitor is known from the submission on. */
export async function confirmOptIn(
  env: { PEOPLE: D1Database },
  token: string,
  nowMs: number,
): Promise<'confirmed' | 'expired' | 'unknown'> {
  const people = env.PEOPLE;
  for (let attempt = 0; ; attempt += 1) {
    const row = await optInOf(people, token);
    if (!row) return 'unknown';
    const state = stateOf(row, nowMs);
    if (state === 'confirmed') return 'confirmed';
    if (state !== 'pending') return 'expired';
    const entry = {
      person: row.person,
      site: row.site,
      optIn: row.id,
      kind: 'confirmed' as const,
      at: nowMs,
      detail: { method: 'POST button', sentTo: 'the address itself' },
    };
    try {
      await people.batch([
        people
          .prepare(
            "UPDATE opt_ins SET state = 'confirmed', confirmed_at = ?3, relay = ?4 WHERE site = ?1 AND id = ?2 AND state = 'pending'",
          )
          .bind(row.site, row.id, nowMs, relayAgain(row, { confirmedAt: nowMs, endedAt: null })),
        people.prepare('UPDATE persons SET confirmed_at = coalesce(confirmed_at, ?2) WHERE id = ?1').bind(row.person, nowMs),
        linkOptIn(people, row.site, row.id),
        ...appendEntries(people, forEach(standingOf(row), entry), await headOf(people, row.person)),
        ...announce(people, {
          site: row.site,
          type: 'optin.confirmed',
          data: { opt_in: row.id, person: row.person, touchpoint: row.touchpoint, store: row.store, kiosk: row.kiosk },
          at: nowMs,
          id: row.id,
        }),
      ]);
      return 'confirmed';
    } catch (error) {
      if (attempt >= 3 || !/UNIQUE constraint failed/.test(String(error))) throw error;
    }
  }
}

/** Confirms, and brings the confirmation to the figures at once, so that they say what the page says; cron relays it otherwise. */
export async function confirmAndRelay(
  env: Shards & { PEOPLE: D1Database },
  token: string,
  nowMs: number,
): Promise<'confirmed' | 'expired' | 'unknown'> {
  const answer = await confirmOptIn(env, token, nowMs);
  if (answer === 'confirmed') await relayOptIns(env.PEOPLE, env, RELAY_AT_ONCE).catch(() => 0);
  return answer;
}

/** "Not me": the address and everything that hangs on it goes; what stays is a ledger of acts without a person. */
export async function denyOptIn(env: { PEOPLE: D1Database; EVENTS: D1Database }, token: string, nowMs: number): Promise<boolean> {
  const people = env.PEOPLE;
  const row = await optInOf(people, token);
  if (!row || stateOf(row, nowMs) !== 'pending') return false;
  const entry = {
    person: row.person,
    site: row.site,
    optIn: row.id,
    kind: 'erased' as const,
    at: nowMs,
    detail: { method: 'not me' },
  };
  await people.batch([
    people
      .prepare(
        "UPDATE opt_ins SET state = 'withdrawn', withdrawn_at = ?2, confirm_token_hash = NULL WHERE person = ?1 AND state = 'pending'",
      )
      .bind(row.person, nowMs),
    people
      .prepare('UPDATE persons SET address_sealed = NULL, address_index = NULL WHERE id = ?1 AND confirmed_at IS NULL')
      .bind(row.person),
    people.prepare("UPDATE mails SET sealed = '', sent_at = coalesce(sent_at, ?2) WHERE person = ?1").bind(row.person, nowMs),
    ...appendEntries(people, [entry], await headOf(people, row.person)),
    ...announce(people, {
      site: row.site,
      type: 'optin.withdrawn',
      data: { opt_in: row.id, person: row.person, reason: 'denied' },
      at: nowMs,
      id: row.id,
    }),
  ]);
  return true;
}
