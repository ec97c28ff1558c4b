/** Hits that a brand's own server sends for its visitors: the tag's contract, the same way into the facts, and nothing read from the server itself. */
import * as v from 'valibot';
import { countRefusals } from '../ingest/refusal-counter.ts';
import { dayOf } from '../store/calendar.ts';
import { cleanText } from '../store/clean-text.ts';
import { saltOfDay } from '../store/salts.ts';
import type { Site } from '../store/sites.ts';
import { envelope, type Message, type Refusal, WIRE_LIMITS } from '../wire.ts';
import { refuseBot } from './bots.ts';
import type { Collector } from './collector.ts';
import { readMessage } from './parse.ts';
import { isSpent } from './quotas.ts';
import type { Reception } from './read-about.ts';
import { describe, flushWhenDue, type Received, refuse, take } from './receive.ts';
import { visitorOfDay, webVisitor } from './visitor.ts';

const text = (max: number) => v.optional(v.pipe(v.string(), v.maxLength(max)));

/** What the server knows of the visitor. All of it may be missing: then it is not measured. */
export const relayedSender = v.strictObject({
  ip: v.optional(v.pipe(v.string(), v.ip(), v.description('Used for one hash, with the user agent; never stored.'))),
  userAgent: v.pipe(text(1_024), v.description("The visitor's, as the browser sent it.")),
  language: v.pipe(text(200), v.description("The visitor's Accept-Language.")),
  country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
  region: text(100),
  city: text(100),
});
/** The tag's envelope; the site may be left out, and the visitor's network and browser may be said. */
export const relayedEnvelope = v.object({
  ...envelope.entries,
  v: v.optional(envelope.entries.v, 1),
  site: v.optional(envelope.entries.site),
  messages: v.pipe(
    v.array(v.looseObject({ kind: v.string(), id: v.string(), url: v.string() })),
    v.minLength(1),
    v.maxLength(WIRE_LIMITS.messages),
    v.description('The messages of the tag: pageview, event, identify, opt-in. A bad one is refused alone.'),
  ),
  sender: v.optional(relayedSender),
});
export type RelayedEnvelope = v.InferOutput<typeof relayedEnvelope>;

/** One without an id of its own is told apart by network and browser; without those it would be the same visitor as all others. */
function refuseNameless(messages: (Message | Refusal)[], hasNetwork: boolean): (Message | Refusal)[] {
  return hasNetwork ? messages : messages.map((m) => (typeof m !== 'string' && m.visitor === undefined ? 'bad_message' : m));
}

/**
 * No rule for bots or data centres looks at the server: it is a machine, and says whom it speaks for. The limits for networks of
 * strangers do not hold either; the site's own quota does.
 *
 * @throws when neither database nor queue took the messages.
 */
export async function receiveRelayed(body: RelayedEnvelope, site: Site, c: Collector): Promise<Received> {
  const nowMs = c.now();
  const today = dayOf(site.zone, nowMs);
  const { ip, userAgent = '', language = '', country, region, city } = body.sender ?? {};
  const count = body.messages.length;
  const headers = new Headers({ 'user-agent': cleanText(userAgent, 1_024), 'accept-language': cleanText(language, 200) });
  const bot = userAgent === '' ? null : refuseBot(headers, null, c.countsHeadless);
  if (bot) {
    countRefusals(site.id, today, bot, count, nowMs);
    flushWhenDue(c, nowMs);
    return { status: 202, answer: { ok: 0, rej: body.messages.map((_, i) => [i, bot]) } };
  }
  if (isSpent(site.id, count, nowMs, c.events, c.later)) {
    countRefusals(site.id, today, 'quota', count, nowMs);
    return refuse('quota');
  }
  const messages = refuseNameless(body.messages.map(readMessage), ip !== undefined && userAgent !== '');
  const idless = messages.some((m) => typeof m !== 'string' && m.visitor === undefined);
  const salt = idless ? await saltOfDay(c.events, site.id, today, () => Buffer.from(c.random(32)).toString('base64url')) : '';
  const place = (name: string | undefined) => (name === undefined ? null : cleanText(name, 100) || null);
  const sender = { headers, ip: ip ?? '', place: { country: country ?? null, region: place(region), city: place(city) } };
  const parsed = { ...body, site: site.key, messages };
  const visitorOf: Reception['visitorOf'] = (id) =>
    id === undefined
      ? { key: visitorOfDay(salt, site.id, sender.ip, userAgent.slice(0, 512)), kind: 1 }
      : { key: webVisitor(site.id, id), kind: 0 };
  return take(parsed, { ...describe(site, parsed, sender, nowMs, null), visitorOf }, c);
}
