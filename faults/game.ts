/** What the actors of a scenario share while it is played. */
import type { Books, Copy } from './books.ts';
import type { Days } from './days.ts';
import type { Written } from './faulty-database.ts';
import type { AtLeastOnceQueue } from './queue.ts';
import type { Act, Scenario } from './scenario.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

/** A copy before the day's secret is known, and why it must be refused, if it must. */
export type SentCopy = Omit<Copy, 'key'> & { day: number | null; refusal: string | undefined };
/** What one request carried and how it was answered; judged when the step is over. `healthy`: nothing was done to it. */
export type Sent = { copies: SentCopy[]; status: number; ok: number; rej: [number, string][]; healthy: boolean };
/** A transaction that went through. */
export type LogEntry = { written: Written[]; sealedBefore: number; sent: Sent | null };

export type Game = {
  readonly world: World;
  readonly scenario: Scenario;
  readonly days: Days;
  readonly books: Books;
  readonly queue: AtLeastOnceQueue;
  readonly tally: Tally;
  readonly random: () => number;
  /** Transactions and requests of this step, in their order. */
  log: LogEntry[];
  requests: Sent[];
  /** What leaves the tables as they were. */
  undo: string[];
  poisons: number;
  /** Does what an act says, with its fault and what happens between its calls. */
  perform: (act: Act, nowMs: number) => Promise<void>;
};

export const randomBytes = (game: Game) => (n: number) => Uint8Array.from({ length: n }, () => Math.floor(game.random() * 256));
