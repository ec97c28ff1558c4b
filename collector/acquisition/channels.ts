/**
 * How a channel is decided: one table of rules in order, the first that holds names it. After GA4's default channel group
 * (https://support.google.com/analytics/answer/9756891) and Plausible's order, with QR codes and AI assistants. The help page and
 * the dashboard show this table, each rule with its sentence of `channel-reasons.ts`.
 */
import { type Channel, DIRECT_CHANNEL } from '../store/channel-names.ts';
import type { SourceKind } from './source-table.ts';

/** What is known of an arrival when its channel is decided. Texts in lower case, '' where there is none. */
export type Clues = {
  kind: SourceKind | null;
  /** Something names where the visit came from: a referrer, a campaign, an app. */
  named: boolean;
  /** `utm_source` as it was written. */
  source: string;
  /** `utm_medium` as it was written, and what a click id or the name of an ad product says besides. */
  mediums: readonly string[];
  /** `utm_campaign` as it was written. */
  campaign: string;
};

/** All of what is given must hold. */
type Condition = { kind?: SourceKind; named?: true; source?: RegExp; medium?: RegExp; campaign?: RegExp };
export type ChannelRule = {
  channel: Channel;
  /** One of these must hold. */
  any: readonly Condition[];
};

const PAID = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const SHOP = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const QR = /^qr([-_ ]?codes?)?$/;
const MAIL = /e[-_ ]?mail|newsletter/;

export const CHANNEL_RULES: readonly ChannelRule[] = [
  { channel: 'qr', any: [{ medium: QR }, { source: QR }] },
  { channel: 'cross_network', any: [{ campaign: /cross-network/ }] },
  {
    channel: 'paid_shopping',
    any: [
      { kind: 'shopping', medium: PAID },
      { campaign: SHOP, medium: PAID },
    ],
  },
  { channel: 'paid_search', any: [{ kind: 'search', medium: PAID }] },
  { channel: 'paid_social', any: [{ kind: 'social', medium: PAID }] },
  { channel: 'paid_video', any: [{ kind: 'video', medium: PAID }] },
  { channel: 'display', any: [{ medium: /^(display|banner|expandable|interstitial|cpm)$/ }] },
  { channel: 'paid_other', any: [{ medium: PAID }] },
  { channel: 'organic_shopping', any: [{ kind: 'shopping' }, { campaign: SHOP }] },
  { channel: 'organic_social', any: [{ kind: 'social' }, { medium: /^(social|social[- _](network|media)|sm)$/ }] },
  { channel: 'organic_video', any: [{ kind: 'video' }, { medium: /video/ }] },
  { channel: 'assistant', any: [{ kind: 'assistant' }] },
  { channel: 'organic_search', any: [{ kind: 'search' }, { medium: /^organic$/ }] },
  { channel: 'email', any: [{ kind: 'email' }, { source: MAIL }, { medium: MAIL }] },
  { channel: 'affiliate', any: [{ medium: /^affiliates?$/ }] },
  { channel: 'audio', any: [{ medium: /^audio$/ }] },
  { channel: 'sms', any: [{ medium: /^sms$/ }, { source: /^sms$/ }] },
  { channel: 'push', any: [{ medium: /push$|mobile|notification/ }, { source: /^firebase$/ }] },
  { channel: 'referral', any: [{ named: true }, { medium: /^(referral|app|link)$/ }] },
  { channel: DIRECT_CHANNEL, any: [{}] },
];
/** Holds for everything, so that every arrival has a channel. */
const LAST = CHANNEL_RULES.length - 1;

const holds = (clues: Clues, { kind, named, source, medium, campaign }: Condition): boolean =>
  (kind === undefined || clues.kind === kind) &&
  (named === undefined || clues.named) &&
  (source === undefined || source.test(clues.source)) &&
  (medium === undefined || clues.mediums.some((text) => medium.test(text))) &&
  (campaign === undefined || campaign.test(clues.campaign));

/** The channel of an arrival, and the position of the rule that decided. */
export function decideChannel(clues: Clues): { channel: Channel; rule: number } {
  const found = CHANNEL_RULES.findIndex(({ any }) => any.some((condition) => holds(clues, condition)));
  const rule = found < 0 ? LAST : found;
  return { channel: CHANNEL_RULES[rule]?.channel ?? DIRECT_CHANNEL, rule };
}
