/** Delivers what waits: claimed first, so that two runs tell nobody twice at once, and one receiver's silence is not another's. */
import * as v from 'valibot';
import { sendToConnector } from '../connectors/send-to-connector.ts';
import { sendWebhook } from '../webhooks/send-webhook.ts';
import { sendAlertMail } from './alert-mails.ts';
import type { Attempt } from './attempt.ts';
import type { Delivering, Due } from './delivering.ts';
import { keepAttempt } from './keep-attempt.ts';
import { isConnectorKind, OUTLET_ITSELF, type OutletRow, secretsOf, toOutlet } from './outlet.ts';

const CLAIM_MS = 120_000;
/** No new request is begun after this; whoever is left waits for the next minute. */
const RUN_MS = 30_000;
const AT_ONCE = 20;
/** Of one run, over all receivers: a message is four to eight subrequests, and an invocation may make a thousand. */
const TURNS = 6;
/** A Worker has six connections at a time (https://developers.cloudflare.com/workers/platform/limits/). */
const SIDE_BY_SIDE = 4;
const dataShape = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

async function claim({ people, now }: Delivering, outlet: OutletRow): Promise<Due[]> {
  const nowMs = now();
  const { results } = await people
    .prepare(
      `UPDATE deliveries SET claimed_until = ?2 + ${CLAIM_MS} WHERE id IN (SELECT id FROM deliveries WHERE outlet = ?1 AND state = 'waiting'
         AND next_at <= ?2 AND (claimed_until IS NULL OR claimed_until <= ?2) ORDER BY next_at, id LIMIT ${AT_ONCE})
       RETURNING id, announcement, attempts, (SELECT json_array(type, at, data) FROM announcements a WHERE a.id = announcement) AS message`,
    )
    .bind(outlet.id, nowMs)
    .all<{ id: string; announcement: string; attempts: number; message: string }>();
  const shape = v.pipe(v.string(), v.parseJson(), v.tuple([v.string(), v.number(), dataShape]));
  const due = results.flatMap(({ id, announcement, attempts, message }) => {
    const read = v.safeParse(shape, message);
    if (!read.success) return [];
    const [type, at, data] = read.output;
    return [{ id, announcement, attempts, message: { id: announcement, type, at, data, siteKey: outlet.site_key } }];
  });
  // RETURNING keeps no order (https://www.sqlite.org/lang_returning.html).
  return due.sort((a, b) => a.message.at - b.message.at || (a.id < b.id ? -1 : 1));
}

async function send(d: Delivering, outlet: OutletRow, due: Due): Promise<Attempt> {
  const secrets = await secretsOf(d.addressSecret, outlet, d.now());
  const { kind, settings } = toOutlet(outlet);
  return isConnectorKind(kind)
    ? sendToConnector({ id: outlet.id, site: outlet.site, kind, settings }, secrets[0] ?? null, due.message, d)
    : sendWebhook(settings.url ?? '', secrets, due.message, d);
}

/** Whether the next message to this receiver would fare as this one did. */
const isDeaf = ({ outcome, retryAfterMs }: Attempt): boolean =>
  ['timeout', 'network', 'gone', 'bad_target', 'no_secret'].includes(outcome) ||
  (outcome !== 'delivered' && retryAfterMs !== null);

type Served = { sent: number; more: boolean };

/** What changed together is told in one mail. */
async function serveMail(d: Delivering, outlet: OutletRow, waiting: readonly Due[]): Promise<Served> {
  if (waiting.length === 0) return { sent: 0, more: false };
  const attempt = await sendAlertMail(d, outlet, waiting);
  for (const due of waiting) await keepAttempt(d, outlet, due, attempt);
  return { sent: attempt.outcome === 'delivered' ? waiting.length : 0, more: false };
}

/** @returns how many arrived, and whether the receiver would take more now. */
async function serve(d: Delivering, outlet: OutletRow, untilMs: number): Promise<Served> {
  const waiting = await claim(d, outlet);
  if (outlet.kind === 'mail') return serveMail(d, outlet, waiting);
  let [sent, deaf] = [0, waiting.length < AT_ONCE];
  for (let due = waiting.shift(); due; due = waiting.shift()) {
    const attempt = await send(d, outlet, due);
    await keepAttempt(d, outlet, due, attempt);
    if (attempt.outcome === 'delivered') sent += 1;
    if (isDeaf(attempt)) deaf = true;
    if (isDeaf(attempt) || d.now() >= untilMs) break;
  }
  if (waiting.length > 0)
    await d.people
      .prepare('UPDATE deliveries SET claimed_until = NULL WHERE id IN (SELECT value FROM json_each(?1))')
      .bind(JSON.stringify(waiting.map(({ id }) => id)))
      .run();
  return { sent, more: !deaf };
}

/**
 * Sends what is due to all receivers, those of one site or of all.
 *
 * @returns how many messages arrived.
 */
export async function deliver(d: Delivering, site: number | null = null): Promise<number> {
  const untilMs = d.now() + RUN_MS;
  const { results } = await d.people
    .prepare(
      `SELECT ${OUTLET_ITSELF} FROM outlets o WHERE (?2 IS NULL OR o.site = ?2) AND o.paused_at IS NULL AND o.ended_at IS NULL
         AND (o.rest_until IS NULL OR o.rest_until <= ?1)
         AND EXISTS (SELECT 1 FROM deliveries d WHERE d.outlet = o.id AND d.state = 'waiting' AND d.next_at <= ?1)`,
    )
    .bind(d.now(), site)
    .all<OutletRow>();
  let [sent, turns] = [0, TURNS];
  const work = async () => {
    for (let outlet = results.shift(); outlet && turns > 0 && d.now() < untilMs; outlet = results.shift()) {
      turns -= 1;
      // What one receiver breaks is not another's: its claims run out, and it is told again.
      const served = await serve(d, outlet, untilMs).catch((error: unknown): Served => {
        console.error('webhooks: not served', error instanceof Error ? error.name : 'unknown');
        return { sent: 0, more: false };
      });
      sent += served.sent;
      // Behind the others, so that a long queue keeps nobody waiting.
      if (served.more) results.push(outlet);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return sent;
}
