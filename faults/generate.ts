/** Draws a scenario from a seed: who does what when, and what goes wrong. Nothing is drawn while it runs. */
import { seeded } from '../demo/seeded.ts';
import { startsOfDays } from './days.ts';
import type { Act, Fault, Happening, Item, Scenario, Step } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** D1's own words (https://developers.cloudflare.com/d1/observability/debug-d1/); the last two do not pass by themselves. */
const WORDS = [
  'D1_ERROR: Network connection lost.',
  'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: Internal error in D1 DB storage caused object to be reset.',
  'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
  'D1_ERROR: Exceeded maximum DB size',
  'D1_ERROR: no such table: pageviews: SQLITE_ERROR',
];
/** First days around clock changes, leap days and ordinary ones. */
const BEGINNINGS: readonly [zone: string, date: string][] = [
  ['UTC', '2026-10-24'],
  ['Europe/Paris', '2026-10-23'],
  ['Europe/Paris', '2026-03-27'],
  ['Europe/Paris', '2026-06-10'],
  ['Asia/Kolkata', '2024-02-27'],
  ['America/New_York', '2026-03-06'],
  ['Australia/Lord_Howe', '2026-04-03'],
];
const MIGRATIONS: readonly [sql: string, undo: string][] = [
  ['ALTER TABLE pageviews ADD COLUMN fault_extra INTEGER', 'ALTER TABLE pageviews DROP COLUMN fault_extra'],
  ['ALTER TABLE dirty ADD COLUMN fault_extra INTEGER NOT NULL DEFAULT 3', 'ALTER TABLE dirty DROP COLUMN fault_extra'],
  ['CREATE INDEX fault_extra ON events (site, name)', 'DROP INDEX fault_extra'],
  ['CREATE TABLE fault_extra (id INTEGER PRIMARY KEY)', 'DROP TABLE fault_extra'],
];

/** The dice of one scenario. */
function diceOf(seed: number) {
  const random = seeded(seed * 2_654_435_761);
  const below = (n: number) => Math.floor(random() * n);
  const chance = (percent: number) => random() * 100 < percent;
  const hex = (digits: number) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  const idAt = (born: number) => Math.max(0, born).toString(16).padStart(12, '0') + hex(12);
  return { below, chance, idAt, of: <T>(list: readonly T[], fallback: T) => list[below(list.length)] ?? fallback };
}

