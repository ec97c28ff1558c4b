/** What a request says about all of its messages, and how it is answered: shared by the web, kiosks and servers. */
import { countRefusals, flushRefusals, isFlushDue } from '../ingest/refusal-counter.ts';
import { dayOf } from '../store/calendar.ts';
import { cleanText } from '../store/clean-text.ts';
import type { Site } from '../store/sites.ts';
import type { Answer, EnrolmentAnswer, HealthAnswer, Refusal } from '../wire.ts';
import { accept } from './accept.ts';
import type { Collector } from './collector.ts';
import type { ParsedEnvelope } from './parse.ts';
import type { Reception } from './read-about.ts';
import { readLanguage, readTechnology } from './technology.ts';

/** What the network says about a request. The IP is used for one hash and forgotten. */
export type Sender = { headers: Headers; ip: string; place: Reception['place']; asn?: number | null };
export type Received = { status: number; answer: Answer | EnrolmentAnswer | HealthAnswer };

const STATUS: Partial<Record<Refusal, number>> = {
  malformed: 400,
  too_many: 413,
  too_large: 413,
  unknown_site: 404,
  unknown_device: 401,
  bad_signature: 401,
  bad_code: 403,
  quota: 429,
};

/** The answer that refuses a whole request. */
export function refuse(reason: Refusal): Received {
  return { status: STATUS[reason] ?? 403, answer: { ok: 0, rej: [], reason } };
}

/** Version of the sender's tag, which is text from outside like any other. */
export const readTag = (envelope: ParsedEnvelope) => cleanText(envelope.tag ?? '', 20) || null;

/** What the request says about all of its messages, but who the visitors are. */
export function describe(
  site: Site,
  envelope: ParsedEnvelope,
  sender: Sender,
  receivedAt: number,
  kiosk: Reception['kiosk'],
): Omit<Reception, 'visitorOf'> {
  const technology = readTechnology(sender.headers.get('user-agent') ?? '');
  return {
    site,
    receivedAt,
    sentAt: envelope.sentAt,
    place: sender.place,
    kiosk,
    // The device class of an enrolled screen is known better than its user agent can say.
    technology: kiosk ? { ...technology, device: 7 } : technology,
    language: readLanguage(sender.headers.get('accept-language') ?? ''),
  };
}

/** The isolate that counts must write too: cron may run in another. A failure costs a diagnostic nothing but time. */
export function flushWhenDue(c: Collector, nowMs: number): void {
  if (isFlushDue(nowMs)) c.later(flushRefusals(c.events, nowMs).catch(() => {}));
}

/** Accepts the messages and counts what was refused. */
export async function take(envelope: ParsedEnvelope, reception: Reception, c: Collector): Promise<Received> {
  const rej = await accept(envelope.messages, reception, readTag(envelope), c);
  const today = dayOf(reception.site.zone, reception.receivedAt);
  for (const [, reason] of rej) countRefusals(reception.site.id, today, reason, 1, reception.receivedAt);
  flushWhenDue(c, reception.receivedAt);
  return { status: 202, answer: { ok: envelope.messages.length - rej.length, rej } };
}
