/** Draws what is done, and what goes wrong in it. */
import type { Dice } from './dice.ts';
import { drawFault, stumble } from './draw-faults.ts';
import type { Traffic } from './draw-traffic.ts';
import type { Act } from './scenario.ts';
import type { Theme } from './themes.ts';

const HOUR = 3_600_000;
const MIGRATIONS: readonly [sql: string, undo: string][] = [
  ['ALTER TABLE pageviews ADD COLUMN fault_extra INTEGER', 'ALTER TABLE pageviews DROP COLUMN fault_extra'],
  ['ALTER TABLE dirty ADD COLUMN fault_extra INTEGER NOT NULL DEFAULT 3', 'ALTER TABLE dirty DROP COLUMN fault_extra'],
  ['CREATE INDEX fault_extra ON events (site, name)', 'DROP INDEX fault_extra'],
  ['CREATE TABLE fault_extra (id INTEGER PRIMARY KEY)', 'DROP TABLE fault_extra'],
];

export type Acts = {
  /** Any act, with what may go wrong in it and what may happen meanwhile. */
  any: (now: number) => Act;
  /** A healthy transmission of one happening. */
  sendOf: (happening: number) => Act;
  windows: (pieces: number) => Act;
  purge: () => Act;
  upkeep: () => Act;
  stumble: (act: Act) => Act;
};

export function actsOf(dice: Dice, traffic: Traffic, theme: Theme): Acts {
  const { below, chance, of, weighed } = dice;
  const { happenings, make, state } = traffic;

  function sendOf(happening: number): Extract<Act, { do: 'send' }> {
    const sender = happenings[happening];
    const skew = sender ? sender.born - sender.at : 0;
    return { do: 'send', items: [state(happening)], skew, drift: 0, slow: false, queueFails: false };
  }
  /** One transmission carries one sender's messages: partly new, partly repeated, partly overtaken. */
  function send(now: number, faulty: boolean): Act {
    const first = happenings.length > 0 && chance(theme.repeats) ? below(happenings.length) : make(now);
    const sender = happenings[first];
    const items = [state(first)];
    for (let n = below(6); n > 0; n -= 1) {
      const next = happenings.length > 0 && chance(50) ? below(happenings.length) : make(now);
      const h = happenings[next];
      if (h && sender && h.kiosk === sender.kiosk && h.born - h.at === sender.born - sender.at) items.push(state(next));
    }
    const act = { ...sendOf(first), items, drift: chance(12) ? below(2 * HOUR) - HOUR : 0 };
    if (!faulty) return act;
    const queueFails = chance(25);
    if (chance(10)) return { ...act, slow: true, queueFails };
    return { ...act, queueFails, fault: drawFault(dice, chance(85) ? 'events' : 'people', 2) };
  }
  const windows = (pieces: number): Act => ({ do: 'cron', lease: false, pieces, limit: chance(75) ? 40 : 1 + below(4) });
  const purge = (): Act => ({ do: 'purge', steps: 1 + below(8), rows: 1 + below(8) });
  function upkeep(): Act {
    if (theme.purges && chance(45)) return purge();
    return chance(35) ? { do: 'cron', lease: true, pieces: 0, limit: 0 } : windows(chance(theme.pieces) ? 2 + below(3) : 5_000);
  }
  const deliver = (): Act => ({ do: 'deliver', size: 1 + below(6), pick: below(1e6), again: chance(25) });
  const broken = (act: Act, calls: number, people: number): Act =>
    chance(theme.broken) ? { ...act, fault: drawFault(dice, chance(people) ? 'people' : 'events', calls) } : act;
  const other = (now: number): Act =>
    weighed(
      [
        [45, () => send(now, false)],
        [35, upkeep],
        [20, deliver],
      ],
      upkeep,
    )();
  function confirm(now: number): Act {
    // No link works until its day is sealed.
    const optIns = happenings.flatMap((h, i) => (h.what === 'opt-in' && (!theme.purges || h.at > now - 12 * HOUR) ? [i] : []));
    return optIns.length === 0 ? send(now, true) : broken({ do: 'confirm', happening: of(optIns, 0) }, 4, 50);
  }
  function migrate(now: number): Act {
    const [sql, undo] = of(MIGRATIONS, ['', '']);
    return { do: 'both', acts: [{ do: 'migrate', sql, undo }, other(now)] };
  }
  const draw = (now: number): Act =>
    weighed<() => Act>(
      [
        [theme.acts.send, () => send(now, chance(theme.broken))],
        [theme.acts.upkeep, () => broken(upkeep(), 8, 12)],
        [theme.acts.deliver, () => broken(deliver(), 2, 0)],
        [theme.acts.both, () => ({ do: 'both', acts: [chance(60) ? upkeep() : deliver(), other(now)] })],
        [theme.acts.stumble, () => stumble(dice, chance(60) ? upkeep() : chance(50) ? deliver() : other(now))],
        [theme.acts.confirm, () => confirm(now)],
        [theme.acts.replay, () => broken({ do: 'replay', all: chance(50), queueFails: chance(20) }, 4, 0)],
        [theme.acts.poison, () => ({ do: 'poison', column: of(['page', 'kiosk', 'at'], 'page') })],
        [theme.acts.migrate, () => migrate(now)],
      ],
      upkeep,
    )();
  /** Something else may happen between two calls of an act that has no fault of its own. */
  function any(now: number): Act {
    const act = draw(now);
    if (act.fault || ['both', 'poison', 'stumble'].includes(act.do) || !chance(50)) return act;
    const slow = act.do === 'cron' || act.do === 'purge';
    // Cron may hang for hours: another run takes over, and then it goes on.
    const later = act.do === 'cron' && chance(50) ? below(5 * HOUR) : 0;
    const meanwhile = chance(slow ? 50 : 60) ? upkeep() : other(now + later);
    const when = chance(slow ? 70 : 40) ? 'before' : 'after';
    return { ...act, meanwhile: { call: 1 + below(slow ? 6 : 2), when, later, act: meanwhile } };
  }
  return { any, sendOf, windows, purge, upkeep, stumble: (act) => stumble(dice, act) };
}
