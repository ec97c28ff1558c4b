/** Withdrawal: one click of a mailbox or a button, in either encoding, as often as one likes; opening links changes nothing. */
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { relayOptIns } from '../../collector/ingest/relay-opt-ins.ts';
import type { Mail } from '../../collector/notify/mailer.ts';
import { sendMails } from '../../collector/notify/send-mails.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { withdrawOptIn } from '../../collector/people/withdraw.ts';
import { makeWithdrawalToken } from '../../collector/people/withdrawal-link.ts';
import type { Site } from '../../collector/store/sites.ts';
import worker from '../../collector/worker.ts';
import { ORIGIN } from './dashboard-door.ts';
import { dump } from './door.ts';
import { makeSite } from './fixture.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

let site: Site;
let now = Date.now() - 40 * DAY;
beforeAll(async () => {
  site = await makeSite(now - DAY);
});
beforeEach(() => {
  now += DAY + 1;
});

/** Asks the real Worker, from anywhere: no cookie, no origin. */
async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const context = createExecutionContext();
  const request = new Request(url.replace('https://c.example', ORIGIN), { redirect: 'manual', ...init });
  const response = await worker.fetch(request as Parameters<typeof worker.fetch>[0], env, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  return { status: response.status, text, headers: response.headers };
}
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const multipart = () => {
  const form = new FormData();
  form.append('List-Unsubscribe', 'One-Click');
  return form;
};
const own = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };

