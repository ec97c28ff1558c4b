/** The origin of a pageview: referrer, campaign and app become referrer host, source and channel. The site's own rules come first. */
import type { Channel } from '../store/channel-names.ts';
import { cleanText } from '../store/clean-text.ts';
import { readUrl } from '../store/read-url.ts';
import type { SiteRule } from '../store/site-rules.ts';
import { type Campaign, NO_CAMPAIGN } from './campaign.ts';
import { decideChannel } from './channels.ts';
import { clickIdNamed } from './click-ids.ts';
import { isOwnReferrer } from './own-hosts.ts';
import { findOwnRule } from './own-rules.ts';
import { type PassThrough, passThroughOf } from './pass-through.ts';
import type { Source, SourceKind } from './source-table.ts';
import { sourceNamed, sourceOfCampaign, sourceOfHost } from './sources.ts';

export type Origin = { referrer: string | null; source: string; channel: Channel; campaign: Campaign };
/** What is known of a pageview when its origin is read. */
export type Arrival = {
  referrer: string | undefined;
  campaign: Campaign;
  /** The allowed hosts of the site, and the page's own. */
  hosts: readonly string[];
  pageHost: string;
  rules: readonly SiteRule[];
  /** Name of the browser: that of an app when the page was opened inside one. */
  browser: string;
};
/** Why a referrer is left aside. */
export type Aside = 'own' | PassThrough | 'own_rule';
/** How an origin was decided: what the tester shows. Positions are of rules; null where none had a say. */
export type Decision = {
  origin: Origin | null;
  /** The referrer that was left aside, why, and by which of the site's rules. */
  aside: { host: string; why: Aside; rule: number | null } | null;
  /** The site's rule that named channel or source. */
  ownRule: number | null;
  /** The built-in rule that holds, whether or not one of the site's came before it. */
  rule: number;
};

/** What reports call a source that nothing names. */
const NONE = '(none)';
const HOST_CHARS = 120;
/** Apps whose built-in browser says so. Google's is left out: people search in it, and read the news it suggests. */
const APPS = new Set(['Facebook', 'Instagram', 'TikTok', 'LinkedIn', 'Pinterest', 'Snapchat', 'WeChat', 'Line']);

/** The host of a referring page, or the package of a referring app, in lower case; null for anything else. */
export function hostOfReferrer(referrer: string | undefined): string | null {
  const url = referrer ? readUrl(referrer) : null;
  if (!url || !/^(https?|(android|ios)-app):$/.test(url.protocol)) return null;
  return cleanText(url.hostname.toLowerCase().replace(/^www\.|\.$/g, ''), HOST_CHARS) || null;
}

type Named = { name: string; kind: SourceKind | null; mediums: string[]; named: boolean };

/**
 * The source by name: what the campaign says, else the referrer, else the ad network or the app. A paid click from a website
 * nobody knows was bought at the network, which is then the source.
 */
function nameSource(host: string | null, { campaign, browser, referrer }: Arrival): Named {
  const click = clickIdNamed(campaign.clickId);
  const mediums = [campaign.medium, click?.medium].flatMap((medium) => (medium ? [medium.toLowerCase()] : []));
  const is = (source: Source | null, name: string): Named => ({
    name,
    kind: source?.kind ?? null,
    mediums,
    named: name !== NONE,
  });
  if (campaign.source) {
    const known = sourceOfCampaign(campaign.source);
    if (known?.paid) mediums.push('cpc');
    return is(known, known?.name ?? campaign.source);
  }
  const known = host === null ? null : sourceOfHost(host);
  if (known) return is(known, known.name);
  if (click && host === null) return is(sourceNamed(click.source), click.source);
  if (click?.medium) return is(null, click.source);
  if (host !== null) return is(null, host);
  // Inside the app every page has its browser; only the one that was opened from nowhere was opened from the app.
  if (!referrer && APPS.has(browser)) return is(sourceNamed(browser), sourceNamed(browser)?.name ?? browser);
  return is(null, campaign.medium ?? NONE);
}

/** The referrer that may be a source, or why it is left aside: it is the site itself, or only passes visitors on. */
function readReferrer(arrival: Arrival): { host: string | null; aside: Decision['aside'] } {
  const { rules, campaign, hosts, pageHost } = arrival;
  const host = hostOfReferrer(arrival.referrer);
  if (host === null) return { host, aside: null };
  const why = isOwnReferrer(hosts, pageHost, host) ? 'own' : passThroughOf(host);
  if (why) return { host: null, aside: { host, why, rule: null } };
  if (rules.length === 0) return { host, aside: null };
  const rule = findOwnRule(rules, host, campaign, nameSource(host, arrival).name);
  return rules[rule]?.aside ? { host: null, aside: { host, why: 'own_rule', rule } } : { host, aside: null };
}

/** True where nothing can name an origin, as for most pageviews: deciding would find none. */
export const isDirect = ({ referrer, campaign, rules, browser }: Arrival): boolean =>
  !referrer && campaign === NO_CAMPAIGN && rules.length === 0 && !APPS.has(browser);

/**
 * Decides an origin, and says how. Pure: the same arrival and rules give the same origin.
 *
 * The origin is null when nothing points anywhere: a direct pageview, or one inside the site.
 */
export function decideOrigin(arrival: Arrival): Decision {
  const { campaign, rules } = arrival;
  const { host, aside } = readReferrer(arrival);
  const source = nameSource(host, arrival);
  const position = findOwnRule(rules, host, campaign, source.name);
  const own = rules[position];
  const { channel, rule } = decideChannel({
    kind: (own?.name === undefined ? null : sourceNamed(own.name)?.kind) ?? source.kind,
    named: source.named || own?.name !== undefined,
    source: (campaign.source ?? '').toLowerCase(),
    mediums: source.mediums,
    campaign: (campaign.campaign ?? '').toLowerCase(),
  });
  const marked = campaign.source ?? campaign.medium ?? campaign.campaign ?? campaign.clickId;
  const nothing = host === null && !marked && !source.named && own === undefined;
  return {
    origin: nothing ? null : { referrer: host, source: own?.name ?? source.name, channel: own?.channel ?? channel, campaign },
    aside,
    ownRule: own === undefined ? null : position,
    rule,
  };
}
