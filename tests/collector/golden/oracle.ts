/**
 * The golden set's answers, worked out again with nothing of the collector: plain loops over the acts, one row at a time. answers.csv is
 * what this writes, and by-hand.ts holds it against cells that were worked out on paper.
 */
import { NAMES, recurringName } from './names.ts';
import { DONE, type Done, EXPOSURES } from './people.ts';
import { cameBefore, isEngaged, isKnown, isKnownVisit, isView, sum, VISITS } from './visits.ts';

export const COLUMNS = [
  ...['visitors', 'visits', 'pageviews', 'pages_per_visit', 'time_on_page', 'time_coverage', 'visit_time', 'scroll_depth'],
  ...['engaged_visits', 'engagement_rate', 'bounce_rate', 'known_visitors', 'known_ratio', 'known_visits', 'recurring_visitors'],
  ...['recurring_ratio', 'opt_ins', 'opt_ins_confirmed', 'opt_in_rate', 'events', 'exposures', 'active_s'],
];
/** Exposures have a place and a time, and nothing else. */
const OF_SCREENS = ['', 'touchpoint', 'store', 'kiosk', 'time:hour', 'time:day', 'time:week', 'time:month'];

/** Empty is “not measured”: there is nothing to divide by. */
const ratio = (a: number, b: number) => (b === 0 ? '' : `${a}/${b}`);
const count = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter(is).length;
const active = (acts: readonly Done[]) => acts.flatMap(({ activeS }) => activeS ?? []);

/** Visitors of a row, each by the last act in the row's period: that day says what they are. */
function visitorsOf(dimension: string, value: string, kept: readonly Done[]): Done[] {
  const inPeriod = dimension.startsWith('time:') ? kept : DONE;
  const last = [...Map.groupBy(inPeriod, ({ who }) => who).values()].flatMap((acts) => acts.at(-1) ?? []);
  if (dimension === 'known') return last.filter((act) => isKnown(act) === (value === 'yes'));
  if (dimension === 'recurring') return last.filter((act) => recurringName(act) === value);
  return last.filter(({ who }) => kept.some((act) => act.who === who));
}

function rowOf(dimension: string, value: string): string[] {
  const falls = (act: Done) => NAMES[dimension]?.(act).includes(value) ?? false;
  const kept = DONE.filter(falls);
  const views = kept.filter(isView);
  // A visit counts where one of its acts is kept, with those; over time it counts, whole, where it began.
  const ofVisit = (visit: readonly Done[]) =>
    dimension.startsWith('time:') ? visit.filter(() => visit.slice(0, 1).some(falls)) : visit.filter(falls);
  const visits = VISITS.filter((visit) => ofVisit(visit).length > 0);
  const engaged = count(visits, isEngaged);
  const visitors = visitorsOf(dimension, value, kept);
  const known = count(visitors, isKnown);
  const lasting = count(visitors, ({ person }) => person.id === 'lasting');
  const recurring = count(visitors, cameBefore);
  const canBeKnown = known > 0 || visitors.some(({ person }) => person.engagement);
  const scrolls = views.flatMap(({ scroll }) => scroll ?? []);
  const optedIn = count(visits, (visit) => ofVisit(visit).some(({ what }) => what === 'opt-in'));
  const cells: (string | number)[] = [
    visitors.length,
    visits.length,
    views.length,
    ratio(sum(visits.map((visit) => count(ofVisit(visit), isView))), visits.length),
    ratio(sum(active(views)), active(views).length),
    ratio(active(views).length, views.length),
    ratio(sum(visits.flatMap((visit) => active(ofVisit(visit)))), visits.length),
    ratio(sum(scrolls), scrolls.length),
    engaged,
    ratio(engaged, visits.length),
    ratio(visits.length - engaged, visits.length),
    known,
    canBeKnown ? ratio(known, visitors.length) : '',
    count(visits, isKnownVisit),
    lasting > 0 ? recurring : '',
    ratio(recurring, lasting),
    count(kept, ({ what }) => what === 'opt-in'),
    count(kept, ({ confirmed }) => confirmed),
    ratio(optedIn, visits.length),
    count(kept, ({ what }) => what === 'event'),
    OF_SCREENS.includes(dimension) ? count(EXPOSURES, falls) : '',
    active(views)
      .sort((a, b) => a - b)
      .join(' '),
  ];
  return cells.map(String);
}

/** Everything, as answers.csv has it. */
export function answersByOracle(): string {
  const lines = Object.keys(NAMES).flatMap((dimension) => {
    const seen = [...DONE, ...(OF_SCREENS.includes(dimension) ? EXPOSURES : [])];
    const values = new Set(seen.flatMap((act) => NAMES[dimension]?.(act) ?? []));
    return [...values].sort().map((value) => [dimension, value, ...rowOf(dimension, value)].join(','));
  });
  return `${[['dimension', 'value', ...COLUMNS].join(','), ...lines].join('\n')}\n`;
}
