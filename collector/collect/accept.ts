/** Accepts messages: PEOPLE first for opt-ins and identities, then the facts to EVENTS, else to the queue. */
import { type Committed, commit } from '../ingest/commit.ts';
import { settleRelayed } from '../ingest/relay-opt-ins.ts';
import { checkIdentity, linkIdentity } from '../people/identify.ts';
import { receiveOptIn } from '../people/receive-opt-in.ts';
import { FACT_TABLES, type Facts, type FactTable, noFacts } from '../store/facts.ts';
import { isMoved } from '../store/shards.ts';
import { homesOf, type Site } from '../store/sites.ts';
import { type Message, REFUSALS, type Refusal } from '../wire.ts';
import type { Collector } from './collector.ts';
import { addFacts, type Reception, readAbout, TOO_OLD_MS } from './to-facts.ts';

/** A direct commit that takes longer than this goes to the queue instead; if it succeeds after all, the copy changes nothing. */
const DEADLINE_MS = 5_000;
/** Dictionary entries this isolate knows to be stored: they need not be sent again. */
const stored = new Set<string>();

const isRefusal = (m: Message | Refusal): m is Refusal => typeof m === 'string' && REFUSALS.includes(m);

async function takeIdentify(
  m: Extract<Message, { kind: 'identify' }>,
  r: Reception,
  facts: Facts,
  c: Collector,
): Promise<Refusal | null> {
  if (m.mode !== 'engagement') return 'needs_engagement';
  const space = checkIdentity(m, c.secrets.INDEX_SECRET, r.site.key, r.receivedAt);
  if (space !== 'signed' && space !== 'unsigned') return space;
  const about = readAbout(m, r, facts);
  if (typeof about === 'string') return about;
  const { host: _host, path: _path, ...fact } = about;
  const newPerson = Buffer.from(c.random(16)).toString('hex');
  await linkIdentity(c.people, c.secrets.INDEX_SECRET, {
    site: r.site,
    space,
    user: m.user,
    visitor: fact.visitor,
    at: fact.at,
    nowMs: r.receivedAt,
    newPerson,
  });
  facts.identifications.push({ ...fact, act: 1, ended_at: null });
  return null;
}

async function takeOptIn(
  m: Extract<Message, { kind: 'opt-in' }>,
  r: Reception,
  facts: Facts,
  tagVersion: string | null,
  c: Collector,
): Promise<Refusal | null> {
  const about = readAbout(m, r, facts);
  if (typeof about === 'string') return about;
  const { host, path, ...fact } = about;
  const page = facts.pages.find((p) => p.hash === fact.page) ?? {
    site: fact.site,
    hash: fact.page,
    host,
    path,
    page_group: null,
  };
  // Never too old: after thirty days it is stored, flagged by its state, and counted on the day it was received.
  const held = r.receivedAt - fact.at > TOO_OLD_MS;
  const counted = { ...fact, at: held ? r.receivedAt : fact.at, confirmed_at: null, ended_at: null };
  const refused = await receiveOptIn({
    people: c.people,
    secrets: c.secrets,
    site: r.site,
    message: m,
    fact: counted,
    capturedAt: fact.at,
    held,
    page,
    receivedAt: r.receivedAt,
    tagVersion,
    random: c.random,
  });
  if (!refused) facts.opt_ins.push(counted);
  return refused;
}

/**
 * @returns index and reason of each message that was not stored; every other one is, durably, when this resolves.
 * @throws when a message could be stored nowhere: nothing may be acknowledged then, and a repeat is harmless.
 */
