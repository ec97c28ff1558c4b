/** Under which values of a dimension an act falls, by the words of the glossary and of decision 015. */
import type { Done } from './people.ts';
import { cameBefore, isKnownVisit, isView, visitOf } from './visits.ts';

/** referrer, source, channel, utm_source, utm_medium, utm_campaign */
const ORIGINS: Record<string, string> = {
  Google: 'google.fr, Google, organic_search, (none), (none), (none)',
  Bing: 'bing.com, Bing, organic_search, (none), (none), (none)',
  letter: '(none), letter, email, letter, email, spring',
  'a.example': 'a.example, a.example, referral, (none), (none), (none)',
  nowhere: '(none), (direct), (direct), (none), (none), (none)',
  kiosk: '(none), (kiosk), (kiosk), (none), (none), (none)',
};
const GROUPS: Record<string, string> = { '/shoes': 'product', '/help': 'help' };
const yes = (is: boolean) => (is ? 'yes' : 'no');
export const recurringName = (act: Done) => (act.person.id === 'lasting' ? yes(cameBefore(act)) : '(not measured)');

/** An event is seen with itself, another act with each event of its visit. */
function seenWith(act: Done, nameOf: (event: Done) => string): string[] {
  const events = act.what === 'event' ? [act] : visitOf(act).filter(({ what }) => what === 'event');
  return events.length === 0 ? ['(none)'] : events.map(nameOf);
}

type Place = (act: Done) => string[];
/** A kiosk's word that it was touched is no act on a page. */
const onPage =
  (nameOf: (act: Done) => string): Place =>
  (act) =>
    act.what === 'visit' ? [] : [nameOf(act)];
/** The visit's origin, by its first pageview. */
const origin =
  (column: number): Place =>
  (act) => {
    const from = act.person.id === 'kiosk' ? 'kiosk' : (visitOf(act).find(isView)?.origin ?? 'nowhere');
    return [ORIGINS[from]?.split(', ')[column] ?? ''];
  };
const place =
  (of: 'place' | 'on', column: number): Place =>
  ({ person }) => [person[of][column] ?? ''];

export const NAMES: Record<string, Place> = {
  'time:hour': ({ hour }) => [hour],
  'time:day': ({ day }) => [day],
  // The 26th is a Monday; the period begins on the 24th.
  'time:week': ({ day }) => [day < '2026-10-26' ? '2026-10-24' : '2026-10-26'],
  'time:month': () => ['2026-10-24'],
  page: onPage(({ page }) => page),
  page_group: onPage(({ page }) => GROUPS[page] ?? '(none)'),
  hostname: onPage(({ host }) => host ?? 'shop.example'),
  entry_page: (act) => [visitOf(act).find(isView)?.page ?? ''],
  exit_page: (act) => [visitOf(act).findLast(isView)?.page ?? ''],
  channel: origin(2),
  source: origin(1),
  referrer: origin(0),
  utm_campaign: origin(5),
  utm_source: origin(3),
  utm_medium: origin(4),
  utm_content: () => ['(none)'],
  utm_term: () => ['(none)'],
  country: place('place', 0),
  region: place('place', 1),
  city: place('place', 2),
  device: place('on', 0),
  browser: place('on', 1),
  os: place('on', 2),
  language: place('on', 3),
  touchpoint: ({ person }) => [person.id === 'kiosk' ? 'kiosk' : 'web'],
  store: ({ person }) => [person.store],
  kiosk: ({ person }) => [person.kiosk],
  known: (act) => [yes(isKnownVisit(visitOf(act)))],
  recurring: (act) => [recurringName(visitOf(act)[0] ?? act)],
  event: (act) => seenWith(act, ({ name }) => name ?? ''),
  'prop:format': (act) => seenWith(act, ({ props }) => /"format":"(\w+)"/.exec(props ?? '')?.[1] ?? '(none)'),
  '': () => [''],
};
