/** Names of acquisition channels, and of sources that are no name of their own. */
import type { SourceKind } from '../../collector/acquisition/source-table.ts';
import type { Words } from '../../collector/report/metric.ts';
import type { Channel } from '../../collector/store/channel-names.ts';

const byChannel: Record<Channel, Words> = {
  '(direct)': { fr: 'Accès direct', en: 'Direct' },
  organic_search: { fr: 'Recherche', en: 'Organic search' },
  organic_social: { fr: 'Réseaux sociaux', en: 'Organic social' },
  organic_video: { fr: 'Vidéo', en: 'Organic video' },
  organic_shopping: { fr: 'Comparateurs et places de marché', en: 'Organic shopping' },
  assistant: { fr: 'Assistants IA', en: 'AI assistants' },
  email: { fr: 'E-mail', en: 'E-mail' },
  referral: { fr: 'Sites référents', en: 'Referral' },
  paid_search: { fr: 'Recherche payante', en: 'Paid search' },
  paid_social: { fr: 'Réseaux sociaux payants', en: 'Paid social' },
  paid_video: { fr: 'Vidéo payante', en: 'Paid video' },
  paid_shopping: { fr: 'Shopping payant', en: 'Paid shopping' },
  paid_other: { fr: 'Autre payant', en: 'Other paid' },
  display: { fr: 'Bannières', en: 'Display' },
  affiliate: { fr: 'Affiliation', en: 'Affiliates' },
  audio: { fr: 'Audio', en: 'Audio' },
  sms: { fr: 'SMS', en: 'SMS' },
  push: { fr: 'Notifications', en: 'Push' },
  qr: { fr: 'QR code', en: 'QR code' },
  cross_network: { fr: 'Multi-réseaux', en: 'Cross-network' },
};

export const channelNames: Record<string, Words> = {
  ...byChannel,
  '(kiosk)': { fr: 'En magasin', en: 'In store' },
  '(none)': { fr: 'Non précisé', en: 'Not stated' },
};
export const channelName = (channel: Channel): Words => byChannel[channel];

export const sourceNames: Record<string, Words> = {
  '(direct)': { fr: 'Accès direct', en: 'Direct' },
  '(kiosk)': { fr: 'Bornes', en: 'Kiosks' },
  '(none)': { fr: 'Non précisé', en: 'Not stated' },
};

export const kindNames: Record<SourceKind, Words> = {
  search: { fr: 'Moteurs de recherche', en: 'Search engines' },
  assistant: { fr: 'Assistants IA', en: 'AI assistants' },
  social: { fr: 'Réseaux sociaux et messageries instantanées', en: 'Social networks and messengers' },
  video: { fr: 'Plateformes vidéo', en: 'Video platforms' },
  email: { fr: 'Messageries électroniques', en: 'Mail services' },
  shopping: { fr: 'Places de marché et comparateurs', en: 'Marketplaces and price comparison' },
  website: { fr: 'Sites et applications nommés', en: 'Websites and apps with a name' },
};
