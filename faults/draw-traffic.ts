/** Draws what happens to whom, and in which states it is sent. */
import type { Dice } from './dice.ts';
import type { Happening, Item } from './scenario.ts';
import type { Theme } from './themes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Nobody stands at a kiosk for longer: each person has an id of their own. */
const TURN = 15 * MINUTE;

export type Person = { visitor: string | null; wrongBy: number; kiosk: boolean };
export type Wish = { who?: Person; what?: Happening['what']; at?: number };
export type Traffic = {
  readonly happenings: Happening[];
  /** Something happens, now or earlier. Returns its place in `happenings`. */
  make: (now: number, wish?: Wish) => number;
  /** One state of a happening: measured or not, early or late, perhaps under a stolen name. */
  state: (happening: number) => Item;
  /** A browser that keeps its id. */
  somebody: () => Person;
  /** A browser that keeps its id, and did nothing yet. */
  newcomer: () => Person;
};

function drawPeople({ below, chance, idAt }: Dice, start: number, most: number): Person[] {
  const people = Array.from({ length: 1 + below(most) }, () => ({
    visitor: chance(12) ? null : idAt(start + below(DAY)),
    // A constant error of the sender's clock, which must not matter.
    wrongBy: chance(70) ? 0 : chance(50) ? -5 * DAY + below(10 * DAY) : -20 * MINUTE + below(40 * MINUTE),
    kiosk: false,
  }));
  return chance(35) ? [...people, { visitor: idAt(start), wrongBy: below(HOUR), kiosk: true }] : people;
}

export function drawTraffic(dice: Dice, start: number, theme: Theme): Traffic {
  const { below, chance, idAt, of, weighed } = dice;
  const people = drawPeople(dice, start, theme.people);
  const happenings: Happening[] = [];
  // A few moments to which late messages go back: they must meet in the same windows, some of them around midnight.
  const moments = Array.from({ length: 3 }, () =>
    chance(40) ? start + DAY - HOUR + below(2 * HOUR) : start + below(DAY + 12 * HOUR),
  );

  function instant(now: number, who: Person): number {
    // Longer ago than anything is accepted: it must be refused, and nothing of it counted.
    if (chance(1) && who.visitor !== null) return now - 30 * DAY - 3 * HOUR - below(DAY);
    const back = weighed(
      [
        [100 - theme.late, below(2 * MINUTE)],
        [theme.late * 0.3, below(5 * HOUR)],
        [theme.late * 0.7, Math.max(0, now - of(moments, now) - below(25 * MINUTE))],
      ],
      0,
    );
    // Browsers without storage may be an hour late at most.
    return Math.min(now, Math.max(start, now - (who.visitor === null ? Math.min(back, 50 * MINUTE) : back)));
  }
  function whatOf(who: Person): Happening['what'] {
    if (who.kiosk)
      return weighed(
        [
          [40, 'pageview'],
          [25, 'visit'],
          [20, 'exposure'],
          [15, 'event'],
        ],
        'pageview',
      );
    return weighed(
      [
        [60, 'pageview'],
        [15, 'event'],
        [who.visitor === null ? 0 : 14, 'opt-in'],
        [theme.identifies, 'identify'],
      ],
      'pageview',
    );
  }
  let last: Person = { visitor: null, wrongBy: 0, kiosk: false };
  function make(now: number, wish: Wish = {}): number {
    // Whoever did something often goes on: visits are several acts long.
    const who = wish.who ?? (chance(theme.goesOn) ? last : of(people, last));
    last = who;
    const at = wish.at === undefined || who.visitor === null ? instant(now, who) : Math.max(start, wish.at);
    const drawn = wish.what ?? whatOf(who);
    // An opt-in is never too old: it would be counted when it is received.
    const what = drawn === 'opt-in' && at < start ? 'event' : drawn;
    const visitor = who.kiosk
      ? Math.floor(at / TURN)
          .toString(16)
          .padStart(24, 'a')
      : who.visitor;
    happenings.push({
      ...{ id: idAt(at + who.wrongBy), what, at, born: at + who.wrongBy, visitor, page: `/p${below(4)}`, kiosk: who.kiosk },
      mode: what === 'identify' ? (chance(80) ? 'engagement' : 'audience') : chance(30) ? 'engagement' : 'audience',
      referrer: chance(25) ? of(['https://www.google.com/', 'https://news.example/a'], null) : null,
      email: `p${below(4)}@example.com`,
    });
    return happenings.length - 1;
  }
  function state(happening: number): Item {
    const foregroundMs = chance(65) ? below(chance(75) ? 90_000 : 70 * MINUTE) : null;
    return {
      happening,
      foregroundMs,
      activeMs: foregroundMs === null ? null : Math.min(foregroundMs, below(30_000)),
      scroll: chance(50) ? below(101) : null,
      touches: 1 + below(20),
      lengthMs: below(90_000),
      stolen: chance(5),
    };
  }
  function newcomer(): Person {
    const fresh = { visitor: idAt(start), wrongBy: 0, kiosk: false };
    people.push(fresh);
    return fresh;
  }
  function somebody(): Person {
    const known = people.filter((p) => p.visitor !== null && !p.kiosk);
    return known.length > 0 ? of(known, last) : newcomer();
  }
  return { happenings, make, state, somebody, newcomer };
}
