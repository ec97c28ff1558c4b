/** What all facts of a message share: its time corrected, its URL split, its visitor named. Pure; the IP never gets this far. */
import { isAllowedHost } from '../acquisition/own-hosts.ts';
import { DAY_MS, HOUR_MS } from '../store/calendar.ts';
import { cleanText } from '../store/clean-text.ts';
import type { FactAbout, Facts } from '../store/facts.ts';
import { hashKnown } from '../store/hash.ts';
import type { Site } from '../store/sites.ts';
import { splitWireId } from '../store/wire-id.ts';
import type { Message, Refusal } from '../wire.ts';
import { type PageUrl, readPageUrl } from './page-url.ts';
import type { Technology } from './technology.ts';

/** Thirty days: later hits are refused, opt-ins excepted. */
export const TOO_OLD_MS = 30 * DAY_MS;

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
  /** Opt-ins beyond what one network may have mailed: kept, and somebody decides. */
  crowded?: ReadonlySet<string>;
  /** Visitor key of a message's client id, or of a hit without one. */
  visitorOf: (clientId: string | undefined) => { key: number; kind: 0 | 1 | 2 };
};

/** When it happened: both readings are of the sender's clock, so a constant error of any size cancels. */
export function correctTime(born: number, sentAt: number, receivedAt: number): { at: number; flags: number; ageMs: number } {
  const age = sentAt - born;
  const wrong = age < -1_000 || Math.abs(receivedAt - sentAt) > DAY_MS;
  return { at: receivedAt - Math.max(age, 0), flags: wrong ? 1 : 0, ageMs: Math.max(age, 0) };
}

/** The fields that all facts of one message share, and the page they name, whose dictionary entry is added; or why the message is refused. */
export function readAbout(m: Message, r: Reception, facts: Facts): { about: FactAbout; page: PageUrl } | Refusal {
  const { born, rand } = splitWireId(m.id);
  const time = correctTime(born, r.sentAt, r.receivedAt);
  const page = readPageUrl(m.url, m.mode === 'engagement');
  if (!page) return 'bad_url';
  if (!isAllowedHost(r.site.hosts, page.host)) return 'wrong_host';
  const { key, kind } = r.visitorOf(m.visitor);
  if (m.kind !== 'opt-in' && (time.ageMs > TOO_OLD_MS || (kind === 1 && time.ageMs > HOUR_MS))) return 'too_old';
  const group = m.group ? cleanText(m.group, 120) || null : null;
  const hash = hashKnown('page', page.host, page.path, group ?? '');
  facts.pages.push({ site: r.site.id, hash, host: page.host, path: page.path, page_group: group });
  const about: FactAbout = {
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
  };
  return { about, page };
}
