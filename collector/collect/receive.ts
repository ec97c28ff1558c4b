/** One request to POST /c, from its text to its answer: cheap refusals first, then enrich, then accept. */
import { enrol } from '../fleet/enrolment.ts';
import { countRefusals } from '../ingest/refusal-counter.ts';
import { isOptInStored } from '../people/receive-opt-in.ts';
import { sealingKeyOf } from '../people/sealed-opt-in.ts';
import { dayOf } from '../store/calendar.ts';
import { saltOfDay } from '../store/salts.ts';
import { siteOfKey } from '../store/sites.ts';
import { hashPrefix, prefixOf } from './address-prefix.ts';
import { refuseBot } from './bots.ts';
import type { Collector } from './collector.ts';
import { type ParsedEnvelope, parseEnvelope } from './parse.ts';
import { isSpent, refuseOverQuota } from './quotas.ts';
import { receiveSigned } from './receive-kiosk.ts';
import { describe, flushWhenDue, type Received, refuse, type Sender, take } from './reception.ts';
import { visitorOfDay, webVisitor } from './visitor.ts';

export { describe, flushWhenDue, type Received, refuse, type Sender, take } from './reception.ts';

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
    if (typeof answer === 'string') return refuse(answer);
    return { status: 200, answer: { ...answer, seal: sealingKeyOf(c.secrets.ADDRESS_SECRET, site.key) } };
  }
  if (parsed.kind === 'health') return refuse('malformed');
  return parsed.kind === 'hits' ? receiveWeb(parsed.envelope, sender, c) : receiveSigned(parsed.signed, sender, c);
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
  const { messages, crowded } = await refuseOverQuota(
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
      crowded,
      visitorOf: (id) =>
        id === undefined
          ? { key: visitorOfDay(salt, site.id, sender.ip, agent.slice(0, 512)), kind: 1 }
          : { key: webVisitor(site.id, id), kind: 0 },
    },
    c,
  );
}
