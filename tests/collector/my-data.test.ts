/** One's own data: a neutral door, a link that works once, a short visit that sees, takes, withdraws and erases; proofs for stewards, with a reason. */
import { env } from 'cloudflare:test';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mail } from '../../collector/notify/mailer.ts';
import { sendMails } from '../../collector/notify/send-mails.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { askForMyData, forgetMyData, myVisitOf, openMyVisit, readMyDataLink, VISIT_MS } from '../../collector/people/my-data.ts';
import { readMyData, writeMyData } from '../../collector/people/my-data-read.ts';
import { verifyProof } from '../../collector/people/verify-proof.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { ORIGIN, openDashboard } from './dashboard-door.ts';
import { dump } from './door.ts';
import { idAt, makeCollector, makeSite, randomBytes, seeded, send } from './fixture.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const bytes = randomBytes(seeded(808));
const draw = seeded(809);
const MINUTE = 60_000;
let site: Site;
const now = Date.now();
beforeAll(async () => {
  site = await makeSite(now - 30 * DAY);
});
beforeEach(async () => {
  await env.PEOPLE.prepare('UPDATE mails SET failed_at = 1 WHERE sent_at IS NULL').run();
});

/** Sends what waits, and returns it. */
async function post(at = now): Promise<Mail[]> {
  const mails: Mail[] = [];
  const send = async (mail: Mail) => {
    mails.push(mail);
    return { outcome: 'sent' as const };
  };
  const mailer = { repeatableMs: 0, send };
  await sendMails({ people: env.PEOPLE, secrets: env, mailer, from: 'no-reply@comptoir.example', linkBase: ORIGIN }, at, 20);
  return mails;
}
/** Somebody who subscribed, linked and confirmed, through the mail they were sent. */
async function somebody(name: string) {
  const email = fresh(name);
  const visitor = idAt(now, draw);
  const message = optInAt(now, email, { visitor, mode: 'engagement', boxes: { news: true, link: true } });
  await submitAt(now, site, [message]);
  const [mail] = await post();
  const token = /\/confirm\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  expect(await confirmOptIn(env, token, now)).toBe('confirmed');
  return { email, visitor, message, person: String((await personOf(message.id))?.person) };
}
const app = dashboardApp();
const call = (path: string, init: { form?: Record<string, string>; cookie?: string } = {}) =>
  app.fetch(
    new Request(`${ORIGIN}${path}`, {
      redirect: 'manual',
      ...(init.form && { method: 'POST', body: new URLSearchParams(init.form).toString() }),
      headers: {
        origin: ORIGIN,
        'accept-language': 'fr',
        ...(init.form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(init.cookie && { cookie: init.cookie }),
      },
    }),
    env,
  );

test('the answer to an address is the same, known or not, byte for byte; only its owner gets the link, a few times a day at most', async () => {
  const { email } = await somebody('neutral');
  const before = await dump(env.PEOPLE);
  const answers = await Promise.all(
    [fresh('nobody'), 'no address', "x'--@example.com", ''].map(async (address) =>
      (await call(`/my-data/${site.key}`, { form: { address } })).text(),
    ),
  );
  expect(await dump(env.PEOPLE)).toBe(before);
  const known = await call(`/my-data/${site.key}`, { form: { address: ` ${email.toUpperCase()}` } });
  expect([known.status, new Set([...answers, await known.text()]).size]).toEqual([200, 1]);
  const mails = await post(Date.now() + 1_000);
  expect(mails.map(({ to }) => to)).toEqual([email]);
  expect(mails[0]?.text).toMatch(/\/my-data\/open\/[\w-]{43}/);
  expect(await dump(env.PEOPLE)).not.toContain(/open\/([\w-]{43})/.exec(mails[0]?.text ?? '')?.[1] ?? '-');
  // However often somebody asks in its name.
  const at = Date.now();
  let sent = 0;
  for (let i = 0; i < 40; i += 1)
    if (await askForMyData(env, site, { address: email, language: 'en' }, at + i * 6 * MINUTE, bytes)) sent += 1;
  expect(sent).toBe(3);
  expect(await askForMyData(env, site, { address: email, language: 'fr' }, at + 2 * DAY, bytes)).toBe(true);
  expect((await call('/my-data/no-such-site')).status).toBe(404);
});

test('a link opens once, within 30 minutes, by a POST; the visit it opens is over after 15', async () => {
  const { email, person } = await somebody('once');
  const tokenOf = async (at: number) => {
    await env.PEOPLE.prepare("DELETE FROM mails WHERE kind = 'my-data'").run();
    expect(await askForMyData(env, site, { address: email, language: 'fr' }, at, bytes)).toBe(true);
    const [mail] = await post(at);
    return /open\/([\w-]{43})/.exec(mail?.html ?? '')?.[1] ?? '';
  };
  const token = await tokenOf(now);
  for (let i = 0; i < 4; i += 1) expect(await readMyDataLink(env.PEOPLE, token, now + 29 * MINUTE)).toBe(site.id);
  const opened = await Promise.all([1, 2, 3].map(() => openMyVisit(env.PEOPLE, token, now + 29 * MINUTE, bytes)));
  expect(opened.filter((secret) => secret !== null)).toHaveLength(1);
  const secret = opened.find((one) => one !== null) ?? '';
  expect(await readMyDataLink(env.PEOPLE, token, now + 29 * MINUTE)).toBeNull();
  expect(await myVisitOf(env.PEOPLE, secret, now + 29 * MINUTE + VISIT_MS - 1)).toMatchObject({ person, site: site.id });
  expect(await myVisitOf(env.PEOPLE, secret, now + 29 * MINUTE + VISIT_MS)).toBeNull();
  const late = await tokenOf(now + DAY);
  expect(await openMyVisit(env.PEOPLE, late, now + DAY + 30 * MINUTE, bytes)).toBeNull();
  for (const nonsense of ['', 'x', token, secret, "' OR 1=1 --"]) {
    expect(await openMyVisit(env.PEOPLE, nonsense, now, bytes)).toBeNull();
    expect(await myVisitOf(env.PEOPLE, nonsense === secret ? '' : nonsense, now)).toBeNull();
  }
  await forgetMyData(env.PEOPLE, now + 9 * DAY);
  expect(await one('SELECT count(*) AS n FROM my_data_links')).toEqual({ n: 0 });
});

test('the visit in a browser: see, take, withdraw, erase, and then nothing; nothing of anybody else in it', async () => {
  const other = await somebody('other');
  const { email, person, visitor } = await somebody('visit');
  const at = Date.now();
  await send(makeCollector({ now: at }, 4), site, at, [
    {
      kind: 'pageview',
      id: idAt(at, draw),
      url: 'https://shop.example/mine',
      mode: 'engagement',
      visitor,
      activeMs: 5_000,
      foregroundMs: 6_000,
    },
    {
      kind: 'pageview',
      id: idAt(at, draw),
      url: 'https://shop.example/theirs',
      mode: 'engagement',
      visitor: other.visitor,
      activeMs: 5_000,
      foregroundMs: 6_000,
    },
  ]);
  await env.PEOPLE.prepare("DELETE FROM mails WHERE kind = 'my-data'").run();
  await askForMyData(env, site, { address: email, language: 'fr' }, at, bytes);
  const [mail] = await post(at);
  const link = /\/my-data\/open\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? '';
  const before = await dump(env.PEOPLE);
  for (let i = 0; i < 3; i += 1) expect((await call(link)).status).toBe(200);
  expect(await dump(env.PEOPLE)).toBe(before);
  const opening = await call(link, { form: {} });
  const set = opening.headers.getSetCookie()[0] ?? '';
  expect([opening.status, opening.headers.get('location')]).toEqual([303, '/my-data/visit']);
  expect(set).toMatch(/^my-data=[\w-]{43}; Max-Age=900; Path=\/my-data; HttpOnly(; Secure)?; SameSite=Strict$/);
  const cookie = set.split(';')[0] ?? '';
  const page = await (await call('/my-data/visit', { cookie })).text();
  for (const shown of [email, 'Nouvelles', 'Relier', '/mine']) expect(page, shown).toContain(shown);
  for (const hidden of ['/theirs', other.email, other.person]) expect(page, hidden).not.toContain(hidden);
  const file = await (await call('/my-data/visit/export.json', { cookie })).json<Record<string, never>>();
  expect(file).toMatchObject({
    profile: { address: email, known_by: 'opt-in' },
    consents: [
      {
        state: 'confirmed',
        boxes: { news: true, link: true },
        shown: {
          title: 'Nouvelles',
          boxes: [
            { name: 'news', label: 'Oui' },
            { name: 'link', label: 'Relier' },
          ],
        },
      },
    ],
    measured: { pageviews: 1, active_ms: 5_000, score: null },
    visits_complete: true,
  });
  expect(JSON.stringify(file)).not.toMatch(/theirs|other/);
  const withdrawn = await call('/my-data/visit/withdraw', { cookie, form: { purpose: 'link' } });
  expect(await withdrawn.text()).toContain('C’est retiré');
  expect((await one('SELECT link_withdrawn_at FROM opt_ins WHERE person = ?1', person))?.link_withdrawn_at).not.toBeNull();
  // Asked once more before anything goes, and without a cookie not at all.
  expect(await (await call('/my-data/visit/erase', { cookie, form: {} })).text()).toContain('vraiment');
  expect((await call('/my-data/visit/erase', { form: { sure: 'yes' } })).status).toBe(410);
  expect(await one('SELECT count(*) AS n FROM persons WHERE id = ?1', person)).toEqual({ n: 1 });
  const erased = await call('/my-data/visit/erase', { cookie, form: { sure: 'yes' } });
  expect([erased.status, erased.headers.getSetCookie()[0]]).toEqual([200, expect.stringContaining('Max-Age=0')]);
  expect(await one('SELECT count(*) AS n FROM persons WHERE id = ?1', person)).toEqual({ n: 0 });
  expect((await call('/my-data/visit', { cookie })).status).toBe(410);
  expect((await call(link, { form: {} })).status).toBe(410);
  expect(await one('SELECT count(*) AS n FROM persons WHERE id = ?1', other.person)).toEqual({ n: 1 });
});

test('everything known of a person reads as a file, for somebody with nothing but an opt-in, too', async () => {
  const email = fresh('bare');
  await submitAt(now, site, [optInAt(now, email)]);
  const person = String((await one('SELECT person FROM opt_ins ORDER BY rowid DESC LIMIT 1'))?.person);
  const data = await readMyData(env, site, person, now + DAY);
  if (!data) throw new Error('nobody');
  expect(writeMyData(site, data, now)).toMatchObject({
    profile: { address: email },
    acts: [{ act: 'submitted', purpose: 'news' }],
    visits: [],
    recipients: [],
  });
  expect(await readMyData(env, site, 'nobody', now)).toBeNull();
});

test('a proof is for stewards, with a reason that is written down first; it prints, and the file verifies', async () => {
  const { person, email } = await somebody('proved');
  const steward = await openDashboard(site, 'steward');
  const path = `/s/${site.key}/people/${person}/proof`;
  const ask = (cookie: string, form: Record<string, string>) => call(path, { cookie, form });
  const refused = await ask(steward.cookie, { reason: ' x ', as: 'file' });
  expect([refused.status, (await refused.text()).includes(email)]).toEqual([422, false]);
  expect(await one("SELECT count(*) AS n FROM audit WHERE person = ?1 AND action = 'export_proof'", person)).toEqual({ n: 0 });
  const page = await (await ask(steward.cookie, { reason: 'CNIL, dossier 12', as: 'page' })).text();
  for (const shown of [email, 'Nouvelles', 'case cochée, puis bouton', 'l’adresse elle-même', person])
    expect(page, shown).toContain(shown);
  const file = await ask(steward.cookie, { reason: 'CNIL, dossier 12', as: 'file' });
  const proof = await file.json<{ entries: { kind: string; purpose: string }[] }>();
  expect(await verifyProof(proof)).toMatchObject({ sound: true });
  // The whole way stands in it, for each purpose.
  expect(proof.entries.map(({ kind, purpose }) => `${kind} ${purpose}`)).toEqual(
    ['submitted', 'pending', 'confirmed'].flatMap((kind) => [`${kind} news`, `${kind} link`]),
  );
  expect(
    await one("SELECT count(*) AS n, max(reason) AS reason FROM audit WHERE person = ?1 AND action = 'export_proof'", person),
  ).toEqual({ n: 2, reason: 'CNIL, dossier 12' });
  for (const role of ['marketer', 'admin', 'store'] as const) {
    const { cookie } = await openDashboard(site, role);
    expect((await ask(cookie, { reason: 'curiosity', as: 'file' })).status, role).toBe(404);
  }
  const { publicKey } = await (await call('/ledger-key.json')).json<{ publicKey: string }>();
  expect((await verifyProof(proof, [publicKey])).sound).toBe(true);
  expect((await call(`/s/${site.key}/people/nobody/proof`, { cookie: steward.cookie, form: { reason: 'why not' } })).status).toBe(
    404,
  );
});
