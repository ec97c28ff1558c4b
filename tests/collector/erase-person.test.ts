/** Erasing a person: no trace of them in any table, file, queue or log; late messages do not bring them back, and neither does a restore. */
import { env } from 'cloudflare:test';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { setAside } from '../../collector/fleet/clones.ts';
import type { Device } from '../../collector/fleet/device.ts';
import { addKiosk, addStore } from '../../collector/fleet/stores.ts';
import { commit } from '../../collector/ingest/commit.ts';
import { consume } from '../../collector/ingest/consumer.ts';
import { exportHistory } from '../../collector/ingest/export-history.ts';
import { relayOptIns } from '../../collector/ingest/relay-opt-ins.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { unseal } from '../../collector/people/address.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { erasePerson } from '../../collector/people/erase.ts';
import { workOffErasures } from '../../collector/people/erase-work.ts';
import { ERASED_TABLES } from '../../collector/people/erased-tables.ts';
import { readErasures } from '../../collector/people/erasure-list.ts';
import { linkIdentity } from '../../collector/people/identify.ts';
import { replayErasures } from '../../collector/people/replay-erasures.ts';
import { sealFor, sealingKeyOf } from '../../collector/people/sealed-opt-in.ts';
import { sha256 } from '../../collector/people/sha256.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dump } from './door.ts';
import { idAt, makeCollector, makeSite, randomBytes, seeded, send } from './fixture.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const random = randomBytes(seeded(2_020));
const draw = seeded(2_021);
let site: Site;
let now = NOW;
let made = 0;
beforeAll(async () => {
  site = await makeSite(NOW - 40 * DAY);
});
beforeEach(() => {
  now += DAY + 1;
});

