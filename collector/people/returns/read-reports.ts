/** What e-mail tools report, in their own shapes: the one place where it becomes typed. */
import * as v from 'valibot';
import { kindOf, RETURN_KINDS, type Return } from './return.ts';

const MAX_REPORTS = 1_000;
const address = v.pipe(v.string(), v.maxLength(320));
/** Our own: for any tool that somebody's program speaks for. */
const generic = v.object({
  returns: v.pipe(v.array(v.object({ email: address, kind: v.picklist(RETURN_KINDS) })), v.maxLength(MAX_REPORTS)),
});
/** Marketing and transactional events alike (https://developers.brevo.com/docs/marketing-webhooks). */
const brevoEvent = v.looseObject({ event: v.pipe(v.string(), v.maxLength(60)), email: address });
export const reportShape = v.union([
  generic,
  brevoEvent,
  v.pipe(v.array(brevoEvent), v.maxLength(MAX_REPORTS), v.description('Batched events of Brevo.')),
]);
export type Report = v.InferOutput<typeof reportShape>;

/** Of Brevo's events those that end consent: `unsubscribe`, `unsubscribed`, `hard_bounce`, `invalid_email`, `spam`, `complaint`. */
const ENDING = new Set(['unsubscribe', 'unsubscribed', 'hard_bounce', 'invalid_email', 'spam', 'complaint']);

export function returnsOf(report: Report): Return[] {
  if (v.is(generic, report)) return report.returns.map(({ email, kind }) => ({ address: email, kind }));
  const events = Array.isArray(report) ? report : [report];
  return events.flatMap(({ event, email }) => {
    const kind = ENDING.has(event) ? kindOf(event) : null;
    return kind === null ? [] : [{ address: email, kind }];
  });
}

/**
 * A form of Mailchimp's: `unsubscribe` by hand or for abuse, and `cleaned` for bounces or abuse. Everything else is no return.
 *
 * @see https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/
 */
export function readMailchimp(form: URLSearchParams): Return | null {
  const [type, email] = [form.get('type'), form.get('data[email]')];
  if (email === null || email.length > 320 || (type !== 'unsubscribe' && type !== 'cleaned')) return null;
  if (form.get('data[reason]') === 'abuse') return { address: email, kind: 'complained' };
  return { address: email, kind: type === 'cleaned' ? 'bounced' : 'withdrawn' };
}
