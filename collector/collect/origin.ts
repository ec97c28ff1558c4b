/** The origin of a pageview: referrer and campaign become referrer host, source and channel. Rules after Plausible's and GA4's, with QR. */
import { cleanText } from '../store/clean-text.ts';
import { readUrl } from '../store/read-url.ts';
import type { Campaign } from './page-url.ts';
import { isAllowedHost } from './page-url.ts';
import { PASS_THROUGH_HOSTS, type SourceKind, sourceOfCampaign, sourceOfHost } from './sources.ts';

/** Stable codes; their names on screen are the dashboard's. */
export type Channel =
  | 'direct'
  | 'organic_search'
  | 'organic_social'
  | 'organic_video'
  | 'organic_shopping'
  | 'assistant'
  | 'email'
  | 'referral'
  | 'paid_search'
  | 'paid_social'
  | 'paid_video'
  | 'paid_shopping'
  | 'paid_other'
  | 'display'
  | 'affiliate'
  | 'audio'
  | 'sms'
  | 'push'
  | 'qr'
  | 'cross_network';
export type Origin = { referrer: string | null; source: string; channel: Channel; campaign: Campaign };

const PAID_MEDIUM = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const SHOP_CAMPAIGN = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;

/** Rules in order, the first that holds names the channel. All texts are lower-cased. */
const RULES: readonly (readonly [
  Channel,
  (o: { kind: SourceKind | null; source: string; medium: string; campaign: string; click: string }) => boolean,
])[] = [
  ['qr', (o) => o.medium === 'qr' || o.medium === 'qrcode' || o.medium === 'qr-code' || o.source === 'qr'],
  ['cross_network', (o) => o.campaign.includes('cross-network')],
  ['paid_shopping', (o) => (o.kind === 'shopping' || SHOP_CAMPAIGN.test(o.campaign)) && PAID_MEDIUM.test(o.medium)],
  [
    'paid_search',
    (o) => o.kind === 'search' && (PAID_MEDIUM.test(o.medium) || ['gclid', 'gbraid', 'wbraid', 'msclkid'].includes(o.click)),
  ],
  ['paid_social', (o) => o.kind === 'social' && PAID_MEDIUM.test(o.medium)],
  ['paid_video', (o) => o.kind === 'video' && PAID_MEDIUM.test(o.medium)],
  ['display', (o) => ['display', 'banner', 'expandable', 'interstitial', 'cpm'].includes(o.medium)],
  ['paid_other', (o) => PAID_MEDIUM.test(o.medium)],
  ['organic_shopping', (o) => o.kind === 'shopping' || SHOP_CAMPAIGN.test(o.campaign)],
  [
    'organic_social',
    (o) =>
      o.kind === 'social' ||
      ['social', 'social-network', 'social-media', 'sm', 'social network', 'social media'].includes(o.medium),
  ],
  ['organic_video', (o) => o.kind === 'video' || o.medium.includes('video')],
  ['assistant', (o) => o.kind === 'assistant'],
  ['organic_search', (o) => o.kind === 'search' || o.medium === 'organic'],
  ['email', (o) => o.kind === 'email' || /e[-_ ]?mail|newsletter/.test(`${o.source} ${o.medium}`)],
  ['affiliate', (o) => o.medium === 'affiliate'],
  ['audio', (o) => o.medium === 'audio'],
  ['sms', (o) => o.medium === 'sms' || o.source === 'sms'],
  ['push', (o) => o.medium.endsWith('push') || /mobile|notification/.test(o.medium) || o.source === 'firebase'],
  ['referral', (o) => ['referral', 'app', 'link'].includes(o.medium) || o.source !== ''],
];

/** Host of a referring URL, without `www.`; null for none, for the site itself, and for payment and sign-in pages. */
function referringHost(referrer: string | undefined, hosts: readonly string[], pageHost: string): string | null {
  const parsed = referrer ? readUrl(referrer) : null;
  const host = parsed ? parsed.hostname.toLowerCase() : '';
  if (host === '' || host === pageHost || isAllowedHost(hosts, host)) return null;
  if (PASS_THROUGH_HOSTS.some((pass) => host === pass || host.endsWith(`.${pass}`))) return null;
  return cleanText(host.replace(/^www\./, ''), 120);
}

/**
 * @returns null when nothing points anywhere: a direct pageview, or one inside the site.
 */
export function readOrigin(
  referrer: string | undefined,
  campaign: Campaign,
  hosts: readonly string[],
  pageHost: string,
): Origin | null {
  const host = referringHost(referrer, hosts, pageHost);
  const named = campaign.source ? sourceOfCampaign(campaign.source) : host ? sourceOfHost(host) : null;
  const marked = campaign.source ?? campaign.medium ?? campaign.campaign ?? campaign.clickId;
  if (!host && !marked) return null;
  const facts = {
    kind: named?.kind ?? null,
    source: (campaign.source ?? host ?? '').toLowerCase(),
    medium: (campaign.medium ?? '').toLowerCase(),
    campaign: (campaign.campaign ?? '').toLowerCase(),
    click: campaign.clickId ?? '',
  };
  const channel = RULES.find(([, holds]) => holds(facts))?.[0] ?? 'direct';
  return { referrer: host, source: named?.name ?? campaign.source ?? host ?? campaign.medium ?? '', channel, campaign };
}
