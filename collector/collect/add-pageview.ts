/** A pageview as a fact: where it came from, from which place, on what. */
import { type Arrival, decideOrigin, isDirect, type Origin } from '../acquisition/origin.ts';
import { isSpamReferrer } from '../acquisition/spam-referrers.ts';
import type { FactAbout, Facts } from '../store/facts.ts';
import { hashKnown } from '../store/hash.ts';
import { BROWSERS } from '../store/technology-names.ts';
import type { Message, Refusal } from '../wire.ts';
import type { PageUrl } from './page-url.ts';
import type { Reception } from './read-about.ts';

function originOf(referrer: string | undefined, page: PageUrl, { site, technology }: Reception): Origin | null {
  const arrival: Arrival = {
    referrer,
    campaign: page.campaign,
    hosts: site.hosts,
    pageHost: page.host,
    rules: site.rules ?? [],
    browser: BROWSERS[technology.browser] ?? '',
  };
  return isDirect(arrival) ? null : decideOrigin(arrival).origin;
}

/** @returns the reason when it is refused; then nothing of it is in `facts` but perhaps an unused dictionary entry. */
export function addPageview(
  m: Extract<Message, { kind: 'pageview' }>,
  { about, page }: { about: FactAbout; page: PageUrl },
  r: Reception,
  facts: Facts,
): Refusal | null {
  if ((m.activeMs ?? 0) > (m.foregroundMs ?? m.activeMs ?? 0)) return 'bad_time';
  const origin = about.kind !== 2 ? originOf(m.referrer, page, r) : null;
  if (origin?.referrer && isSpamReferrer(origin.referrer)) return 'spam_referrer';
  const c = origin?.campaign;
  const originHash =
    origin && c
      ? hashKnown(
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
  const placeHash = r.place.country ? hashKnown('place', r.place.country, r.place.region ?? '', r.place.city ?? '') : 0;
  const { country, region, city } = r.place;
  if (placeHash) facts.places.push({ site: about.site, hash: placeHash, country, region, city });
  const { device, browser, os } = r.technology;
  // One by one: V8 makes an object that begins with a spread five times slower, and this is made for every message.
  facts.pageviews.push({
    site: about.site,
    born: about.born,
    rand: about.rand,
    at: about.at,
    visitor: about.visitor,
    kind: about.kind,
    store: about.store,
    kiosk: about.kiosk,
    mode: about.mode,
    page: about.page,
    flags: about.flags | (m.framed ? 2 : 0),
    origin: originHash,
    place: placeHash,
    device,
    browser,
    os,
    language: r.language,
    active_ms: m.activeMs ?? null,
    foreground_ms: m.foregroundMs ?? m.activeMs ?? null,
    scroll: m.scroll ?? null,
  });
  return null;
}