/** A sign-up with the mail that it brought. */
async function signUp(boxes = { news: true, link: true }) {
  await env.PEOPLE.prepare("UPDATE mails SET failed_at = 1, failure = 'test' WHERE sent_at IS NULL").run();
  const message = optInAt(now, fresh(), { boxes });
  expect((await submitAt(now, site, [message])).json).toEqual({ ok: 1, rej: [] });
  const got: Mail[] = [];
  const mailer = {
    repeatableMs: 0,
    send: async (mail: Mail) => {
      got.push(mail);
      return { outcome: 'sent' } as const;
    },
  };
  await sendMails({ people: env.PEOPLE, secrets: env, mailer, from: 'a@brand.example', linkBase: 'https://c.example' }, now, 1);
  const [mail] = got;
  if (!mail) throw new Error('no mail');
  const confirm = /https:\/\/c\.example\/confirm\/[\w-]+/.exec(mail.text)?.[0] ?? '';
  const unsubscribe = /^<(.*)>$/.exec(mail.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  return { id: String(message.id), mail, confirm, unsubscribe, person: String((await personOf(message.id))?.person) };
}
const stateOf = (id: string) =>
  one(
    'SELECT state, withdrawn_at IS NOT NULL AS withdrawn, link_withdrawn_at IS NOT NULL AS unlinked FROM opt_ins WHERE id = ?1',
    id,
  );
const kindsOf = async (person: string) => {
  const { results } = await env.PEOPLE.prepare(
    "SELECT kind, purpose FROM ledger WHERE person = ?1 AND kind <> 'pending' ORDER BY sequence",
  )
    .bind(person)
    .all<{ kind: string; purpose: string }>();
  return results.map(({ kind, purpose }) => `${kind} ${purpose}`);
};
const confirmed = async (boxes?: { news: boolean; link: boolean }) => {
  const signed = await signUp(boxes);
  expect(await confirmOptIn(env, signed.confirm.split('/').at(-1) ?? '', now)).toBe('confirmed');
  await relayOptIns(env.PEOPLE, env.EVENTS, 100);
  return signed;
};

test.each([
  ['urlencoded', () => ({ body: ONE_CLICK, headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
  ['multipart', () => ({ body: multipart() })],
  ['a body that says nothing', () => ({ body: 'x', headers: { 'content-type': 'text/plain' } })],
  ['no body', () => ({})],
] as const)(
  'one click, %s: withdrawn at once and for good, without cookie, origin or redirect; again is the same',
  async (how, request) => {
    const { id, person, unsubscribe, confirm } = await confirmed();
    const first = await ask(unsubscribe, { method: 'POST', ...request() });
    expect([first.status, first.headers.get('location')]).toEqual([200, null]);
    expect(await stateOf(id)).toMatchObject({ state: 'withdrawn', withdrawn: 1 });
    expect(await kindsOf(person)).toEqual([
      'submitted news',
      'submitted link',
      'confirmed news',
      'confirmed link',
      'withdrawn news',
      'withdrawn link',
    ]);
    const how8058 = how === 'urlencoded' || how === 'multipart';
    const said = await one(
      "SELECT json_extract(detail, '$.method') AS method FROM ledger WHERE person = ?1 AND kind = 'withdrawn'",
      person,
    );
    expect(said).toEqual({ method: how8058 ? 'one-click' : 'page' });
    const fact = await env.EVENTS.prepare(
      'SELECT confirmed_at, ended_at FROM opt_ins WHERE site = ?1 AND born = ?2 AND rand = ?3',
    )
      .bind(site.id, Number.parseInt(id.slice(0, 12), 16), Number.parseInt(id.slice(12), 16))
      .first<{ confirmed_at: number; ended_at: number }>();
    expect(fact?.confirmed_at).toBe(now);
    expect(fact?.ended_at).toBeGreaterThan(now);
    const done = [await dump(env.PEOPLE), await dump(env.EVENTS)];
    expect((await ask(unsubscribe, { method: 'POST', ...request() })).status).toBe(200);
    expect((await ask(unsubscribe)).text).toContain('Vous n’êtes pas inscrit');
    expect((await ask(confirm)).text).toContain('Cette inscription a été retirée');
    expect([await dump(env.PEOPLE), await dump(env.EVENTS)]).toEqual(done);
  },
);

test('our own button: everything, or only the linking of visits, and later the rest', async () => {
  const { id, person, unsubscribe } = await confirmed();
  expect((await ask(unsubscribe)).text).toContain('value="link"');
  const unlinked = await ask(unsubscribe, { method: 'POST', headers: own, body: 'answer=link' });
  expect(unlinked.text).toContain('Vos visites ne sont plus reliées');
  expect(await stateOf(id)).toEqual({ state: 'confirmed', withdrawn: 0, unlinked: 1 });
  expect((await ask(unsubscribe)).text).not.toContain('value="link"');
  expect((await ask(unsubscribe, { method: 'POST', headers: own, body: 'answer=link' })).status).toBe(200);
  expect((await kindsOf(person)).slice(4)).toEqual(['withdrawn link']);
  expect((await ask(unsubscribe, { method: 'POST', headers: own, body: 'answer=news' })).text).toContain('désinscrit');
  expect((await kindsOf(person)).slice(4)).toEqual(['withdrawn link', 'withdrawn news']);
});

test('who withdraws before confirming is forgotten at once, and the mail that waits does not leave', async () => {
  const { id, person, unsubscribe, confirm } = await signUp();
  await ask(unsubscribe, { method: 'POST', body: ONE_CLICK, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  expect(await stateOf(id)).toMatchObject({ state: 'withdrawn' });
  expect(await one('SELECT address_sealed, address_index FROM persons WHERE id = ?1', person)).toEqual({
    address_sealed: null,
    address_index: null,
  });
  expect(await confirmOptIn(env, confirm.split('/').at(-1) ?? '', now)).toBe('withdrawn');
});

test('a link works after its person is gone, one that was never made opens nothing, and another site’s person stays', async () => {
  const { id, person } = await confirmed();
  const other = await makeSite(now - DAY);
  const gone = makeWithdrawalToken(env.INDEX_SECRET, site.id, 'f'.repeat(32));
  const elsewhere = makeWithdrawalToken(env.INDEX_SECRET, other.id, person);
  const before = [await dump(env.PEOPLE), await dump(env.EVENTS)];
  for (const token of [gone, elsewhere]) {
    const answer = await ask(`${ORIGIN}/unsubscribe/${token}`, { method: 'POST', body: multipart() });
    expect(answer.status).toBe(200);
  }
  for (const forged of [
    gone.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    'x',
    `${gone}x`,
    `1.${person}.${'A'.repeat(22)}`,
  ])
    expect((await ask(`${ORIGIN}/unsubscribe/${forged}`, { method: 'POST', body: multipart() })).status).toBe(404);
  expect([await dump(env.PEOPLE), await dump(env.EVENTS)]).toEqual(before);
  expect(await stateOf(id)).toMatchObject({ state: 'confirmed' });
});

test('only unsubscribing is open to other origins', async () => {
  const { confirm, id } = await signUp();
  expect(
    (
      await ask(confirm, {
        method: 'POST',
        body: 'answer=confirm',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    ).status,
  ).toBe(403);
  expect(await stateOf(id)).toMatchObject({ state: 'pending' });
});

test.each([
  ['urlencoded', () => ({ body: 'answer=confirm', headers: own })],
  [
    'multipart',
    () => {
      const body = new FormData();
      body.append('answer', 'confirm');
      return { body, headers: { origin: ORIGIN, 'sec-fetch-site': 'same-origin' } };
    },
  ],
] as const)('the button of the confirmation page, %s, pressed twice: both times it is confirmed', async (_, request) => {
  now = Date.now() - 60_000;
  const { confirm, id } = await signUp();
  for (let i = 0; i < 2; i += 1) {
    const page = await ask(confirm, { method: 'POST', ...request() });
    expect([page.status, page.text.includes('C’est confirmé')]).toEqual([200, true]);
  }
  expect(await stateOf(id)).toMatchObject({ state: 'confirmed' });
});

test('one link confirms what was asked for until its page was made, and shows where; what came later waits', async () => {
  now = Date.now() - 60_000;
  const { confirm, id, mail } = await signUp();
  const again = optInAt(now + 10, mail.to, { url: 'https://shop.example/landing', boxes: { news: true, link: true } });
  await submitAt(now + 10, site, [again]);
  const page = await ask(confirm);
  expect(page.text).toContain('avec le lien entre vos visites');
  const later = optInAt(now + 20, mail.to);
  await submitAt(now + 20, site, [later]);
  await ask(confirm, { method: 'POST', headers: own, body: `answer=confirm&until=${now + 15}` });
  expect([await stateOf(id), await stateOf(String(again.id)), await stateOf(String(later.id))].map((one) => one?.state)).toEqual([
    'confirmed',
    'confirmed',
    'pending',
  ]);
});

test('“not me” from whoever subscribed before ends only what was asked in their name', async () => {
  now = Date.now() - 3 * DAY;
  const { person, mail } = await confirmed();
  now = Date.now() - 60_000;
  await env.PEOPLE.prepare('DELETE FROM mailed_addresses').run();
  const prank = optInAt(now, mail.to);
  await submitAt(now, site, [prank]);
  const got: Mail[] = [];
  const mailer = {
    repeatableMs: 0,
    send: async (sent: Mail) => {
      got.push(sent);
      return { outcome: 'sent' } as const;
    },
  };
  await sendMails({ people: env.PEOPLE, secrets: env, mailer, from: 'a@brand.example', linkBase: 'https://c.example' }, now, 5);
  const confirm = /https:\/\/c\.example\/confirm\/[\w-]+/.exec(got.at(-1)?.text ?? '')?.[0] ?? '';
  const page = await ask(confirm, { method: 'POST', headers: own, body: 'answer=deny' });
  expect(page.text).toContain('Rien ne change à votre inscription');
  expect(await stateOf(String(prank.id))).toMatchObject({ state: 'withdrawn' });
  expect(await one('SELECT address_sealed IS NOT NULL AS kept FROM persons WHERE id = ?1', person)).toEqual({ kept: 1 });
  expect(await kindsOf(person)).not.toContain('erased all');
});

test('withdrawing many sign-ups of one person, twice at once: each ends once, in one unbroken chain', async () => {
  const address = fresh();
  const messages = Array.from({ length: 45 }, () => optInAt(now, address, { boxes: { news: true, link: true } }));
  await submitAt(now, site, messages);
  const person = String((await personOf(messages[0]?.id))?.person);
  const both = await Promise.all(
    [1, 2].map(() => withdrawOptIn(env.PEOPLE, { site: site.id, person }, { at: now + 5, method: 'test' })),
  );
  expect(both.reduce((a, b) => a + b)).toBe(45);
  expect(await withdrawOptIn(env.PEOPLE, { site: site.id, person }, { at: now + 6, method: 'test' })).toBe(0);
  const chain = await one(
    `SELECT count(*) = max(sequence) AS unbroken, sum(kind = 'withdrawn') AS withdrawn, count(*) -
       sum(previous_hash = coalesce((SELECT row_hash FROM ledger b WHERE b.person = ledger.person AND b.sequence = ledger.sequence - 1), previous_hash)) AS unlinked
     FROM ledger WHERE person = ?1`,
    person,
  );
  expect(chain).toEqual({ unbroken: 1, withdrawn: 90, unlinked: 0 });
});

test('a scanner opens every link of a mail, several times and by HEAD: nothing changes, and every page only asks', async () => {
  now = Date.now() - 60_000;
  await env.PEOPLE.prepare('DELETE FROM mailed_addresses').run();
  const { mail } = await signUp();
  const links = new Set([...`${mail.text} ${mail.html}`.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) => link));
  expect(links.size).toBe(2);
  const before = [await dump(env.PEOPLE), await dump(env.EVENTS)];
  for (const link of links)
    for (const method of ['GET', 'HEAD', 'GET']) {
      const page = await ask(link, { method });
      expect(page.status).toBe(200);
      if (method === 'GET') expect(page.text).toContain('<form method="post"');
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
  expect([await dump(env.PEOPLE), await dump(env.EVENTS)]).toEqual(before);
});