/** Every file of the bucket as text, unpacked. */
async function files(): Promise<string> {
  const texts: string[] = [];
  let cursor: string | undefined;
  do {
    const page: R2Objects = await env.HISTORY.list({ ...(cursor ? { cursor } : {}) });
    for (const { key } of page.objects) {
      const found = await env.HISTORY.get(key);
      const body = key.endsWith('.gz') ? found?.body.pipeThrough(new DecompressionStream('gzip')) : found?.body;
      texts.push(`${key} ${await new Response(body).text()}`);
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor);
  return texts.join('\n');
}

const view = (at: number, visitor: string, path: string) => ({
  ...{ kind: 'pageview', id: idAt(at, draw), url: `https://shop.example${path}`, mode: 'engagement', visitor },
  ...{ activeMs: 9_000, foregroundMs: 10_000 },
});

/** Somebody who came, subscribed with both boxes, confirmed, and came back. */
async function somebody(name: string, at = now) {
  made += 1;
  const visitor = idAt(at, draw);
  const collector = makeCollector({ now: at }, 500 + made);
  const event = { ...view(at - 60_000, visitor, '/'), kind: 'event', name: 'Brochure', props: { color: `${name}-prop` } };
  const { activeMs: _a, foregroundMs: _f, ...act } = event;
  await send(collector, site, at, [view(at - 120_000, visitor, '/a'), act]);
  const email = fresh(name);
  const message = optInAt(at, email, { visitor, boxes: { news: true, link: true }, mode: 'engagement' });
  expect((await submitAt(at, site, [message])).json).toEqual({ ok: 1, rej: [] });
  const token = `token ${name} ${made}`;
  await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1').bind(message.id, sha256(token)).run();
  expect(await confirmOptIn(env, token, at + 1_000)).toBe('confirmed');
  await relayOptIns(env.PEOPLE, env.EVENTS, 100);
  const person = String((await personOf(message.id))?.person);
  const fact = await env.EVENTS.prepare('SELECT visitor FROM opt_ins WHERE site = ?1 ORDER BY born DESC LIMIT 1')
    .bind(site.id)
    .first<{ visitor: number }>();
  return { person, email, message, visitor, key: fact?.visitor ?? 0, token, at };
}

const close = async (until: number) => {
  while (!(await runWindows(env.EVENTS, site, until, 50, 5))) {
    /* until all is closed */
  }
};
const exportAll = async (until: number) => {
  while (!(await exportHistory(env.EVENTS, env.HISTORY, site, until, { days: 100, rows: 1_000_000 }))) {
    /* until all is written */
  }
};
const erase = (person: string, at: number) => erasePerson(env, { site, person }, { at, by: 'my-data', random });

test('a canary is in every place before, and in none after: tables, files, parked messages, quarantine, mails, logs', async () => {
  const logged = ['log', 'info', 'warn', 'error'].map((level) => vi.spyOn(console, level as 'log').mockImplementation(() => {}));
  const canary = await somebody('canary');
  const other = await somebody('neighbour');
  await close(now + DAY);
  await exportAll(now + DAY);
  const facts = {
    pageviews: [],
    events: [],
    opt_ins: [],
    identifications: [],
    kiosk_visits: [],
    exposures: [],
    pages: [],
    origins: [],
    places: [],
    names: [],
  };
  const parkedEvent = await env.EVENTS.prepare('SELECT * FROM events WHERE site = ?1 AND visitor = ?2')
    .bind(site.id, canary.key)
    .first();
  await env.EVENTS.prepare("INSERT INTO parked (id, at, reason, body) VALUES ('canary', 1, 'test', ?1)")
    .bind(JSON.stringify({ ...facts, events: [parkedEvent] }))
    .run();
  await env.PEOPLE.prepare(
    "INSERT INTO local_mails (id, site, at, recipient, subject, text, html) SELECT id, site, 1, ?2, '', '', '' FROM mails WHERE person = ?1",
  )
    .bind(canary.person, canary.email)
    .run();
  await env.PEOPLE.prepare(
    "INSERT INTO audit (id, at, site, actor, action, person, reason) VALUES (?1, 1, ?2, 'user x', 'export_proof', ?1, ?3)",
  )
    .bind(canary.person, site.id, `asked by ${canary.email}`)
    .run();
  const store = await addStore(env.PEOPLE, site.id, 'Paris', 'Europe/Paris', now);
  const kiosk = await addKiosk(env.PEOPLE, site.id, store, 'Entrance', now);
  const seal = sealingKeyOf(env.ADDRESS_SECRET, site.key);
  const [theirs, kept] = [idAt(now, draw), idAt(now, draw)];
  const requests = [
    [
      { kind: 'pageview', id: idAt(now, draw), visitor: theirs, url: '/canary' },
      { kind: 'opt-in', id: theirs, visitor: theirs, sealed: await sealFor(seal, site.key, theirs, canary.email) },
    ],
    [
      { kind: 'opt-in', id: kept, visitor: kept, email: 'kept@example.com' },
      { kind: 'opt-in', id: theirs, visitor: theirs, email: ` ${canary.email.toUpperCase()}` },
    ],
  ];
  for (const messages of requests)
    await setAside(
      env.PEOPLE,
      env.ADDRESS_SECRET,
      { kiosk, name: 'device' } as Device,
      {},
      JSON.stringify({ v: 1, messages }),
      now,
      random,
    );
  const marks = [canary.email, 'canary-prop', `"visitor":${canary.key}`, String(canary.message.id)];
  const places = async () => ({ people: await dump(env.PEOPLE), events: await dump(env.EVENTS), files: await files() });
  const before = await places();
  expect(before.people).toContain(canary.email);
  expect(before.people).toContain(canary.person);
  for (const mark of ['canary-prop', `"visitor":${canary.key}`]) expect(before.events, mark).toContain(mark);
  for (const mark of ['canary-prop', `"visitor":${canary.key}`]) expect(before.files, mark).toContain(mark);

  const at = now + DAY + 5;
  expect(await erase(canary.person, at)).toMatchObject({ done: false });
  // What PEOPLE and EVENTS have is gone with the answer; files follow in cron's next run.
  await workOffErasures(env, at + 60_000);
  await close(at + 2 * DAY);
  const after = await places();
  for (const [place, text] of Object.entries(after))
    for (const mark of marks)
      expect(
        text.split('\n').filter((line) => line.includes(mark) && !line.startsWith('erased_visitors ')),
        `${place}: ${mark}`,
      ).toEqual([]);
  // Of the person a chain without details stays, and no number of theirs outlives the bar against late messages.
  expect(
    after.people
      .split('\n')
      .filter((line) => line.includes(canary.person))
      .map((line) => line.split(' ')[0]),
  ).toEqual(['audit', ...Array(5).fill('ledger')]);
  expect(
    after.events
      .split('\n')
      .filter((line) => line.includes(String(canary.key)))
      .map((line) => line.split(' ')[0]),
  ).toEqual(['erased_visitors']);
  await workOffErasures(env, at + 61 * DAY);
  expect((await dump(env.EVENTS)).split('\n').filter((line) => line.includes(String(canary.key)))).toEqual([]);
  const quarantined = await env.PEOPLE.prepare('SELECT id, sealed FROM kiosk_quarantine').all<{ id: string; sealed: string }>();
  const opened = await Promise.all(
    quarantined.results.map(({ id, sealed }) => unseal(env.ADDRESS_SECRET, `kiosk_quarantine|${id}`, sealed)),
  );
  expect(opened).toHaveLength(1);
  expect(opened[0]).toContain('kept@example.com');
  expect(opened[0]).not.toMatch(/canary/);
  expect(after.people).toContain(other.person);
  expect(after.events).toContain('neighbour-prop');
  expect(JSON.stringify(logged.map((spy) => spy.mock.calls))).not.toMatch(/canary/);
  for (const spy of logged) spy.mockRestore();
});

test('late messages, a queue, a repeat of the opt-in and the old link bring nobody back; a new sign-up does', async () => {
  const gone = await somebody('late');
  const at = now + 10_000;
  const fact = {
    ...(await env.EVENTS.prepare('SELECT * FROM opt_ins WHERE site = ?1 AND visitor = ?2').bind(site.id, gone.key).first()),
  };
  expect(await erase(gone.person, at)).not.toBeNull();
  const count = async () => (await one('SELECT count(*) AS n FROM persons'))?.n;
  const persons = await count();
  // The outbox sends the opt-in and a page of that time once more; the answer is the same as ever.
  expect((await submitAt(at + 60_000, site, [gone.message])).json).toEqual({ ok: 1, rej: [] });
  const again = optInAt(at - 5_000, gone.email, { visitor: idAt(at, draw) });
  expect((await submitAt(at + 60_000, site, [again])).json).toEqual({ ok: 1, rej: [] });
  await send(makeCollector({ now: at + 60_000 }, 901), site, at + 60_000, [view(gone.at - 1_000, gone.visitor, '/late')]);
  const batch = {
    pageviews: [],
    events: [],
    opt_ins: [fact],
    identifications: [],
    kiosk_visits: [],
    exposures: [],
    pages: [],
    origins: [],
    places: [],
    names: [],
  };
  const message = { id: 'q', timestamp: new Date(), body: batch, attempts: 1, ack: vi.fn(), retry: vi.fn() };
  await consume(
    {
      queue: 'spillway',
      messages: [message],
      ackAll: () => {},
      retryAll: () => {},
      metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    } as unknown as MessageBatch,
    env.EVENTS,
    at,
    () => 0,
  );
  expect(message.ack).toHaveBeenCalled();
  expect(await confirmOptIn(env, gone.token, at + 60_000)).toBe('unknown');
  await relayOptIns(env.PEOPLE, env.EVENTS, 100);
  expect(await count()).toBe(persons);
  for (const table of ['pageviews', 'events', 'opt_ins'])
    expect(
      await env.EVENTS.prepare(`SELECT count(*) AS n FROM ${table} WHERE visitor = ?1`).bind(gone.key).first(),
      table,
    ).toEqual({ n: 0 });
  const fresh2 = optInAt(at + 120_000, gone.email);
  await submitAt(at + 120_000, site, [fresh2]);
  expect((await personOf(fresh2.id))?.person).not.toBe(gone.person);
  expect(await count()).toBe(Number(persons) + 1);
});

test('a restore brings somebody back for as long as it takes cron to read the list', async () => {
  const gone = await somebody('restored');
  const stays = await somebody('stays');
  await close(now + DAY);
  const tables = ['persons', 'opt_ins', 'links', 'mails'];
  const saved = await Promise.all(
    tables.map((t) =>
      env.PEOPLE.prepare(`SELECT * FROM ${t} WHERE ${t === 'persons' ? 'id' : 'person'} = ?1`)
        .bind(gone.person)
        .all(),
    ),
  );
  const facts = await Promise.all(
    ['pageviews', 'events'].map((t) => env.EVENTS.prepare(`SELECT * FROM ${t} WHERE visitor = ?1`).bind(gone.key).all()),
  );
  const at = now + DAY + 7;
  await erase(gone.person, at);
  await workOffErasures(env, at);
  const list = [];
  for await (const erasure of readErasures(env.HISTORY, at - DAY)) list.push(erasure);
  expect(JSON.stringify(list)).not.toMatch(new RegExp(`${gone.person}|${gone.email}|${gone.key}`));
  const mine = list.at(-1);
  // The databases as they were before: the rows are back, and nothing there knows of the erasure.
  const put = async (db: D1Database, table: string, rows: Record<string, unknown>[]) => {
    for (const row of rows)
      await db
        .prepare(`INSERT INTO ${table} (${Object.keys(row)}) VALUES (${Object.keys(row).map((_, i) => `?${i + 1}`)})`)
        .bind(...Object.values(row))
        .run();
  };
  await env.PEOPLE.prepare('DELETE FROM erasures').run();
  await env.PEOPLE.prepare('DELETE FROM erased_subjects').run();
  await env.EVENTS.prepare('DELETE FROM erasures').run();
  await env.EVENTS.prepare('DELETE FROM erased_visitors').run();
  for (const [i, t] of tables.entries()) await put(env.PEOPLE, t, saved[i]?.results ?? []);
  for (const [i, t] of ['pageviews', 'events'].entries()) await put(env.EVENTS, t, facts[i]?.results ?? []);
  await commit(env.EVENTS, {
    pageviews: [],
    events: [],
    opt_ins: [],
    identifications: [],
    kiosk_visits: [],
    exposures: [],
    pages: [],
    origins: [],
    places: [],
    names: [],
  });
  await close(at + DAY);
  expect(await one('SELECT count(*) AS n FROM persons WHERE id = ?1', gone.person)).toEqual({ n: 1 });
  const replayed = await replayErasures(env, mine?.at ? mine.at - DAY : 0, at + DAY, random);
  expect(replayed.persons).toBe(1);
  await workOffErasures(env, at + DAY);
  await close(at + DAY);
  expect(await one('SELECT count(*) AS n FROM persons WHERE id = ?1', gone.person)).toEqual({ n: 0 });
  for (const table of ['pageviews', 'events', 'visitor_days'])
    expect(
      await env.EVENTS.prepare(`SELECT count(*) AS n FROM ${table} WHERE visitor = ?1`).bind(gone.key).first(),
      table,
    ).toEqual({ n: 0 });
  expect(await one('SELECT count(*) AS n FROM persons WHERE id = ?1', stays.person)).toEqual({ n: 1 });
  // The second time there is nothing left to find.
  expect(await replayErasures(env, at - DAY, at + DAY, random)).toMatchObject({ persons: 0, visitors: 0 });
});

test('a known user is erased by their id, and an act of before that arrives late makes nobody known; the brand’s programs are told', async () => {
  await env.PEOPLE.prepare(
    "INSERT INTO outlets (id, site, kind, name, types, settings, sealed, created_at) VALUES ('told', ?1, 'webhook', 'x', '[\"optin.submitted\",\"person.erased\"]', '{}', '', 1)",
  )
    .bind(site.id)
    .run();
  const gone = await somebody('told');
  expect(await one('SELECT count(*) AS n FROM announcements')).toEqual({ n: 1 });
  const who = { site, space: 'unsigned' as const, user: 'customer-canary', visitor: 424_242, nowMs: now };
  const identify = (id: string, at: number, newPerson: string) =>
    linkIdentity(env.PEOPLE, env.INDEX_SECRET, { ...who, id, at, newPerson });
  await identify('a', now, 'known-person');
  expect(await erase('known-person', now + 5_000)).not.toBeNull();
  await identify('b', now + 1_000, 'late-person');
  expect(await one("SELECT count(*) AS n FROM identities WHERE person IN ('known-person', 'late-person')")).toEqual({ n: 0 });
  await identify('c', now + 6_000, 'new-person');
  expect(await one("SELECT count(*) AS n FROM identities WHERE person = 'new-person'")).toEqual({ n: 1 });
  await erase(gone.person, now + 7_000);
  const { results } = await env.PEOPLE.prepare(
    "SELECT a.type, d.state FROM announcements a JOIN deliveries d ON d.announcement = a.id WHERE a.data LIKE '%' || ?1 || '%'",
  )
    .bind(gone.person)
    .all();
  expect(results).toEqual([{ type: 'person.erased', state: 'waiting' }]);
});

test('nobody is erased twice, or at a site that is not theirs; an erasure ends the chain and the chain still holds', async () => {
  const gone = await somebody('twice');
  const elsewhere = await makeSite(NOW - DAY);
  expect(await erasePerson(env, { site: elsewhere, person: gone.person }, { at: now, by: 'my-data', random })).toBeNull();
  expect(await erase(gone.person, now + 5_000)).not.toBeNull();
  expect(await erase(gone.person, now + 6_000)).toBeNull();
  const { results } = await env.PEOPLE.prepare('SELECT kind, detail, opt_in FROM ledger WHERE person = ?1 ORDER BY sequence')
    .bind(gone.person)
    .all();
  expect(results.at(-1)).toMatchObject({ kind: 'erased', opt_in: gone.person });
  for (const { detail, opt_in } of results.slice(0, -1)) expect([detail, String(opt_in).slice(0, 6)]).toEqual(['', 'erased']);
});

/** Tables in which a person is named that an erasure leaves alone, and why. */
const EXCEPTIONS = new Map([
  ['ledger', 'its details go, its chain stays'],
  ['outlet_contacts', 'the tool is told to forget first; the delivery of person.erased takes the row'],
]);
test('every table that names persons is erased, or says why not', async () => {
  const { results } = await env.PEOPLE.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all<{
    name: string;
    sql: string;
  }>();
  const naming = results.filter(({ sql }) => /[\s`(](person|address_index)[\s`]/.test(sql)).map(({ name }) => name);
  expect(naming.length).toBeGreaterThan(8);
  const known = new Set([...ERASED_TABLES.map(({ table }) => table), ...EXCEPTIONS.keys(), 'link_tokens']);
  expect(naming.filter((name) => !known.has(name))).toEqual([]);
});
