/**
 * GoatCounter's export (`goatcounter-export-….csv.gz`): every hit, with the version of the format before the first column's name.
 * Versions 1 and 2; columns as in https://github.com/arp242/goatcounter/blob/main/export.go. Its session lasts eight hours and is all it
 * knows of a visitor: visits can be counted, visitors cannot.
 */
import type { Site } from '../store/sites.ts';
import { type Findings, leaveOut, type Words } from './findings.ts';
import { collectHits } from './hits.ts';
import { readPath } from './read-path.ts';
import { type CsvFile, readTable } from './read-table.ts';
import type { Row } from './row.ts';
import type { Tally } from './tally.ts';
import { ourName } from './technology-words.ts';
import { whereFrom } from './where-from.ts';

const ASIDE: Words = { fr: 'Sans équivalent ici, laissé de côté.', en: 'Nothing like it here, left out.' };
const BOT: Words = { fr: 'Robots, laissés de côté.', en: 'Bots, left out.' };
const NO_SESSION: Words = {
  fr: 'Sans session : comptés comme pages vues, pas comme visites.',
  en: 'Without a session: counted as pageviews, not as visits.',
};
const NEEDED = ['Path', 'Event', 'Bot', 'Session', 'Referrer', 'Date'];
const USED = ['Referrer scheme', 'Browser', 'System', 'Location'];
const LEFT = Object.fromEntries(['Title', 'UserAgent', 'Screen size', 'FirstVisit'].map((name) => [name, ASIDE]));

const VERSION = /^([12])Path$/;
export const isGoatCounter = (header: readonly string[]) => VERSION.test(header[0] ?? '');
const isTrue = (text: string) => /^(true|1)$/i.test(text);

/** A referrer is a host with its path (`h`), a name GoatCounter made (`g`), a campaign (`c`), or something else (`o`). */
function originOf(row: Row, site: Site) {
  const text = row.text('Referrer');
  const scheme = row.text('Referrer scheme', 2);
  const isHost = scheme === 'h' || (scheme === '' && /^[\w-]+(\.[\w-]+)+(\/|$)/.test(text));
  const none = { source: null, medium: null, campaign: null, content: null, term: null };
  return whereFrom(site, {
    referrer: isHost ? text : '',
    named: isHost || scheme === 'c' ? '' : text,
    campaign: scheme === 'c' && text !== '' ? { ...none, campaign: text.slice(0, 120) } : none,
    browser: '',
  });
}

export function readGoatCounter(file: CsvFile, site: Site, tally: Tally, findings: Findings): void {
  const hits = collectHits(site.zone, tally, { visits: true, visitors: false });
  const columns = { needed: NEEDED, used: USED, aside: LEFT };
  const rename = (name: string) => name.replace(VERSION, 'Path');
  readTable(
    file,
    columns,
    findings,
    (row) => {
      const at = row.moment('Date');
      const bot = row.count('Bot');
      if (at === null) return;
      if (bot !== null && bot > 0) {
        leaveOut(findings, file.name, 'Bot', BOT, 1);
        return;
      }
      const event = isTrue(row.text('Event', 5));
      const session = row.text('Session', 60);
      if (session === '') leaveOut(findings, file.name, 'Session', NO_SESSION, 1);
      hits.add({
        at,
        visit: session || null,
        visitor: null,
        path: event ? '/' : readPath(row.text('Path', 2_048)),
        event: event ? row.text('Path', 120) || '(none)' : null,
        about: () => [
          ...originOf(row, site),
          ['country', row.text('Location', 10).slice(0, 2).toUpperCase() || '(none)'],
          ['browser', ourName('browser', row.text('Browser', 60))],
          ['os', ourName('os', row.text('System', 60))],
        ],
      });
    },
    rename,
  );
  hits.finish();
}
