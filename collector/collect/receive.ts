/** One request to POST /c, from its text to its answer: cheap refusals first, then enrich, then accept. */

import { deviceOf, isSignedBy, noteSeen } from '../fleet/device.ts';
import { enrol } from '../fleet/enrolment.ts';
import { countRefusals, flushRefusals, isFlushDue } from '../ingest/refusal-counter.ts';
import { isOptInStored } from '../people/receive-opt-in.ts';
import { dayOf } from '../store/calendar.ts';
import { cleanText } from '../store/clean-text.ts';
import { saltOfDay } from '../store/salts.ts';
import { type Site, siteOfKey } from '../store/sites.ts';
import type { Answer, EnrolmentAnswer, Refusal } from '../wire.ts';
import { accept } from './accept.ts';
import { hashPrefix, prefixOf } from './address-prefix.ts';
import { refuseBot } from './bots.ts';
import type { Collector } from './collector.ts';
import { type ParsedEnvelope, parseEnvelope } from './parse.ts';
import { isSpent, refuseOverQuota } from './quotas.ts';
import { readLanguage, readTechnology } from './technology.ts';
import type { Reception } from './to-facts.ts';
import { kioskVisitor, visitorOfDay, webVisitor } from './visitor.ts';

/** What the network says about a request. The IP is used for one hash and forgotten. */
export type Sender = { headers: Headers; ip: string; place: Reception['place']; asn?: number | null };
export type Received = { status: number; answer: Answer | EnrolmentAnswer };

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

/**
 * @throws when neither database nor queue took the messages, or PEOPLE did not take an opt-in: the route answers 503.
 */
export async function receive(text: string, sender: Sender, c: Collector): Promise<Received> {
  const parsed = parseEnvelope(text);
  if (parsed.kind === 'refused') return refuse(parsed.reason);
  // Before any database is asked. A signed kiosk is known; many of them may stand behind one address.
  if (parsed.kind !== 'signed' && c.shedder && !(await c.shedder.limit({ key: prefixOf(sender.ip) })).success)
    return refuse('quota');
  if (parsed.kind === 'enrolment') {
    const site = await siteOfKey(c.people, c.secrets.SITE_SECRET, parsed.enrolment.site, c.now());
    if (!site) return refuse('unknown_site');
    const answer = await enrol(c.people, site.id, parsed.enrolment, c.now(), c.random);
    return typeof answer === 'string' ? refuse(answer) : { status: 200, answer };
  }
  if (parsed.kind === 'hits') return receiveWeb(parsed.envelope, sender, c);
  const device = await deviceOf(c.people, parsed.signed.device, c.now());
  if (!device || device.revoked) return refuse('unknown_device');
  if (!(await isSignedBy(device, parsed.signed))) return refuse('bad_signature');
  const inner = parseEnvelope(parsed.signed.body);
  if (inner.kind !== 'hits') return refuse(inner.kind === 'refused' ? inner.reason : 'malformed');
  const site = await siteOfKey(c.people, c.secrets.SITE_SECRET, inner.envelope.site, c.now());
  if (!site || site.id !== device.site) return refuse('unknown_site');
  c.later(noteSeen(c.people, device.kiosk, readTag(inner.envelope), c.now()));
  const reception = describe(site, inner.envelope, sender, c.now(), { id: device.kiosk, store: device.store });
  return take(
    inner.envelope,
    { ...reception, visitorOf: (id) => ({ key: kioskVisitor(site.id, device.kiosk, id ?? ''), kind: 2 }) },
    c,
  );
}

async function receiveWeb(envelope: ParsedEnvelope, sender: Sender, c: Collector): Promise<Received> {
  const site = await siteOfKey(c.people, c.secrets.SITE_SECRET, envelope.site, c.now());
  if (!site) return refuse('unknown_site');
  const nowMs = c.now();
  const today = dayOf(site.zone, nowMs);
  const bot = refuseBot(sender.headers, sender.asn ?? null, c.countsHeadless);
  if (bot) {
    countRefusals(site.id, today, bot, envelope.messages.length, nowMs);
    flushWhenDue(c, nowMs);
    // Told message by message: a status of 4xx would write an error into the console of a page that did nothing wrong.
    return { status: 202, answer: { ok: 0, rej: envelope.messages.map((_, i) => [i, bot]) } };
  }
  if (isSpent(site.id, envelope.messages.length, nowMs, c.events, c.later)) {
    countRefusals(site.id, today, 'quota', envelope.messages.length, nowMs);
    return refuse('quota');
  }
  const readSalt = () => saltOfDay(c.events, site.id, today, () => Buffer.from(c.random(32)).toString('base64url'));
  const idless = envelope.messages.some((m) => typeof m !== 'string' && m.visitor === undefined);
  const salt = idless ? await readSalt() : '';
  const messages = await refuseOverQuota(
    envelope.messages,
    envelope.sentAt,
    site.id,
    async () => hashPrefix(await readSalt(), site.id, sender.ip),
    (id) => isOptInStored(c.people, site.id, id),
    c.events,
    nowMs,
  );
  const agent = sender.headers.get('user-agent') ?? '';
  const reception = describe(site, envelope, sender, nowMs, null);
  return take(
    { ...envelope, messages },
    {
      ...reception,
      visitorOf: (id) =>
        id === undefined
          ? { key: visitorOfDay(salt, site.id, sender.ip, agent.slice(0, 512)), kind: 1 }
          : { key: webVisitor(site.id, id), kind: 0 },
    },
    c,
  );
}

/** Version of the sender's tag, which is text from outside like any other. */
const readTag = (envelope: ParsedEnvelope) => cleanText(envelope.tag ?? '', 20) || null;

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
