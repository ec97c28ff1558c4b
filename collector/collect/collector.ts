import type { Shedder } from './quotas.ts';

/** What the collector works with: bindings, secrets, and the injected clock and randomness. */
export type Collector = {
  /** The first database of facts: salts and refusals of all sites, and the facts of those that never moved. */
  events: D1Database;
  /** The database of a site that has moved to another one; absent where there is only one. */
  eventsOf?: (site: { events?: string | undefined }) => D1Database;
  people: D1Database;
  spillway: Queue | null;
  /** Counts requests of a network in its location; absent where the platform has none. */
  shedder?: Shedder;
  secrets: { SITE_SECRET: string; ADDRESS_SECRET: string; INDEX_SECRET: string };
  /** Origin of the dashboard and its help; absent where there is none. */
  dashboard?: string;
  /** True only in the demo, where a driven browser plays the visitor. */
  countsHeadless: boolean;
  now: () => number;
  random: (bytes: number) => Uint8Array;
  /** Sends what waits to be mailed; called after an opt-in was taken, so that the confirmation comes while the person is still there. */
  sendMails: () => Promise<unknown>;
  /** Runs after the answer, e.g. `ctx.waitUntil`; never for anything that was promised. */
  later: (work: Promise<unknown>) => void;
};
