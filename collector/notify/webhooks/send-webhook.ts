/** Sends one message to a webhook by Standard Webhooks 1.0.0 (https://www.standardwebhooks.com). */
import { Webhook } from 'standardwebhooks';
import type { Attempt } from '../outlets/attempt.ts';
import { type Requests, request } from '../outlets/request.ts';
import { checkTarget, type TargetRules } from '../outlets/target.ts';
import { bodyOf, type Message } from './message.ts';

/**
 * @param secrets all that sign now, the newest first: during a rotation a receiver may hold either.
 */
export async function sendWebhook(
  url: string,
  secrets: readonly string[],
  message: Message,
  tools: Requests & { rules: TargetRules },
): Promise<Attempt> {
  const startMs = tools.now();
  const failed = (outcome: 'bad_target' | 'no_secret', answer: string): Attempt => ({
    outcome,
    status: null,
    durationMs: tools.now() - startMs,
    answer,
    retryAfterMs: null,
  });
  if (secrets.length === 0) return failed('no_secret', '');
  const target = await checkTarget(url, tools.rules);
  if (typeof target === 'string') return failed('bad_target', target);
  const body = bodyOf(message);
  const sentAt = tools.now();
  const signatures = secrets.map((secret) => new Webhook(secret).sign(message.id, new Date(sentAt), body));
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Comptoir-Webhooks/1',
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(sentAt / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
  const { text: _text, ...attempt } = await request(target, { method: 'POST', headers, body }, tools);
  return attempt;
}
