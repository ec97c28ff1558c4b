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

/** Something else that happens between two calls of an actor, `later` ms later: the actor hangs for so long. */
export type Meanwhile = { call: number; when: 'before' | 'after'; later: number; act: Act };

export type Act = { fault?: Fault; meanwhile?: Meanwhile } & (
  | { do: 'send'; items: Item[]; skew: number; drift: number; slow: boolean; queueFails: boolean }
  | { do: 'deliver'; size: number; pick: number; again: boolean }
  | { do: 'cron'; lease: boolean; pieces: number; limit: number }
  | { do: 'purge'; steps: number; rows: number }
  | { do: 'confirm'; happening: number }
  | { do: 'replay'; all: boolean; queueFails: boolean }
  | { do: 'poison'; column: string }
  | { do: 'migrate'; sql: string; undo: string }
  | { do: 'both'; acts: Act[] }
  | { do: 'stumble'; act: Act; calls: number }
);

export type Step = { now: number; act: Act };
export type Scenario = {
  seed: number;
  theme: string;
  zone: string;
  /** Site-local midnight of the first day: nothing that counts happens before. */
  start: number;
  /** Whether the site keeps its facts for three days only, and a history of them. */
  purges: boolean;
  happenings: Happening[];
  steps: Step[];
};
