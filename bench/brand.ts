/** The site that is measured: one brand with 300 pages, 40 sources, 30 towns, four browsers on two kinds of device. All of it seeded. */
import { type Facts, noFacts, type PageviewFact } from '../collector/store/facts.ts';
import { hashText } from '../collector/store/hash.ts';

const PAGES = Array.from({ length: 300 }, (_, i) => hashText('page', i));
const ORIGINS = Array.from({ length: 40 }, (_, i) => hashText('origin', i));
const PLACES = Array.from({ length: 30 }, (_, i) => hashText('place', i));

/** Every text that the brand's facts refer to. */
export function dictionaries(site: number): Facts {
  const facts = noFacts();
  for (const [i, hash] of PAGES.entries())
    facts.pages.push({ site, hash, host: 'shop.example', path: `/collection/${i % 12}/product-${i}`, page_group: null });
  const none = { utm_source: null, utm_medium: null, utm_campaign: null, utm_content: null, utm_term: null };
  for (const [i, hash] of ORIGINS.entries())
    facts.origins.push({ site, hash, referrer: `source-${i}.example`, source: `Source ${i}`, channel: 'referral', ...none });
  for (const [i, hash] of PLACES.entries())
    facts.places.push({ site, hash, country: 'FR', region: `Region ${i % 13}`, city: `City ${i}` });
  return facts;
}

/** Few are met often, many rarely: a log-uniform choice. */
const zipf = (list: readonly number[], random: () => number) =>
  list[Math.min(list.length - 1, Math.floor(Math.exp(random() * Math.log(list.length + 1))) - 1)] ?? 0;

/** How many pageviews a visit has: 2.5 on average, one most often. */
export const visitLength = (random: () => number) => 1 + Math.floor(-Math.log(1 - random()) * 1.9);

/** Whether a visit is of somebody known to the browser already, and who: every third one, out of so many regulars. */
export const visitorOf = (regulars: number, random: () => number) =>
  random() < 0.33 ? 1 + Math.floor(random() * regulars) : 1_000_000 + Math.floor(random() * (2 ** 53 - 1_000_000));

/** One pageview of a visit; its times are those of a page just opened. */
export function pageview(site: number, bornAt: number, visitor: number, isEntry: boolean, random: () => number): PageviewFact {
  return {
    site,
    born: bornAt,
    rand: Math.floor(random() * 2 ** 47),
    at: bornAt,
    visitor,
    kind: 0,
    store: 0,
    kiosk: 0,
    mode: 0,
    page: zipf(PAGES, random),
    flags: 0,
    origin: isEntry && random() < 0.5 ? zipf(ORIGINS, random) : 0,
    // A visitor has one town and one browser.
    place: PLACES[visitor % 7 === 0 ? visitor % 30 : visitor % 3] ?? 0,
    device: 1 + (visitor % 2),
    browser: 1 + (visitor % 4),
    os: 1 + (visitor % 4),
    language: 148,
    active_ms: null,
    foreground_ms: null,
    scroll: null,
  };
}
