/** Messages become facts: time corrected, URL split, referrer named, texts hashed. Pure; the IP never gets this far. */

import { decideOrigin, type Origin } from '../acquisition/origin.ts';
import { isAllowedHost } from '../acquisition/own-hosts.ts';
import { isSpamReferrer } from '../acquisition/spam-referrers.ts';
import { cleanText } from '../store/clean-text.ts';
import type { FactAbout, Facts } from '../store/facts.ts';
import { hashText } from '../store/hash.ts';
import type { Site } from '../store/sites.ts';
import { BROWSERS } from '../store/technology-names.ts';
import { splitWireId } from '../store/wire-id.ts';
import type { Message, Refusal } from '../wire.ts';
import { type PageUrl, readPageUrl } from './page-url.ts';
import type { Technology } from './technology.ts';

/** Thirty days: later hits are refused, opt-ins excepted. */
export const TOO_OLD_MS = 30 * 86_400_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What the request says about all of its messages. Times in epoch ms. */
export type Reception = {
  site: Site;
  receivedAt: number;
  sentAt: number;
  technology: Technology;
  language: number;
  place: { country: string | null; region: string | null; city: string | null };
  /** Set for a signed request of an enrolled kiosk. */
  kiosk: { id: number; store: number } | null;
  /** Visitor key of a message's client id, or of a hit without one. */
  visitorOf: (clientId: string | undefined) => { key: number; kind: 0 | 1 | 2 };
};

/** When it happened: both readings are of the sender's clock, so a constant error of any size cancels. */
export function correctTime(born: number, sentAt: number, receivedAt: number): { at: number; flags: number; ageMs: number } {
  const age = sentAt - born;
  const wrong = age < -1_000 || Math.abs(receivedAt - sentAt) > DAY_MS;
  return { at: receivedAt - Math.max(age, 0), flags: wrong ? 1 : 0, ageMs: Math.max(age, 0) };
}

/** The fields that all facts of one message share, with its page's dictionary entry; or why the message is refused. */
export function readAbout(m: Message, r: Reception, facts: Facts): (FactAbout & { host: string; path: string }) | Refusal {
  const { born, rand } = splitWireId(m.id);
  const time = correctTime(born, r.sentAt, r.receivedAt);
  const page = readPageUrl(m.url, m.mode === 'engagement');
  if (!page) return 'bad_url';
  if (!isAllowedHost(r.site.hosts, page.host)) return 'wrong_host';
  const { key, kind } = r.visitorOf(m.visitor);
  if (m.kind !== 'opt-in' && (time.ageMs > TOO_OLD_MS || (kind === 1 && time.ageMs > HOUR_MS))) return 'too_old';
  const group = m.group ? cleanText(m.group, 120) || null : null;
  const hash = hashText('page', page.host, page.path, group ?? '');
  facts.pages.push({ site: r.site.id, hash, host: page.host, path: page.path, page_group: group });
  return {
    site: r.site.id,
    born,
    rand,
    at: time.at,
    visitor: key,
    kind,
    store: r.kiosk?.store ?? 0,
    kiosk: r.kiosk?.id ?? 0,
    mode: m.mode === 'engagement' ? 1 : 0,
    page: hash,
    flags: time.flags,
    host: page.host,
    path: page.path,
  };
}

const originOf = (referrer: string | undefined, page: PageUrl, { site, technology }: Reception): Origin | null =>
  decideOrigin({
    referrer,
    campaign: page.campaign,
    hosts: site.hosts,
    pageHost: page.host,
    rules: site.rules ?? [],
    browser: BROWSERS[technology.browser] ?? '',
  }).origin;

function addPageview(m: Extract<Message, { kind: 'pageview' }>, about: FactAbout, r: Reception, facts: Facts): Refusal | null {
  if ((m.activeMs ?? 0) > (m.foregroundMs ?? m.activeMs ?? 0)) return 'bad_time';
  const page = readPageUrl(m.url, about.mode === 1);
  const origin = page && about.kind !== 2 ? originOf(m.referrer, page, r) : null;
  if (origin?.referrer && isSpamReferrer(origin.referrer)) return 'spam_referrer';
  const c = origin?.campaign;
  const originHash =
    origin && c
      ? hashText(
          'origin',
          origin.referrer ?? '',
          origin.source,
          origin.channel,
          c.source ?? '',
          c.medium ?? '',
          c.campaign ?? '',
          c.content ?? '',
          c.term ?? '',
        )
      : 0;
  if (origin && c) {
    facts.origins.push({
      site: about.site,
      hash: originHash,
      referrer: origin.referrer,
      source: origin.source,
      channel: origin.channel,
      utm_source: c.source,
      utm_medium: c.medium,
      utm_campaign: c.campaign,
      utm_content: c.content,
      utm_term: c.term,
    });
  }
  const placeHash = r.place.country ? hashText('place', r.place.country, r.place.region ?? '', r.place.city ?? '') : 0;
  if (placeHash) facts.places.push({ site: about.site, hash: placeHash, ...r.place });
  facts.pageviews.push({
    ...about,
    flags: about.flags | (m.framed ? 2 : 0),
    origin: originHash,
    place: placeHash,
    ...r.technology,
    language: r.language,
    active_ms: m.activeMs ?? null,
    foreground_ms: m.foregroundMs ?? m.activeMs ?? null,
    scroll: m.scroll ?? null,
  });
  return null;
}

/** Props as canonical JSON with clean texts and no key that an object treats specially; null when there are none. */
function writeProps(props: Record<string, string | number | boolean> | undefined): string | null {
  const entries = Object.entries(props ?? {})
    .map(([k, value]) => [cleanText(k, 40), typeof value === 'string' ? cleanText(value, 200) : value] as const)
    .filter(([k]) => k !== '' && !['__proto__', 'constructor', 'prototype'].includes(k))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0
    ? null
    : `{${entries.map(([k, value]) => `${JSON.stringify(k)}:${JSON.stringify(value)}`).join(',')}}`;
}

/**
 * Adds the facts of one message; opt-ins and identifications are added by their own paths, after PEOPLE has them.
 *
 * @returns the reason when the message is refused; then nothing of it is in `facts` but perhaps an unused dictionary entry.
 */
export function addFacts(m: Message, r: Reception, facts: Facts): Refusal | null {
  if ((m.kind === 'visit' || m.kind === 'exposure') && !r.kiosk) return 'needs_kiosk';
  const read = readAbout(m, r, facts);
  if (typeof read === 'string') return read;
  const { host: _host, path: _path, ...about } = read;
  switch (m.kind) {
    case 'pageview':
      return addPageview(m, about, r, facts);
    case 'event': {
      const name = cleanText(m.name, 120);
      if (name === '') return 'bad_message';
      const hash = hashText('name', name);
      facts.names.push({ site: about.site, hash, name });
      facts.events.push({ ...about, name: hash, props: writeProps(m.props) });
      return null;
    }
    case 'visit':
      facts.kiosk_visits.push({
        ...about,
        touches: m.touches,
        length_ms: m.lengthMs,
        ended: m.end === 'done' ? 3 : m.end === 'reset' ? 2 : m.end === 'idle' ? 1 : 0,
      });
      return null;
    case 'exposure': {
      const { visitor: _visitor, kind: _kind, mode: _mode, ...shown } = about;
      facts.exposures.push({ ...shown, shown_ms: m.shownMs ?? null });
      return null;
    }
    case 'opt-in':
    case 'identify':
    case 'link':
      return null;
  }
}
