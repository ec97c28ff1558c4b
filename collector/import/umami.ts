/**
 * Umami's data export (`website_event.csv`, also inside a zip): every hit, times in UTC. Columns as in Umami Cloud's export and in
 * the table `website_event` of https://github.com/umami-software/umami/blob/master/db/clickhouse/schema.sql.
 */
import type { ImportedDimension } from '../store/imported-dimensions.ts';
import type { Site } from '../store/sites.ts';
import { type Findings, leaveOut, type Words } from './findings.ts';
import { collectHits } from './hits.ts';
import { readPath } from './read-path.ts';
import { type CsvFile, headerOf, readTable } from './read-table.ts';
import type { Row } from './row.ts';
import type { Tally } from './tally.ts';
import { ourName } from './technology-words.ts';
import { whereFrom } from './where-from.ts';

const ASIDE: Words = { fr: 'Sans équivalent ici, laissé de côté.', en: 'Nothing like it here, left out.' };
const PRIVATE: Words = { fr: 'Pourrait désigner une personne, laissé de côté.', en: 'May name a person, left out.' };
const OTHER_HIT: Words = { fr: 'Ni page vue ni événement, laissé de côté.', en: 'Neither a pageview nor an event, left out.' };
const NEEDED = ['session_id', 'created_at', 'url_path', 'event_type'];
const USED = [
  'visit_id',
  'hostname',
  'browser',
  'os',
  'device',
  'language',
  'country',
  'city',
  'referrer_domain',
  'event_name',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
];
const aside = (names: string, why: Words) => Object.fromEntries(names.split(' ').map((name) => [name, why]));
const LEFT = {
  ...aside('website_id event_id screen page_title tag job_id region subdivision1 subdivision2 referrer_path', ASIDE),
  ...aside('url_query referrer_query distinct_id gclid fbclid msclkid ttclid li_fat_id twclid', PRIVATE),
};

export const isUmami = (header: readonly string[]) => NEEDED.every((name) => header.includes(name));
/** The dashboard's "Export" makes seven tables without a date: nothing of them belongs to a day. */
export const isUmamiSummary = (names: readonly string[]) =>
  ['events.csv', 'pages.csv', 'referrers.csv', 'browsers.csv'].every((name) => names.includes(name));

function aboutOf(row: Row, site: Site): [dimension: ImportedDimension, value: string][] {
  const utm = (name: string) => row.text(`utm_${name}`, 120) || null;
  const browser = ourName('browser', row.text('browser', 60));
  const referrer = row.text('referrer_domain', 253);
  return [
    ...whereFrom(site, {
      referrer: referrer === row.text('hostname', 253) ? '' : referrer,
      named: '',
      campaign: {
        source: utm('source'),
        medium: utm('medium'),
        campaign: utm('campaign'),
        content: utm('content'),
        term: utm('term'),
      },
      browser: '',
    }),
    ['country', row.text('country', 2).toUpperCase() || '(none)'],
    ['city', row.text('city', 100) || '(none)'],
    ['device', ourName('device', row.text('device', 60))],
    ['browser', browser],
    ['os', ourName('os', row.text('os', 60))],
    ['language', row.text('language', 35).slice(0, 2).toLowerCase() || 'unknown'],
  ];
}

export function readUmami(file: CsvFile, site: Site, tally: Tally, findings: Findings): void {
  const hits = collectHits(site.zone, tally, { visits: headerOf(file).includes('visit_id'), visitors: true });
  readTable(file, { needed: NEEDED, used: USED, aside: LEFT }, findings, (row) => {
    const at = row.moment('created_at');
    const type = row.text('event_type', 10);
    if (at === null) return;
    if (type !== '1' && type !== '2') {
      if (/^\d+$/.test(type)) leaveOut(findings, file.name, 'event_type', OTHER_HIT, 1);
      else row.mistake('event_type', { fr: 'Le type est un nombre.', en: 'The type is a number.' });
      return;
    }
    // Custom events have type 2; the ones without a name could not be told apart.
    const event = type === '2' ? row.text('event_name', 120) || '(none)' : null;
    hits.add({
      at,
      visit: row.text('visit_id', 60) || null,
      visitor: row.text('session_id', 60) || null,
      path: readPath(row.text('url_path', 2_048)),
      event,
      about: () => aboutOf(row, site),
    });
  });
  hits.finish();
}
