/**
 * Plausible's export: a zip of `imported_TABLE_FROM_TO.csv`, figures by day and value, days in the site's zone. Tables and columns
 * as in https://github.com/plausible/analytics/blob/master/lib/plausible/exports.ex and its older exports.
 */
import type { ImportedDimension } from '../store/imported-dimensions.ts';
import type { Site } from '../store/sites.ts';
import type { Words } from './findings.ts';
import { readPath } from './read-path.ts';
import type { Columns } from './read-table.ts';
import type { Row } from './row.ts';
import type { Sums, Tally } from './tally.ts';
import { ourName } from './technology-words.ts';
import { whereFrom } from './where-from.ts';

const OTHER_MEANING: Words = {
  fr: "Défini autrement qu'ici, laissé de côté.",
  en: 'Defined differently here, left out.',
};
const NO_NAME: Words = { fr: "Un code au lieu d'un nom, laissé de côté.", en: 'A code instead of a name, left out.' };
const ANY_HOST: Words = { fr: "L'un des domaines de la page, laissé de côté.", en: 'One of the hosts of the page, left out.' };
const VERSION: Words = { fr: 'Les versions sont regroupées.', en: 'Versions are put together.' };
const BY_VALUE: Words = {
  fr: 'Les visiteurs ne se comptent que par jour, laissé de côté.',
  en: 'Visitors are only counted by day, left out.',
};
const VISIT_ASIDE = { bounces: OTHER_MEANING, visit_duration: OTHER_MEANING };
const ASIDE = { ...VISIT_ASIDE, visitors: BY_VALUE };

type Reader = { columns: Columns; read: (row: Row, day: number, tally: Tally, site: Site) => void };

/** Figures of a table by visit: older exports have no pageviews here. */
const visitSums = (row: Row, visits: string): Sums => {
  const [v, p] = [row.count(visits), row.count('pageviews')];
  return { ...(v === null ? {} : { visits: v }), ...(p === null ? {} : { pageviews: p }) };
};

/** A table whose every row is one value of one dimension. */
const byValue = (
  dimension: ImportedDimension,
  column: string,
  options: { visits?: string; aside?: Record<string, Words>; value?: (text: string) => string } = {},
): Reader => ({
  columns: {
    needed: ['date', column, options.visits ?? 'visits'],
    used: ['pageviews'],
    aside: { ...ASIDE, ...options.aside },
  },
  read: (row, day, tally) =>
    tally.add(dimension, day, (options.value ?? ((text) => text))(row.text(column)), visitSums(row, options.visits ?? 'visits')),
});

const TABLES: Record<string, Reader> = {
  visitors: {
    columns: { needed: ['date', 'visitors', 'pageviews', 'visits'], aside: VISIT_ASIDE },
    read: (row, day, tally) => {
      const [visitors, pageviews, visits] = [row.count('visitors'), row.count('pageviews'), row.count('visits')];
      tally.add('total', day, '', { visitors: visitors ?? 0, pageviews: pageviews ?? 0, visits: visits ?? 0 });
    },
  },
  sources: {
    columns: {
      needed: ['date', 'source', 'visits'],
      used: ['referrer', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term', 'pageviews'],
      aside: ASIDE,
    },
    read: (row, day, tally, site) => {
      const named = row.text('source', 120);
      const sums = visitSums(row, 'visits');
      const utm = (name: string) => row.text(`utm_${name}`, 120) || null;
      const campaign = {
        source: utm('source'),
        medium: utm('medium'),
        campaign: utm('campaign'),
        content: utm('content'),
        term: utm('term'),
      };
      const hint = {
        named: /^direct( \/ none)?$/i.test(named) ? '' : named,
        referrer: row.text('referrer'),
        campaign,
        browser: '',
      };
      for (const [dimension, value] of whereFrom(site, hint)) tally.add(dimension, day, value, sums);
    },
  },
  pages: {
    columns: {
      needed: ['date', 'page', 'pageviews'],
      used: ['visits'],
      aside: {
        hostname: ANY_HOST,
        visitors: BY_VALUE,
        exits: OTHER_MEANING,
        time_on_page: OTHER_MEANING,
        total_scroll_depth: OTHER_MEANING,
        total_scroll_depth_visits: OTHER_MEANING,
        total_time_on_page: OTHER_MEANING,
        total_time_on_page_visits: OTHER_MEANING,
      },
    },
    read: (row, day, tally) => tally.add('page', day, readPath(row.text('page', 2_048)), visitSums(row, 'visits')),
  },
  entry_pages: byValue('entry_page', 'entry_page', { visits: 'entrances', value: readPath }),
  exit_pages: byValue('exit_page', 'exit_page', { visits: 'exits', value: readPath }),
  locations: byValue('country', 'country', { aside: { region: NO_NAME, city: NO_NAME } }),
  devices: byValue('device', 'device', { value: (text) => ourName('device', text) }),
  browsers: byValue('browser', 'browser', { aside: { browser_version: VERSION }, value: (text) => ourName('browser', text) }),
  operating_systems: byValue('os', 'operating_system', {
    aside: { operating_system_version: VERSION },
    value: (text) => ourName('os', text),
  }),
  custom_events: {
    columns: {
      needed: ['date', 'name', 'events'],
      aside: { visitors: BY_VALUE, link_url: OTHER_MEANING, path: OTHER_MEANING },
    },
    read: (row, day, tally) => {
      const events = row.count('events') ?? 0;
      const name = row.text('name', 120);
      // Plausible's own measurement of engagement is no act that the site owner named.
      if (name === '' || name === 'engagement') return;
      tally.add('event', day, name, { events });
      tally.add('total', day, '', { events });
    },
  },
};

/** The table that a file's name says it is: `imported_pages_20240101_20240331.csv`. */
export const tableNamed = (file: string): string | null => {
  const name = /^imported_([a-z_]+?)(?:_\d{8}_\d{8})?\.csv$/i.exec(file)?.[1]?.toLowerCase();
  return name !== undefined && Object.hasOwn(TABLES, name) ? name : null;
};
/** The table with the totals of the days: without it there is nothing to add the others to. */
export const TOTALS = 'visitors';
export const EVENTS = 'custom_events';
export const readerOf = (table: string): Reader | undefined => (Object.hasOwn(TABLES, table) ? TABLES[table] : undefined);