export async function accept(
  messages: (Message | Refusal)[],
  r: Reception,
  tagVersion: string | null,
  c: Collector,
): Promise<[number, Refusal][]> {
  const rej: [number, Refusal][] = [];
  const facts = noFacts();
  // Which message each committed row came from, to name the ones refused as id_conflict.
  const sources = new Map<FactTable, number[]>();
  for (const [i, m] of messages.entries()) {
    if (isRefusal(m)) {
      rej.push([i, m]);
      continue;
    }
    const before = rowsIn(facts);
    let refused: Refusal | null;
    if (m.kind === 'opt-in') refused = await takeOptIn(m, r, facts, tagVersion, c);
    else if (m.kind === 'identify') refused = await takeIdentify(m, r, facts, c);
    else if (m.kind === 'link') refused = m.mode === 'engagement' ? 'bad_code' : 'needs_engagement';
    else refused = addFacts(m, r, facts);
    if (refused) rej.push([i, refused]);
    for (const [table, n] of rowsIn(facts))
      if (n > (before.get(table) ?? 0)) sources.set(table, [...(sources.get(table) ?? []), i]);
  }
  if (facts.opt_ins.length > 0) c.later(c.sendMails());
  const conflicts = await commitOrSpill(withoutStored(facts), r.site, c);
  for (const { table, position } of conflicts) {
    const i = sources.get(table)?.[position];
    if (i !== undefined) rej.push([i, 'id_conflict']);
  }
  return rej.sort(([a], [b]) => a - b);
}

const rowsIn = (facts: Facts) =>
  new Map<FactTable, number>([
    ['pageviews', facts.pageviews.length],
    ['events', facts.events.length],
    ['opt_ins', facts.opt_ins.length],
    ['identifications', facts.identifications.length],
    ['kiosk_visits', facts.kiosk_visits.length],
    ['exposures', facts.exposures.length],
  ]);

/** Drops dictionary entries that are known to be stored, and repeats within the batch. */
function withoutStored(facts: Facts): Facts {
  const fresh = <T extends { site: number; hash: number }>(kind: string, entries: T[]) =>
    [...new Map(entries.map((e) => [`${kind}${e.site}:${e.hash}`, e])).entries()]
      .filter(([key]) => !stored.has(key))
      .map(([, e]) => e);
  return {
    ...facts,
    pages: fresh('p', facts.pages),
    origins: fresh('o', facts.origins),
    places: fresh('l', facts.places),
    names: fresh('n', facts.names),
  };
}

function rememberStored(facts: Facts): void {
  if (stored.size > 50_000) stored.clear();
  for (const [kind, entries] of [
    ['p', facts.pages],
    ['o', facts.origins],
    ['l', facts.places],
    ['n', facts.names],
  ] as const) {
    for (const e of entries) stored.add(`${kind}${e.site}:${e.hash}`);
  }
}

/** Commits where the site lives. An isolate that has not heard of a move asks the registry, once; while a site is between two homes, the queue holds its facts. */
async function commitAtHome(facts: Facts, site: Site, c: Collector): Promise<Committed> {
  const eventsOf = c.eventsOf ?? (() => c.events);
  try {
    return await commit(eventsOf(site), facts);
  } catch (error) {
    if (!isMoved(error)) throw error;
    const home = (await homesOf(c.people, [site.id])).get(site.id);
    if (!home || home === site.events) throw error;
    return commit(eventsOf({ events: home }), facts);
  }
}

async function commitOrSpill(facts: Facts, site: Site, c: Collector): Promise<{ table: FactTable; position: number }[]> {
  // Nothing is written then, so the dictionary entries of refused messages are not stored either.
  if (FACT_TABLES.every((table) => facts[table].length === 0)) return [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const deadline = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error('commit: deadline')), DEADLINE_MS);
    });
    const { conflicts } = await Promise.race([commitAtHome(facts, site, c), deadline]);
    rememberStored(facts);
    if (facts.opt_ins.length > 0) c.later(settleRelayed(c.people, facts.opt_ins));
    return conflicts;
  } catch (error) {
    if (!c.spillway) throw error;
    await c.spillway.send(facts, { contentType: 'json' });
    return [];
  } finally {
    clearTimeout(timer);
  }
}
