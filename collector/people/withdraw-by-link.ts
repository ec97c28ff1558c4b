/** The link behind "unsubscribe": reading it changes nothing, posting to it withdraws, as often as one likes. */
import { relayOptIns } from '../ingest/relay-opt-ins.ts';
import type { Shards } from '../store/shards.ts';
import { type Site, type SiteRow, toSite } from '../store/sites.ts';
import { withdrawOptIn } from './withdraw.ts';
import { readWithdrawalToken } from './withdrawal-link.ts';

const RELAY_AT_ONCE = 50;
type Env = { PEOPLE: D1Database; INDEX_SECRET: string };
export type Withdrawal = {
  site: Site;
  /** What still stands; both 0 once it is withdrawn, or when the person is gone. */
  standing: number;
  linked: number;
  /** In which the person was asked last; null when nothing is left of them. */
  language: 'fr' | 'en' | null;
};

/** What the page shows, or null for a link we never made. */
export async function readWithdrawal(env: Env, token: string): Promise<Withdrawal | null> {
  const named = readWithdrawalToken(env.INDEX_SECRET, token);
  if (!named) return null;
  const row = await env.PEOPLE.prepare('SELECT * FROM sites WHERE id = ?1').bind(named.site).first<SiteRow>();
  if (!row) return null;
  const counted = await env.PEOPLE.prepare(
    `SELECT count(*) AS standing, coalesce(sum(json_extract(boxes, '$.link') = 1 AND link_withdrawn_at IS NULL), 0) AS linked,
       (SELECT language FROM opt_ins WHERE person = ?1 AND site = ?2 ORDER BY received_at DESC LIMIT 1) AS language FROM opt_ins
     WHERE person = ?1 AND site = ?2 AND state IN ('pending', 'held', 'confirmed')`,
  )
    .bind(named.person, named.site)
    .first<{ standing: number; linked: number; language: string | null }>();
  const language = counted?.language == null ? null : counted.language === 'en' ? 'en' : 'fr';
  return { site: toSite(row), standing: counted?.standing ?? 0, linked: counted?.linked ?? 0, language };
}

/**
 * Withdraws, and brings it to the figures at once; cron relays it otherwise.
 *
 * @param method `one-click`: a mailbox did it for its owner (RFC 8058); `page`: our own button.
 * @returns false for a link we never made; true otherwise, also when there was nothing left to withdraw.
 */
export async function withdrawByLink(
  env: Env & Shards,
  token: string,
  { method, purpose }: { method: 'one-click' | 'page'; purpose: 'news' | 'link' },
  nowMs: number,
): Promise<boolean> {
  const named = readWithdrawalToken(env.INDEX_SECRET, token);
  if (!named) return false;
  const withdrawn = await withdrawOptIn(env.PEOPLE, { ...named, purpose }, { at: nowMs, method });
  if (withdrawn > 0) await relayOptIns(env.PEOPLE, env, RELAY_AT_ONCE).catch(() => 0);
  return true;
}
