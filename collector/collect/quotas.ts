/** What one network, or one site, may send. Signed kiosks are known and have no limit here. */
import { slotOf, useQuota } from '../store/quotas.ts';
import { splitWireId } from '../store/wire-id.ts';
import type { Message, Refusal } from '../wire.ts';

/** Hits that waited longer than this in an outbox are few in an honest browser, and cheap to forge. */
export const LATE_MS = 48 * 3_600_000;
/** A day, for each site and network. */
export const LATE_HITS = 500;
/** An hour, for each site and network: a trade fair's guests behind one address, not a script. More is kept, but nobody is mailed unasked. */
export const OPT_INS = 60;
/** An hour, too: above it nothing is kept. */
export const OPT_INS_KEPT = 1_500;
/** A day, for each site: far above what any brand has, far below what fills a database. */
export const SITE_MESSAGES = 5_000_000;

/** Sheds load before anything is read; 600 requests in ten seconds are no office. */
export type Shedder = { limit: (key: { key: string }) => Promise<{ success: boolean }> };

/** What each isolate has taken of a site and not yet written down. */
const taken = new Map<number, { slot: number; hits: number; used: number }>();
/** An isolate writes down what it took a thousand messages at a time: a site far from its quota never costs a row. */
const WRITE_EVERY = 1_000;

/**
 * Whether a site has had its messages of the day. Isolates write down what they took now and then, so it holds to within a
 * thousand messages each; what is refused so is kept by the tag and sent tomorrow.
 */
export function isSpent(site: number, hits: number, nowMs: number, events: D1Database, later: (work: Promise<unknown>) => void) {
  const slot = slotOf('messages', nowMs);
  const known = taken.get(site);
  const entry = known?.slot === slot ? known : { slot, hits: 0, used: 0 };
  taken.set(site, entry);
  entry.hits += hits;
  if (entry.hits >= WRITE_EVERY) {
    const written = entry.hits;
    entry.hits = 0;
    const work = async () => {
      entry.used = await useQuota(events, { site, what: 'messages', slot, prefix: 0 }, written);
    };
    later(
      work().catch(() => {
        entry.hits += written;
      }),
    );
  }
  return entry.used + entry.hits > SITE_MESSAGES;
}

/** Which messages count against which quota of a network. */
function chargeable(messages: (Message | Refusal)[], sentAt: number) {
  const late: number[] = [];
  const optIns: { index: number; id: string }[] = [];
  for (const [i, m] of messages.entries()) {
    if (typeof m === 'string') continue;
    if (m.kind === 'opt-in') optIns.push({ index: i, id: m.id });
    else if (sentAt - splitWireId(m.id).born > LATE_MS) late.push(i);
  }
  return { late, optIns };
}

/** The last of some that were counted: those above a limit. @param used how much is used with all of them. */
const over = <T>(some: readonly T[], used: number, limit: number): T[] =>
  some.slice(Math.max(0, some.length - Math.max(0, used - limit)));

/** The messages that are let in, and the opt-ins among them beyond what a network may have mailed. */
export type WithinQuota = { messages: (Message | Refusal)[]; crowded: ReadonlySet<string> };

/**
 * Replaces messages over a network's quota by their refusal. Opt-ins are refused last: those over the quota of mails are taken like any
 * other and named, so that the visitor's answer says nothing of it. Costs nothing unless there is something late or an opt-in in it;
 * where the count cannot be had, nothing is refused.
 *
 * @param prefixOfSender asked only when it is needed: it may read the day's salt.
 * @param isStored whether an opt-in is there already: sent again, it is none of a quota.
 */
export async function refuseOverQuota(
  messages: (Message | Refusal)[],
  sentAt: number,
  site: number,
  prefixOfSender: () => Promise<number>,
  isStored: (id: string) => Promise<boolean>,
  events: D1Database,
  nowMs: number,
): Promise<WithinQuota> {
  const { late, optIns: sent } = chargeable(messages, sentAt);
  const all = { messages, crowded: new Set<string>() };
  if (late.length + sent.length === 0) return all;
  const refused = new Set<number>();
  const crowded = new Set<string>();
  try {
    const known = await Promise.all(sent.map(({ id }) => isStored(id)));
    const optIns = sent.filter((_, i) => !known[i]);
    if (late.length + optIns.length === 0) return all;
    const prefix = await prefixOfSender();
    const use = async (what: 'late' | 'opt-in', hits: number) =>
      hits === 0 ? 0 : useQuota(events, { site, what, slot: slotOf(what, nowMs), prefix }, hits);
    for (const i of over(late, await use('late', late.length), LATE_HITS)) refused.add(i);
    const used = await use('opt-in', optIns.length);
    for (const { index } of over(optIns, used, OPT_INS_KEPT)) refused.add(index);
    for (const { id } of over(optIns, used, OPT_INS)) crowded.add(id);
  } catch {
    // An opt-in must not wait for a database of figures.
    return all;
  }
  return { messages: messages.map((m, i) => (refused.has(i) ? 'quota' : m)), crowded };
}
