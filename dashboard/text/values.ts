/** Names of values that are no names of their own: kinds of devices, yes and no, what nothing says. */
import type { Words } from '../../collector/report/metric.ts';
import { channelNames, sourceNames } from './channels.ts';

const web: Words = { fr: 'Site web', en: 'Website' };
const unknown: Words = { fr: 'Inconnu', en: 'Unknown' };
const other: Words = { fr: 'Autre', en: 'Other' };
const unstated: Words = { fr: 'Non précisé', en: 'Not stated' };
const unmeasured: Words = { fr: 'Non mesuré', en: 'Not measured' };

/** Values with words, by dimension; any other value is shown as it came. */
export const valueWords: Record<string, Record<string, Words>> = {
  channel: channelNames,
  source: sourceNames,
  device: {
    unknown,
    desktop: { fr: 'Ordinateur', en: 'Desktop' },
    mobile: { fr: 'Téléphone', en: 'Phone' },
    tablet: { fr: 'Tablette', en: 'Tablet' },
    tv: { fr: 'Télévision', en: 'Television' },
    console: { fr: 'Console de jeu', en: 'Game console' },
    wearable: { fr: 'Montre', en: 'Watch' },
    kiosk: { fr: 'Borne', en: 'Kiosk' },
  },
  browser: { unknown, other },
  os: { unknown, other },
  language: { unknown },
  // Codes that Cloudflare has beside those of ISO 3166.
  country: { XX: unknown, T1: { fr: 'Réseau Tor', en: 'Tor network' } },
  touchpoint: { web, kiosk: { fr: 'Bornes', en: 'Kiosks' } },
  store: { web },
  kiosk: { web },
  known: { yes: { fr: 'Connus', en: 'Known' }, no: { fr: 'Pas encore connus', en: 'Not known yet' } },
  recurring: {
    yes: { fr: 'Déjà venus', en: 'Had come before' },
    no: { fr: 'Première fois', en: 'First time' },
    '(not measured)': unmeasured,
  },
  event: { '(none)': { fr: 'Sans événement', en: 'Without an event' } },
  page_group: { '(none)': { fr: 'Sans groupe', en: 'In no group' } },
};

/** Values that any dimension may have. */
export const commonWords: Record<string, Words> = { '(none)': unstated, '(not measured)': unmeasured };

/** Dimensions whose values all have words of ours or of the language. */
export const CLOSED: readonly string[] = ['channel', 'device', 'country', 'language', 'touchpoint', 'known', 'recurring'];
