/** A queue as Cloudflare promises it: at least once, in any order, to several consumers at once. */
import { seeded } from '../demo/seeded.ts';

type Entry = { id: string; body: unknown; attempts: number };
/** Fewer than in production, so that letters die. */
const MOST_ATTEMPTS = 1;

/** How one delivery ended, message by message. */
export type Delivery = { entries: Entry[]; batch: MessageBatch<unknown>; settle: (again: boolean) => void };

export class AtLeastOnceQueue {
  private readonly waiting: Entry[] = [];
  private readonly dead: Entry[] = [];
  private made = 0;

  constructor(private readonly name: string) {}

  /** What production's binding does with a message: it is serialised, and a refused send throws. */
  send(body: unknown): void {
    this.made += 1;
    this.waiting.push({ id: `${this.name}-${this.made}`, body: JSON.parse(JSON.stringify(body)), attempts: 1 });
  }

  get length(): number {
    return this.waiting.length + this.dead.length;
  }

  bodies(): unknown[] {
    return [...this.waiting, ...this.dead].map((e) => e.body);
  }

  /**
   * Hands out some messages without taking them away: another consumer may get the same ones.
   *
   * @param isDead whether the consumer has died: what it says then is not heard.
   */
  take(size: number, pick: number, isDead: () => boolean, nowMs: number): Delivery {
    const random = seeded(pick);
    const letters = this.dead.length > 0 && (this.waiting.length === 0 || random() < 0.3);
    const from = letters ? this.dead : this.waiting;
    const entries = from
      .map((entry) => ({ entry, order: random() }))
      .sort((a, b) => a.order - b.order)
      .slice(0, size)
      .map(({ entry }) => entry);
    const verdicts = new Map<Entry, 'ack' | 'retry'>();
    const say = (entry: Entry, verdict: 'ack' | 'retry') => {
      // The first word counts, as in workerd.
      if (!isDead() && !verdicts.has(entry)) verdicts.set(entry, verdict);
    };
    const messages = entries.map((entry) => ({
      ...{ id: entry.id, timestamp: new Date(nowMs), body: structuredClone(entry.body), attempts: entry.attempts },
      ack: () => say(entry, 'ack'),
      retry: () => say(entry, 'retry'),
    }));
    const all = (verdict: 'ack' | 'retry') => {
      for (const entry of entries) say(entry, verdict);
    };
    const batch: MessageBatch<unknown> = {
      queue: letters ? 'comptoir-dead-letters' : 'comptoir-spillway',
      messages,
      metadata: { metrics: { backlogCount: entries.length, backlogBytes: 0 } },
      ackAll: () => all('ack'),
      retryAll: () => all('retry'),
    };
    const settle = (again: boolean) => {
      for (const entry of entries) {
        const verdict = verdicts.get(entry);
        const at = from.indexOf(entry);
        if (verdict === 'ack' && !again && at >= 0) from.splice(at, 1);
        if (verdict !== 'retry' || at < 0) continue;
        entry.attempts += 1;
        if (letters || entry.attempts <= MOST_ATTEMPTS) continue;
        from.splice(at, 1);
        this.dead.push(entry);
      }
    };
    return { entries, batch, settle };
  }
}
