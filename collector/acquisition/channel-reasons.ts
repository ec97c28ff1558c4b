/** Each channel's rule in a sentence, for the help page and for whoever asks why a visit counts as it does. What is typed stands in backticks. */
import { type Channel, DIRECT_CHANNEL } from '../store/channel-names.ts';

export const CHANNEL_REASONS: Record<Channel, { fr: string; en: string }> = {
  qr: {
    fr: '`utm_medium` ou `utm_source` vaut `qr` ou `qrcode` : le lien est celui d’un QR code imprimé.',
    en: '`utm_medium` or `utm_source` is `qr` or `qrcode`: the link is that of a printed QR code.',
  },
  cross_network: { fr: '`utm_campaign` contient `cross-network`.', en: '`utm_campaign` contains `cross-network`.' },
  paid_shopping: {
    fr: 'Payant, et la source est une place de marché ou un comparateur, ou `utm_campaign` contient le mot `shop` ou `shopping`.',
    en: 'Paid, and the source is a marketplace or a price comparison site, or `utm_campaign` contains the word `shop` or `shopping`.',
  },
  paid_search: { fr: 'Payant, et la source est un moteur de recherche.', en: 'Paid, and the source is a search engine.' },
  paid_social: { fr: 'Payant, et la source est un réseau social.', en: 'Paid, and the source is a social network.' },
  paid_video: { fr: 'Payant, et la source est une plateforme vidéo.', en: 'Paid, and the source is a video platform.' },
  display: {
    fr: '`utm_medium` vaut `display`, `banner`, `expandable`, `interstitial` ou `cpm`, ou le clic porte l’identifiant `dclid`.',
    en: '`utm_medium` is `display`, `banner`, `expandable`, `interstitial` or `cpm`, or the click carries the id `dclid`.',
  },
  paid_other: { fr: 'Payant, et la source est autre chose.', en: 'Paid, and the source is something else.' },
  organic_shopping: {
    fr: 'La source est une place de marché ou un comparateur, ou `utm_campaign` contient le mot `shop` ou `shopping`.',
    en: 'The source is a marketplace or a price comparison site, or `utm_campaign` contains the word `shop` or `shopping`.',
  },
  organic_social: {
    fr: 'La source est un réseau social ou une messagerie instantanée, ou `utm_medium` vaut `social`, `social-network`, `social-media` ou `sm`.',
    en: 'The source is a social network or a messenger, or `utm_medium` is `social`, `social-network`, `social-media` or `sm`.',
  },
  organic_video: {
    fr: 'La source est une plateforme vidéo, ou `utm_medium` contient `video`.',
    en: 'The source is a video platform, or `utm_medium` contains `video`.',
  },
  assistant: {
    fr: 'La source est un assistant IA : ChatGPT, Claude, Le Chat, Perplexity, Gemini, Copilot…',
    en: 'The source is an AI assistant: ChatGPT, Claude, Le Chat, Perplexity, Gemini, Copilot…',
  },
  organic_search: {
    fr: 'La source est un moteur de recherche, ou `utm_medium` vaut `organic`.',
    en: 'The source is a search engine, or `utm_medium` is `organic`.',
  },
  email: {
    fr: 'La source est une messagerie (Gmail, Outlook, un webmail), ou `utm_source` ou `utm_medium` contient `email`, `e-mail` ou `newsletter`.',
    en: 'The source is a mail service (Gmail, Outlook, a webmail), or `utm_source` or `utm_medium` contains `email`, `e-mail` or `newsletter`.',
  },
  affiliate: {
    fr: '`utm_medium` vaut `affiliate`, ou le clic porte l’identifiant `irclickid`.',
    en: '`utm_medium` is `affiliate`, or the click carries the id `irclickid`.',
  },
  audio: { fr: '`utm_medium` vaut `audio`.', en: '`utm_medium` is `audio`.' },
  sms: { fr: '`utm_medium` ou `utm_source` vaut `sms`.', en: '`utm_medium` or `utm_source` is `sms`.' },
  push: {
    fr: '`utm_medium` finit par `push` ou contient `mobile` ou `notification`, ou `utm_source` vaut `firebase`.',
    en: '`utm_medium` ends with `push` or contains `mobile` or `notification`, or `utm_source` is `firebase`.',
  },
  referral: {
    fr: 'Tout autre site, application ou campagne qui dit d’où vient la visite.',
    en: 'Any other website, app or campaign that says where the visit came from.',
  },
  [DIRECT_CHANNEL]: {
    fr: 'Rien ne dit d’où vient la visite : une adresse tapée, un favori, une application qui ne dit pas son nom.',
    en: 'Nothing says where the visit came from: a typed address, a bookmark, an app that does not give its name.',
  },
};
