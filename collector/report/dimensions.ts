/** The registry of dimensions: what figures can be broken down by, where each lies in the rollups, and how its values are named. */
import { BROWSERS, DEVICES, SYSTEMS, spellLanguage } from '../store/technology-names.ts';
import { type RollupDimension, unpackTechnology } from '../store/visits-sql.ts';
import type { Words } from './metric.ts';
import type { BucketSize } from './period.ts';

export type Dimension = {
  name: string;
  label: Words;
  rollup: RollupDimension;
  /** Cuts time instead of values. */
  bucket?: BucketSize;
  /** Text of a value: a column of a dictionary, */
  dictionary?: { table: 'pages' | 'origins' | 'places'; column: string };
  /** or part of the number itself. */
  unpack?: (value: number) => string;
  /** Distinct visitors are exact here; elsewhere they are null. */
  countsVisitors: boolean;
};

const text = (fr: string, en: string): Words => ({ fr, en });
const page = (name: string, label: Words, rollup: RollupDimension, column: string): Dimension => ({
  name,
  label,
  rollup,
  dictionary: { table: 'pages', column },
  countsVisitors: false,
});
const origin = (name: string, label: Words, column = name): Dimension => ({
  name,
  label,
  rollup: 'origin',
  dictionary: { table: 'origins', column },
  countsVisitors: false,
});
const place = (name: string, label: Words): Dimension => ({
  name,
  label,
  rollup: 'place',
  dictionary: { table: 'places', column: name },
  countsVisitors: false,
});
const technology = (name: string, label: Words, unpack: (value: number) => string): Dimension => ({
  name,
  label,
  rollup: 'technology',
  unpack,
  countsVisitors: false,
});
const time = (bucket: BucketSize, label: Words): Dimension => ({
  name: `time:${bucket}`,
  label,
  rollup: 'total',
  bucket,
  countsVisitors: bucket !== 'hour',
});
const touch = (name: string, label: Words): Dimension => ({ name, label, rollup: 'touchpoint', countsVisitors: true });

export const DIMENSIONS: readonly Dimension[] = [
  time('hour', text('Heure', 'Hour')),
  time('day', text('Jour', 'Day')),
  time('week', text('Semaine', 'Week')),
  time('month', text('Mois', 'Month')),
  page('page', text('Page', 'Page'), 'page', 'path'),
  page('page_group', text('Groupe de pages', 'Page group'), 'page', 'page_group'),
  page('hostname', text('Domaine', 'Hostname'), 'page', 'host'),
  page('entry_page', text("Page d'entrée", 'Entry page'), 'entry_page', 'path'),
  page('exit_page', text('Page de sortie', 'Exit page'), 'exit_page', 'path'),
  origin('channel', text('Canal', 'Channel')),
  origin('source', text('Source', 'Source')),
  origin('referrer', text('Site référent', 'Referrer')),
  origin('utm_source', text('UTM source', 'UTM source')),
  origin('utm_medium', text('UTM medium', 'UTM medium')),
  origin('utm_campaign', text('Campagne', 'Campaign')),
  origin('utm_content', text('UTM content', 'UTM content')),
  origin('utm_term', text('UTM term', 'UTM term')),
  place('country', text('Pays', 'Country')),
  place('region', text('Région', 'Region')),
  place('city', text('Ville', 'City')),
  technology('device', text('Appareil', 'Device'), (v) => DEVICES[unpackTechnology(v).device] ?? 'unknown'),
  technology('browser', text('Navigateur', 'Browser'), (v) => BROWSERS[unpackTechnology(v).browser] ?? 'unknown'),
  technology('os', text('Système', 'Operating system'), (v) => SYSTEMS[unpackTechnology(v).os] ?? 'unknown'),
  technology('language', text('Langue', 'Language'), (v) => spellLanguage(unpackTechnology(v).language) ?? 'unknown'),
  touch('touchpoint', text('Point de contact', 'Touchpoint')),
  touch('store', text('Magasin', 'Store')),
  touch('kiosk', text('Borne', 'Kiosk')),
];

const byName = new Map(DIMENSIONS.map((d) => [d.name, d]));
export const dimensionOf = (name: string): Dimension | undefined => byName.get(name);

/** Names of values that are no text of their own; the dashboard translates them. */
export const DIRECT = '(direct)';
export const KIOSK = '(kiosk)';
export const NONE = '(none)';
