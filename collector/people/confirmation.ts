/** Double opt-in: the mailed link shows a page, and its button confirms. */
import { relayOptIns } from '../ingest/relay-opt-ins.ts';
import type { Shards } from '../store/shards.ts';
import { type Site, type SiteRow, toSite } from '../store/sites.ts';
import { unseal } from './address.ts';
import { confirmRows } from './confirm-rows.ts';
import { headOf, isChainTaken } from './ledger.ts';
import { optInOfToken, readTogether } from './opt-in-of-token.ts';
import { type OptInState, standingOf, stateOf } from './opt-in-row.ts';
import { wordingOf } from './wordings.ts';

const RELAY_AT_ONCE = 50;
const HOW = { method: 'POST button', sentTo: 'the address itself' };

/** One sign-up, as the page shows it; `own` is the one whose mail this is. */
export type Request = { id: string; own: boolean; at: number; store: string | null; host: string; linked: boolean };
export type Confirmation = {
  site: Site;
  state: OptInState;
  language: 'fr' | 'en';
  maskedAddress: string;
  title: string;
  /** What the button confirms, the link's own sign-up first. */
  requests: Request[];
};

async function siteOf(people: D1Database, id: number): Promise<Site | null> {
  const row = await people.prepare('SELECT * FROM sites WHERE id = ?1').bind(id).first<SiteRow>();
  return row ? toSite(row) : null;
}

/** `l***@example.com`: enough for its owner to recognise, too little for anybody else. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at > 0 ? `${address.slice(0, 1)}***${address.slice(at)}` : '***';
}

/** What the confirmation page shows, or null for a token that never was. Reading changes nothing: mail scanners open every link. */
export async function readConfirmation(
  env: { PEOPLE: D1Database; ADDRESS_SECRET: string },
  token: string,
  nowMs: number,
): Promise<Confirmation | null> {
  const row = await optInOfToken(env.PEOPLE, token);
  const site = row ? await siteOf(env.PEOPLE, row.site) : null;
  if (!row || !site) return null;
  const person = await env.PEOPLE.prepare('SELECT address_sealed FROM persons WHERE id = ?1')
    .bind(row.person)
    .first<{ address_sealed: string | null }>();
  const address = person?.address_sealed
    ? await unseal(env.ADDRESS_SECRET, `${row.site}|person|${row.person}|address`, person.address_sealed)
    : null;
  const wording = await wordingOf(env.PEOPLE, row.site, row.wording);
  const together = await readTogether(env.PEOPLE, row, nowMs, nowMs);
  return {
    site,
    state: stateOf(row, nowMs),
    language: row.language === 'en' ? 'en' : 'fr',
    maskedAddress: maskAddress(address ?? ''),
    title: wording?.title ?? site.name,
    requests: together.map((one) => ({
      id: one.id,
      own: one.id === row.id,
      at: one.captured_at,
      store: one.store_name,
      host: one.host,
      linked: standingOf(one).includes('link'),
    })),
  };
}

/**
 * Confirms an opt-in, and what else the person was shown on its page; confirming again is a success. The visitor is known from the
 * submission on.
 *
 * @param until up to when other sign-ups of the address were shown, epoch ms; 0 = none.
 * @param claimed ids of those others in which the person says it was them: only their visits are linked. Anybody can type an address.
 */
export async function confirmOptIn(
  env: { PEOPLE: D1Database },
  token: string,
  nowMs: number,
  until = 0,
  claimed: readonly string[] = [],
): Promise<'confirmed' | 'withdrawn' | 'expired' | 'unknown'> {
  for (let attempt = 0; ; attempt += 1) {
    const found = await optInOfToken(env.PEOPLE, token);
    if (!found) return 'unknown';
    // The head first: whatever is written between the two readings makes the batch collide with it.
    const head = await headOf(env.PEOPLE, found.person);
    const rows = await readTogether(env.PEOPLE, found, nowMs, until);
    const own = rows.find(({ id }) => id === found.id);
    const state = own ? stateOf(own, nowMs) : 'withdrawn';
    if (state !== 'pending') return state;
    try {
      await confirmRows(env.PEOPLE, rows, head, HOW, nowMs, ({ id }) => id === found.id || claimed.includes(id));
      return 'confirmed';
    } catch (error) {
      if (attempt >= 3 || !isChainTaken(error)) throw error;
    }
  }
}

/** Confirms, and brings the confirmation to the figures at once, so that they say what the page says; cron relays it otherwise. */
export async function confirmAndRelay(
  env: Shards & { PEOPLE: D1Database },
  token: string,
  nowMs: number,
  until = 0,
  claimed: readonly string[] = [],
) {
  const answer = await confirmOptIn(env, token, nowMs, until, claimed);
  if (answer === 'confirmed') await relayOptIns(env.PEOPLE, env, RELAY_AT_ONCE).catch(() => 0);
  return answer;
}
