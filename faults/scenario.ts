/** What a scenario is: plain data, so that it can be printed, replayed, and shrunk by leaving steps out. */

/** One thing that happens to somebody; it may be sent many times, in many states. */
export type Happening = {
  id: string;
  what: 'pageview' | 'event' | 'opt-in' | 'identify' | 'visit' | 'exposure';
  /** True instant. The sender's clock may be wrong: `born` is what it said, and is in the id. */
  at: number;
  born: number;
  /** Client id, or null for a browser without storage. */
  visitor: string | null;
  page: string;
  mode: 'audience' | 'engagement';
  referrer: string | null;
  kiosk: boolean;
  email: string;
};

/** A transmission's content: which happening, in which state, with which lie. */
export type Item = {
  happening: number;
  activeMs: number | null;
  foregroundMs: number | null;
  scroll: number | null;
  touches: number;
  lengthMs: number;
  /** Sent under another visitor's id: refused as id_conflict when the first copy is stored. */
  stolen: boolean;
};

/**
 * What goes wrong at the nth call of a database by one actor. `before`: it fails and nothing is done. `after`: it is done and
 * the answer is lost. `down`: this call and every later one fail. `dies`: this call is done, and the actor is heard no more.
 */
export type Fault = { database: 'events' | 'people'; call: number; how: 'before' | 'after' | 'down' | 'dies'; words: string };

/** Something else that happens between two calls of an actor. */
export type Meanwhile = { call: number; when: 'before' | 'after'; act: Act };

export type Act = { fault?: Fault; meanwhile?: Meanwhile } & (
  | { do: 'send'; items: Item[]; skew: number; drift: number; slow: boolean; queueFails: boolean }
  | { do: 'deliver'; size: number; pick: number; again: boolean }
  | { do: 'cron'; lease: boolean; pieces: number; limit: number }
  | { do: 'confirm'; happening: number }
  | { do: 'replay'; all: boolean }
  | { do: 'poison'; column: string }
  | { do: 'migrate'; sql: string; undo: string }
  | { do: 'both'; acts: Act[] }
);

export type Step = { now: number; act: Act };
export type Scenario = {
  seed: number;
  zone: string;
  /** Site-local midnight of the first day: nothing happens before. */
  start: number;
  happenings: Happening[];
  steps: Step[];
};

/** One line a person can read. */
export function describeAct(act: Act, happenings: Happening[]): string {
  const name = (i: number) => `${happenings[i]?.what ?? '?'}#${i}`;
  const parts: string[] = [];
  if (act.do === 'send') {
    const state = (i: Item) =>
      `${name(i.happening)}${i.foregroundMs === null ? '' : ` ${i.foregroundMs} ms`}${i.stolen ? ' stolen' : ''}`;
    parts.push(`send ${act.items.map(state).join(', ')}`);
    if (act.drift !== 0) parts.push(`time corrected by ${act.drift} ms more`);
    if (act.slow) parts.push('D1 slow');
    if (act.queueFails) parts.push('queue fails');
  } else if (act.do === 'deliver') parts.push(`deliver ${act.size} of the queue${act.again ? ' again' : ''}`);
  else if (act.do === 'cron') parts.push(act.lease ? 'cron' : `windows (pieces of ${act.pieces}, ${act.limit} steps)`);
  else if (act.do === 'confirm') parts.push(`confirm ${name(act.happening)}`);
  else if (act.do === 'poison') parts.push(`a queued message without “${act.column}”`);
  else if (act.do === 'migrate') parts.push(`migrate: ${act.sql}`);
  else if (act.do === 'both') parts.push(`at once: (${act.acts.map((a) => describeAct(a, happenings)).join(') and (')})`);
  else parts.push('replay what is parked');
  const { fault, meanwhile } = act;
  if (fault) parts.push(`call ${fault.call} of ${fault.database.toUpperCase()} ${fault.how}: ${fault.words}`);
  if (meanwhile) parts.push(`${meanwhile.when} call ${meanwhile.call}: (${describeAct(meanwhile.act, happenings)})`);
  return parts.join('; ');
}
