/**
 * How a channel is decided: one table of rules in order, the first that holds names it. After GA4's default channel group
 * (https://support.google.com/analytics/answer/9756891) and Plausible's order, with QR codes and AI assistants. The help page and
 * the dashboard are made from this table.
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
  /** The rule in a sentence that ends a line beginning with the channel's name. */
  why: { fr: string; en: string };
};

const PAID = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const SHOP = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const QR = /^qr([-_ ]?codes?)?$/;
const MAIL = /e[-_ ]?mail|newsletter/;

export const CHANNEL_RULES: readonly ChannelRule[] = [
  {
    channel: 'qr',
    any: [{ medium: QR }, { source: QR }],
    why: {
      fr: 'utm_medium ou utm_source vaut qr ou qrcode : le lien est celui d’un QR code imprimé.',
      en: 'utm_medium or utm_source is qr or qrcode: the link is that of a printed QR code.',
    },
  },
  {
    channel: 'cross_network',
    any: [{ campaign: /cross-network/ }],
    why: { fr: 'utm_campaign contient cross-network.', en: 'utm_campaign contains cross-network.' },
  },
  {
    channel: 'paid_shopping',
    any: [
      { kind: 'shopping', medium: PAID },
      { campaign: SHOP, medium: PAID },
    ],
    why: {
      fr: 'Payant, et la source est une place de marché ou un comparateur, ou utm_campaign contient le mot shop ou shopping.',
      en: 'Paid, and the source is a marketplace or a price comparison site, or utm_campaign contains the word shop or shopping.',
    },
  },
  {
    channel: 'paid_search',
    any: [{ kind: 'search', medium: PAID }],
    why: { fr: 'Payant, et la source est un moteur de recherche.', en: 'Paid, and the source is a search engine.' },
  },
  {
    channel: 'paid_social',
    any: [{ kind: 'social', medium: PAID }],
    why: { fr: 'Payant, et la source est un réseau social.', en: 'Paid, and the source is a social network.' },
  },
  {
    channel: 'paid_video',
    any: [{ kind: 'video', medium: PAID }],
    why: { fr: 'Payant, et la source est une plateforme vidéo.', en: 'Paid, and the source is a video platform.' },
  },
  {
    channel: 'display',
    any: [{ medium: /^(display|banner|expandable|interstitial|cpm)$/ }],
    why: {
      fr: 'utm_medium vaut display, banner, expandable, interstitial ou cpm, ou le clic porte l’identifiant dclid.',
      en: 'utm_medium is display, banner, expandable, interstitial or cpm, or the click carries the id dclid.',
    },
  },
  {
    channel: 'paid_other',
    any: [{ medium: PAID }],
    why: { fr: 'Payant, et la source est autre chose.', en: 'Paid, and the source is something else.' },
  },
  {
    channel: 'organic_shopping',
    any: [{ kind: 'shopping' }, { campaign: SHOP }],
    why: {
      fr: 'La source est une place de marché ou un comparateur, ou utm_campaign contient le mot shop ou shopping.',
      en: 'The source is a marketplace or a price comparison site, or utm_campaign contains the word shop or shopping.',
    },
  },
  {
    channel: 'organic_social',
    any: [{ kind: 'social' }, { medium: /^(social|social[- _](network|media)|sm)$/ }],
    why: {
      fr: 'La source est un réseau social ou une messagerie instantanée, ou utm_medium vaut social, social-network, social-media ou sm.',
      en: 'The source is a social network or a messenger, or utm_medium is social, social-network, social-media or sm.',
    },
  },
  {
    channel: 'organic_video',
    any: [{ kind: 'video' }, { medium: /video/ }],
    why: {
      fr: 'La source est une plateforme vidéo, ou utm_medium contient video.',
      en: 'The source is a video platform, or utm_medium contains video.',
    },
  },
  {
    channel: 'assistant',
    any: [{ kind: 'assistant' }],
    why: {
      fr: 'La source est un assistant IA : ChatGPT, Claude, Le Chat, Perplexity, Gemini, Copilot…',
      en: 'The source is an AI assistant: ChatGPT, Claude, Le Chat, Perplexity, Gemini, Copilot…',
    },
  },
  {
    channel: 'organic_search',
    any: [{ kind: 'search' }, { medium: /^organic$/ }],
    why: {
      fr: 'La source est un moteur de recherche, ou utm_medium vaut organic.',
      en: 'The source is a search engine, or utm_medium is organic.',
    },
  },
  {
    channel: 'email',
    any: [{ kind: 'email' }, { source: MAIL }, { medium: MAIL }],
    why: {
      fr: 'La source est une messagerie (Gmail, Outlook, webmail.…), ou utm_source ou utm_medium contient email, e-mail ou newsletter.',
      en: 'The source is a mail service (Gmail, Outlook, webmail.…), or utm_source or utm_medium contains email, e-mail or newsletter.',
    },
  },
  {
    channel: 'affiliate',
    any: [{ medium: /^affiliates?$/ }],
    why: {
      fr: 'utm_medium vaut affiliate, ou le clic porte l’identifiant irclickid.',
      en: 'utm_medium is affiliate, or the click carries the id irclickid.',
    },
  },
  {
    channel: 'audio',
    any: [{ medium: /^audio$/ }],
    why: { fr: 'utm_medium vaut audio.', en: 'utm_medium is audio.' },
  },
  {
    channel: 'sms',
    any: [{ medium: /^sms$/ }, { source: /^sms$/ }],
    why: { fr: 'utm_medium ou utm_source vaut sms.', en: 'utm_medium or utm_source is sms.' },
  },
  {
    channel: 'push',
    any: [{ medium: /push$|mobile|notification/ }, { source: /^firebase$/ }],
    why: {
      fr: 'utm_medium finit par push ou contient mobile ou notification, ou utm_source vaut firebase.',
      en: 'utm_medium ends with push or contains mobile or notification, or utm_source is firebase.',
    },
  },
  {
    channel: 'referral',
    any: [{ named: true }, { medium: /^(referral|app|link)$/ }],
    why: {
      fr: 'Tout autre site, application ou campagne qui dit d’où vient la visite.',
      en: 'Any other website, app or campaign that says where the visit came from.',
    },
  },
  {
    channel: DIRECT_CHANNEL,
    any: [{}],
    why: {
      fr: 'Rien ne dit d’où vient la visite : une adresse tapée, un favori, une application qui ne dit pas son nom.',
      en: 'Nothing says where the visit came from: a typed address, a bookmark, an app that does not give its name.',
    },
  },
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
