/** What the collector works with: bindings, secrets, and the injected clock and randomness. */
export type Collector = {
  events: D1Database;
  people: D1Database;
  spillway: Queue | null;
  secrets: { SITE_SECRET: string; ADDRESS_SECRET: string; INDEX_SECRET: string };
  now: () => number;
  random: (bytes: number) => Uint8Array;
  /** Runs after the answer, e.g. `ctx.waitUntil`; never for anything that was promised. */
  later: (work: Promise<unknown>) => void;
};