/** The same seed is the same scenario for ever, as long as this file does not change. */
export function generate(seed: number): Scenario {
  const { below, chance, idAt, of } = diceOf(seed);
  const [zone, date] = BEGINNINGS[below(BEGINNINGS.length)] ?? ['UTC', '2026-10-24'];
  const start = startsOfDays(zone, date, 1)[0] ?? 0;
  let now = start + DAY + below(3 * HOUR);
  const happenings: Happening[] = [];
  const steps: Step[] = [];
  const people = Array.from({ length: 2 + below(4) }, () => ({
    visitor: chance(12) ? null : idAt(start + below(DAY)),
    // A constant error of the sender's clock, which must not matter.
    wrongBy: chance(70) ? 0 : chance(50) ? -5 * DAY + below(10 * DAY) : -20 * MINUTE + below(40 * MINUTE),
    kiosk: false,
  }));
  if (chance(35)) people.push({ visitor: idAt(start), wrongBy: below(HOUR), kiosk: true });
  // A few moments to which late messages go back: they must meet in the same windows.
  const moments = Array.from({ length: 3 }, () => start + below(DAY + 8 * HOUR));

  const happen = (): number => {
    const who = of(people, { visitor: null, wrongBy: 0, kiosk: false });
    const dice = below(100);
    // Kiosks and queues bring old news; browsers without storage may be an hour late at most.
    const back = dice < 55 ? below(2 * MINUTE) : dice < 70 ? below(5 * HOUR) : now - of(moments, now) - below(25 * MINUTE);
    const at = Math.min(now, Math.max(start, now - (who.visitor === null ? Math.min(Math.max(back, 0), 50 * MINUTE) : back)));
    const kind = below(100);
    const what: Happening['what'] = who.kiosk
      ? kind < 40
        ? 'pageview'
        : kind < 65
          ? 'visit'
          : kind < 85
            ? 'exposure'
            : 'event'
      : kind < 60
        ? 'pageview'
        : kind < 75
          ? 'event'
          : kind < 85 && who.visitor !== null
            ? 'opt-in'
            : 'identify';
    // A kiosk makes a new id for each person: nobody stands there for more than a quarter of an hour.
    const visitor = who.kiosk
      ? Math.floor(at / (15 * MINUTE))
          .toString(16)
          .padStart(24, 'a')
      : who.visitor;
    happenings.push({
      ...{ id: idAt(at + who.wrongBy), what, at, born: at + who.wrongBy, visitor, page: `/p${below(4)}` },
      mode: what === 'identify' ? (chance(80) ? 'engagement' : 'audience') : chance(30) ? 'engagement' : 'audience',
      referrer: chance(25) ? of(['https://www.google.com/', 'https://news.example/a'], null) : null,
      ...{ kiosk: who.kiosk, email: `p${below(4)}@example.com` },
    });
    return happenings.length - 1;
  };
  const state = (happening: number): Item => {
    const measured = chance(65);
    const foregroundMs = measured ? below(chance(80) ? 90_000 : 40 * MINUTE) : null;
    return {
      happening,
      foregroundMs,
      activeMs: foregroundMs === null ? null : Math.min(foregroundMs, below(30_000)),
      scroll: chance(50) ? below(101) : null,
      touches: 1 + below(20),
      lengthMs: below(90_000),
      stolen: chance(4),
    };
  };
  const send = (faulty: boolean): Act => {
    const first = happenings.length > 0 && chance(45) ? below(happenings.length) : happen();
    const sender = happenings[first];
    const items = [state(first)];
    // One transmission carries one sender's messages: partly new, partly repeated, partly overtaken.
    for (let n = below(5); n > 0; n -= 1) {
      const next = happenings.length > 0 && chance(50) ? below(happenings.length) : happen();
      const h = happenings[next];
      if (h && sender && h.kiosk === sender.kiosk && h.born - h.at === sender.born - sender.at) items.push(state(next));
    }
    const skew = sender ? sender.born - sender.at : 0;
    const act: Act = { do: 'send', items, skew, drift: 0, slow: false, queueFails: false };
    if (chance(12)) act.drift = below(2 * HOUR) - HOUR;
    if (faulty) {
      if (chance(10)) act.slow = true;
      else act.fault = fault(chance(85) ? 'events' : 'people', 2);
      act.queueFails = chance(35);
    }
    return act;
  };
  const fault = (database: Fault['database'], calls: number): Fault => ({
    database,
    call: 1 + below(calls),
    how: of(['before', 'after', 'after', 'down', 'dies'] as const, 'after'),
    words: of(WORDS, ''),
  });
  const cron = (): Act => ({
    do: 'cron',
    lease: chance(50),
    pieces: chance(60) ? 5 : 5_000,
    limit: chance(75) ? 40 : 1 + below(4),
  });
  const deliver = (): Act => ({
    ...{ do: 'deliver', size: 1 + below(6), pick: below(1e6), again: chance(25) },
    ...(chance(40) ? { fault: fault('events', 3) } : {}),
  });
  const other = (): Act => {
    const dice = below(100);
    return dice < 45 ? send(false) : dice < 75 ? cron() : deliver();
  };
  const draw = (): Act => {
    const dice = below(100);
    if (dice < 52) return send(chance(40));
    if (dice < 68) return { ...cron(), ...(chance(40) ? { fault: fault('events', 14) } : {}) };
    if (dice < 80) return deliver();
    if (dice < 88) return { do: 'both', acts: [chance(50) ? cron() : deliver(), other()] };
    if (dice < 93 && happenings.length > 0) {
      const optIn = happenings.findIndex((h) => h.what === 'opt-in');
      if (optIn >= 0) return { do: 'confirm', happening: optIn };
    }
    if (dice < 95) return { do: 'replay', all: chance(50), ...(chance(50) ? { fault: fault('events', 4) } : {}) };
    if (dice < 98) return { do: 'poison', column: of(['page', 'kiosk', 'at'], 'page') };
    const [sql, undo] = MIGRATIONS[below(MIGRATIONS.length)] ?? ['', ''];
    return { do: 'both', acts: [{ do: 'migrate', sql, undo }, other()] };
  };

  let down = 0;
  for (let n = 7 + below(8); n > 0; n -= 1) {
    const dice = below(100);
    now += 1 + (dice < 60 ? below(10 * MINUTE) : dice < 85 ? below(80 * MINUTE) : DAY - below(3 * HOUR));
    const act = draw();
    if (!act.fault && act.do !== 'both' && act.do !== 'migrate' && chance(45))
      act.meanwhile =
        act.do === 'cron'
          ? { call: 1 + below(12), when: 'before', act: other() }
          : { call: 1 + below(2), when: chance(40) ? 'before' : 'after', act: chance(60) ? cron() : other() };
    // Now and then EVENTS is away for a while: everything sent then goes to the queue.
    if (down === 0 && chance(6)) down = 1 + below(4);
    else if (down > 0) {
      down -= 1;
      act.fault = { database: 'events', call: 1, how: 'down', words: of(WORDS.slice(0, 5), '') };
    }
    steps.push({ now, act });
  }
  return { seed, zone, start, happenings, steps };
}
