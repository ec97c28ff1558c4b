/** Webhooks and their deliveries as the API spells them. */
import * as v from 'valibot';
import { OUTCOMES } from '../notify/outlets/attempt.ts';
import type { LoggedDelivery } from '../notify/outlets/delivery-log.ts';
import type { Outlet } from '../notify/outlets/outlet.ts';
import type { WebhookProblem } from '../notify/webhooks/make-webhook.ts';
import { instant, iso, isoOrNull } from './shapes.ts';

export const webhookShape = v.object({
  id: v.string(),
  name: v.string(),
  url: v.string(),
  types: v.array(v.string()),
  state: v.pipe(
    v.picklist(['active', 'paused', 'gone', 'failing']),
    v.description('gone: it answered 410. failing: nothing arrived for days. Both end it until it is resumed.'),
  ),
  created_at: instant,
  last_success_at: v.nullable(instant),
  waiting: v.pipe(v.number(), v.description('Messages that are still to be delivered.')),
  old_secret_until: v.pipe(v.nullable(instant), v.description('Until then the secret before the last one signs as well.')),
});

export const toWebhook = (outlet: Outlet, nowMs: number) => ({
  id: outlet.id,
  name: outlet.name,
  url: outlet.settings.url ?? '',
  types: outlet.types,
  state: outlet.endedAt !== null ? (outlet.endedWhy ?? 'failing') : outlet.pausedAt !== null ? 'paused' : 'active',
  created_at: iso(outlet.createdAt),
  last_success_at: isoOrNull(outlet.workedAt),
  waiting: outlet.waiting,
  old_secret_until: isoOrNull((outlet.oldUntil ?? 0) > nowMs ? outlet.oldUntil : null),
});

export const deliveryShape = v.object({
  id: v.string(),
  message: v.pipe(v.string(), v.description('The webhook-id header of every attempt.')),
  type: v.string(),
  at: instant,
  state: v.picklist(['waiting', 'delivered', 'failed']),
  next_attempt_at: v.nullable(instant),
  attempts: v.array(
    v.object({
      at: instant,
      outcome: v.picklist(OUTCOMES),
      status: v.pipe(v.nullable(v.number()), v.description('Null when no answer came.')),
      duration_ms: v.number(),
      answer: v.pipe(v.string(), v.description('At most 200 characters of an answer that was no success.')),
    }),
  ),
});

export const toDelivery = ({ id, message, type, at, state, nextAt, attempts }: LoggedDelivery) => ({
  id,
  message,
  type,
  at: iso(at),
  state,
  next_attempt_at: isoOrNull(nextAt),
  attempts: attempts.map((one) => ({
    at: iso(one.at),
    outcome: one.outcome,
    status: one.status,
    duration_ms: one.durationMs,
    answer: one.answer,
  })),
});

/** Why an address is not taken, in words for a program's log. */
export const WEBHOOK_PROBLEMS: Record<WebhookProblem, string> = {
  no_url: 'This is not an address.',
  not_https: 'Only https addresses are taken.',
  credentials: 'The address has a user name or a password. Check the signature instead.',
  port: 'Only ports 443 and 8443 are taken.',
  address: 'The host is an IP address. Give it a name.',
  private_name: 'This name does not exist on the public Internet.',
  own_host: 'This is our own host.',
  unresolved: 'The name leads nowhere: DNS has no address for it, or does not answer.',
  private_address: 'The name leads to an address that is not public.',
  no_types: 'Give at least one type, and only types that exist.',
  too_many: 'A site has at most 20 webhooks and connectors.',
};
