/** The queue's two consumers: the spillway commits what a request could not, the dead-letter queue parks what nobody could. */
import * as v from 'valibot';
import { DICTIONARIES, FACT_TABLES, type Facts, noFacts } from '../store/facts.ts';
import { isMoved } from '../store/shards.ts';
import { commit, splitFacts } from './commit.ts';

/** D1's own words for errors that pass (https://developers.cloudflare.com/d1/observability/debug-d1/). */
const TRANSIENT =
  /network connection lost|storage caused object to be reset|reset because its code was updated|cannot resolve d1 db due to transient|overloaded|timed? ?out|internal error/i;
/** Finds the databases of sites, by the registry. */
export type Homes = (sites: readonly number[]) => Promise<(site: number) => D1Database>;

const rows = v.array(v.record(v.string(), v.union([v.number(), v.string(), v.null()])));
const shape = v.object(Object.fromEntries([...FACT_TABLES, ...DICTIONARIES].map((t) => [t, rows])));

/** Whether a queue message has the shape of facts; the columns themselves are checked by the strict tables. */
export function isFacts(body: unknown): body is Facts {
  return v.safeParse(shape, body).success;
}

/** The site of a message: a request, and so what it spilled, is of one site. 0 = no facts. */
function siteIn(body: unknown): number {
  if (!isFacts(body)) return 0;
  return FACT_TABLES.map((t) => body[t][0]?.site).find((site) => typeof site === 'number') ?? 0;
}

function merge(batches: Facts[]): Facts {
  const all = noFacts();
  for (const facts of batches) {
    all.pageviews.push(...facts.pageviews);
    all.events.push(...facts.events);
    all.opt_ins.push(...facts.opt_ins);
    all.identifications.push(...facts.identifications);
    all.kiosk_visits.push(...facts.kiosk_visits);
    all.exposures.push(...facts.exposures);
    all.pages.push(...facts.pages);
    all.origins.push(...facts.origins);
    all.places.push(...facts.places);
    all.names.push(...facts.names);
  }
  return all;
}

async function park(events: D1Database, id: string, reason: string, body: unknown, nowMs: number): Promise<void> {
  await events
    .prepare('INSERT INTO parked (id, at, reason, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING')
    .bind(id, nowMs, reason.slice(0, 200), JSON.stringify(body))
    .run();
}

/** Commits messages together; when the whole does not go through for a lasting reason, halves it until the culprit stands alone. */
async function commitMessages(
  events: D1Database,
  home: D1Database,
  messages: Message<unknown>[],
  nowMs: number,
  jitter: () => number,
): Promise<void> {
  const valid = messages.map((m) => m.body).filter(isFacts);
  try {
    if (valid.length < messages.length) throw new Error('park: not facts');
    for (const part of splitFacts(merge(valid))) await commit(home, part);
    for (const m of messages) m.ack();
  } catch (error) {
    const text = String(error);
    const [only] = messages;
    // A site between two homes waits; the others of the batch do not wait with it.
    const waits = isMoved(error) && new Set(messages.map((m) => siteIn(m.body))).size === 1;
    if (waits || TRANSIENT.test(text)) {
      // Full jitter over a doubling delay, at most an hour (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/).
      for (const m of messages)
        m.retry({ delaySeconds: Math.ceil(Math.min(3_600, 10 * 2 ** m.attempts) * (0.5 + jitter() / 2)) });
    } else if (messages.length === 1 && only) {
      try {
        await park(events, only.id, text, only.body, nowMs);
        only.ack();
      } catch {
        only.retry({ delaySeconds: 60 });
      }
    } else {
      const half = Math.ceil(messages.length / 2);
      await commitMessages(events, home, messages.slice(0, half), nowMs, jitter);
      await commitMessages(events, home, messages.slice(half), nowMs, jitter);
    }
  }
}

/**
 * Handles one batch. Never throws after an ack: locally that would redeliver what production would not, so every message is
 * acked, retried or parked by name.
 *
 * @param events the first database: it takes what is parked, and the facts where `homes` is absent.
 */
export async function consume(
  batch: MessageBatch<unknown>,
  events: D1Database,
  nowMs: number,
  jitter: () => number,
  homes?: Homes,
): Promise<void> {
  if (batch.queue.endsWith('dead-letters')) {
    for (const message of batch.messages) {
      try {
        await park(events, message.id, 'dead letter', message.body, nowMs);
        message.ack();
      } catch {
        message.retry({ delaySeconds: 300 });
      }
    }
    return;
  }
  const groups = new Map<D1Database, Message<unknown>[]>();
  try {
    const homeOf = await homes?.([...new Set(batch.messages.map((m) => siteIn(m.body)))]);
    for (const m of batch.messages) {
      const home = homeOf?.(siteIn(m.body)) ?? events;
      groups.set(home, [...(groups.get(home) ?? []), m]);
    }
  } catch {
    // Where they belong is not known now: PEOPLE is away, or a database is not bound. Nothing is written anywhere.
    for (const m of batch.messages) m.retry({ delaySeconds: 60 });
    return;
  }
  for (const [home, messages] of groups) await commitMessages(events, home, messages, nowMs, jitter);
}
