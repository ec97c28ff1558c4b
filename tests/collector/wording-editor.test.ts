/** The wording registry: a text stands from the moment it is registered, is proof from its first opt-in, and no form can tick a box. */
import { env } from 'cloudflare:test';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { checkTarget } from '../../collector/notify/outlets/target.ts';
import { nextId, removeWording, retireWording, usesOf, wordingShape } from '../../collector/people/edit-wordings.ts';
import { keepPrivacyPage, snapshotName } from '../../collector/people/privacy-snapshot.ts';
import { hashWording } from '../../collector/people/wording-hash.ts';
import { addWording, wordingsOf } from '../../collector/people/wordings.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { expectProblem, newToken, openDoor } from './api-door.ts';
import { ORIGIN, openDashboard } from './dashboard-door.ts';
import { makeSite, WORDING } from './fixture.ts';
import { DAY, fresh, optInAt, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
let site: Site;
let admin: { token: string };
const { ask, withToken } = openDoor({ now: NOW });
beforeAll(async () => {
  site = await makeSite(NOW - DAY);
  admin = await newToken([site], ['read', 'admin'], NOW);
});

const text = {
  id: 'spring-fr-1',
  language: 'fr',
  title: 'Nouvelles',
  boxes: [{ name: 'news', label: 'J’accepte.' }],
  note: '',
  privacy_url: 'https://shop.test/privacy',
};
const post = (body: unknown) =>
  ask(`/wordings?site=${site.key}`, withToken(admin.token, { method: 'POST', body: JSON.stringify(body) }));

test('a wording stands: nothing in the database can change or, once used, delete it; a repeat is fine, another text is refused', async () => {
  expect((await post(text)).status).toBe(201);
  expect((await post(text)).status).toBe(201);
  await expectProblem(await post({ ...text, title: 'Autres nouvelles' }), 409, 'wording_exists', 'id');
  const [stored] = (await wordingsOf(env.PEOPLE, site.id)).filter(({ id }) => id === text.id);
  expect(stored?.sha256).toBe(hashWording({ ...text, privacyUrl: text.privacy_url }));
  for (const column of ['title', 'boxes', 'note', 'privacy_url', 'sha256', 'language', 'id'])
    await expect(env.PEOPLE.prepare(`UPDATE wordings SET ${column} = 'x' WHERE id = ?1`).bind(text.id).run()).rejects.toThrow(
      /never changes/,
    );
  expect((await submitAt(NOW, site, [optInAt(NOW, fresh(), { wording: text.id, boxes: { news: true } })])).json).toEqual({
    ok: 1,
    rej: [],
  });
  expect(await removeWording(env.PEOPLE, site.id, text.id)).toBe('used');
  await expectProblem(await ask(`/wordings/${text.id}`, withToken(admin.token, { method: 'DELETE' })), 409, 'wording_used', 'id');
  expect((await usesOf(env.PEOPLE, site.id)).get(text.id)).toEqual({ optIns: 1, lastAt: NOW });
});

test('a retired wording is no longer offered, stays readable, and what still arrives under it is taken', async () => {
  await addWording(env.PEOPLE, site.id, { ...WORDING, id: 'old-fr-1' }, NOW);
  expect(await retireWording(env.PEOPLE, site.id, 'old-fr-1', NOW + 1)).toBe(true);
  expect(await retireWording(env.PEOPLE, site.id, 'old-fr-1', NOW + 9)).toBe(true);
  expect((await wordingsOf(env.PEOPLE, site.id)).find(({ id }) => id === 'old-fr-1')).toMatchObject({ retiredAt: NOW + 1 });
  expect((await submitAt(NOW, site, [optInAt(NOW, fresh(), { wording: 'old-fr-1' })])).json).toEqual({ ok: 1, rej: [] });
  expect(await retireWording(env.PEOPLE, site.id, 'nothing', NOW)).toBe(false);
  await addWording(env.PEOPLE, site.id, { ...WORDING, id: 'unused-fr-1' }, NOW);
  expect(await removeWording(env.PEOPLE, site.id, 'unused-fr-1')).toBe('removed');
  expect(await removeWording(env.PEOPLE, site.id, 'unused-fr-1')).toBe('unknown');
});

test.each([
  ['a box that stands ticked', { boxes: [{ name: 'news', label: 'Oui', default: true }] }, 'boxes'],
  ['no box “news”', { boxes: [{ name: 'link', label: 'Oui' }] }, 'boxes'],
  ['no box at all', { boxes: [] }, 'boxes'],
  ['two boxes of one name', { boxes: [text.boxes[0], text.boxes[0]] }, 'boxes'],
  ['a box without a text', { boxes: [{ name: 'news', label: ' \u202e ' }] }, 'boxes'],
  ['a box with a name for a prototype', { boxes: [...text.boxes, { name: '__proto__', label: 'x' }] }, 'boxes'],
  ['an id that is a path', { id: '../x' }, 'id'],
  ['an empty title', { title: '\n' }, 'title'],
  ['a title without end', { title: 'x'.repeat(121) }, 'title'],
  ['a script for a privacy page', { privacy_url: 'javascript:alert(1)' }, 'privacy_url'],
  ['a privacy page without encryption', { privacy_url: 'http://shop.example/p' }, 'privacy_url'],
  ['a language we do not write', { language: 'de' }, 'language'],
])('%s is refused, with the part that is wrong, and nothing is stored', async (_, wrong, field) => {
  const before = (await wordingsOf(env.PEOPLE, site.id)).length;
  await expectProblem(await post({ ...text, id: 'bad-1', ...wrong }), 400, 'bad_wording', field);
  expect(await wordingsOf(env.PEOPLE, site.id)).toHaveLength(before);
});

test('what a text says is kept as it was written, controls and direction tricks excepted', () => {
  const read = v.safeParse(wordingShape, {
    ...{ id: 'a', language: 'fr', privacyUrl: 'https://shop.example/p', title: '  L’été\u202e ' },
    boxes: [{ name: 'news', label: 'Oui, <b>moi</b> & toi' }],
  });
  expect(read.output).toMatchObject({ title: 'L’été', note: '', boxes: [{ name: 'news', label: 'Oui, <b>moi</b> & toi' }] });
  expect(['a', 'newsletter-fr-1', 'x-9', 'v2'].map(nextId)).toEqual(['a-2', 'newsletter-fr-2', 'x-10', 'v-3']);
});

test('the privacy page is kept as it was; what is no public page is never asked for', async () => {
  const asked: string[] = [];
  const rules = { allowsLocal: false, ownHost: 'ours.example', resolve: async () => ['93.184.215.14'] };
  const page = (answer: () => Response, resolve = rules.resolve) => ({
    check: (address: string) => checkTarget(address, { ...rules, resolve }),
    fetch: async (url: URL) => {
      asked.push(String(url));
      return answer();
    },
  });
  const kept = await keepPrivacyPage(
    env.HISTORY,
    'https://www.brand.com/p',
    page(() => new Response('<p>Nous gardons…</p>')),
  );
  expect(await (await env.HISTORY.get(snapshotName(kept ?? '')))?.text()).toBe('<p>Nous gardons…</p>');
  for (const address of [
    ...[
      'http://www.brand.com/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://localhost/',
      'https://intranet/',
      'https://0x7f.1/',
    ],
    ...[
      'https://user:pass@www.brand.com/',
      'https://www.brand.com:8444/',
      'https://printer.local/',
      'nonsense',
      'https://2130706433/',
    ],
  ])
    expect(
      await keepPrivacyPage(
        env.HISTORY,
        address,
        page(() => new Response('x')),
      ),
      address,
    ).toBeNull();
  // A public name may lead into somebody's network.
  const inside = page(
    () => new Response('x'),
    async () => ['10.0.0.7'],
  );
  expect(await keepPrivacyPage(env.HISTORY, 'https://www.brand.com/p', inside)).toBeNull();
  expect(asked).toEqual(['https://www.brand.com/p']);
  for (const answer of [
    () => new Response('', { status: 302, headers: { location: 'http://169.254.169.254/' } }),
    () => new Response('gone', { status: 404 }),
    () => new Response('x'.repeat(1_100_000)),
    (): Response => {
      throw new Error('timeout');
    },
  ])
    expect(await keepPrivacyPage(env.HISTORY, 'https://www.brand.com/p', page(answer))).toBeNull();
});

test('on the dashboard: seen as the visitor will, then registered for good; by stewards and admins only', async () => {
  const steward = await openDashboard(site, 'steward');
  const app = dashboardApp();
  const send = (cookie: string, fields: Record<string, string>) =>
    app.fetch(
      new Request(`${ORIGIN}/s/${site.key}/wordings`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields).toString() },
        headers: { cookie, origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
      }),
      env,
    );
  const draft = {
    ...{ id: 'page-fr-1', language: 'fr', title: 'Nos <nouvelles>', news: 'J’accepte.', link: 'Reliez.', note: 'Note' },
    ...{ privacyUrl: 'https://shop.example.invalid/p', 'other-label': 'J’ai 15 ans', 'other-name': 'age15' },
  };
  const preview = await (await send(steward.cookie, { ...draft, do: 'preview' })).text();
  expect(preview).toContain('Nos &lt;nouvelles&gt;');
  expect(preview).not.toMatch(/<input[^>]+type="checkbox"|checked/);
  expect((await wordingsOf(env.PEOPLE, site.id)).map(({ id }) => id)).not.toContain('page-fr-1');
  const registered = await send(steward.cookie, { ...draft, do: 'register' });
  expect([registered.status, registered.headers.get('location')]).toEqual([303, `/s/${site.key}/wordings?said=registered`]);
  const made = (await wordingsOf(env.PEOPLE, site.id)).find(({ id }) => id === 'page-fr-1');
  expect(made?.boxes.map(({ name }) => name)).toEqual(['news', 'link', 'age15']);
  expect((await send(steward.cookie, { ...draft, title: 'Autre', do: 'register' })).status).toBe(422);
  expect((await send(steward.cookie, { ...draft, id: 'page-fr-2', news: '', do: 'register' })).status).toBe(422);
  expect(await (await steward.get(`/s/${site.key}/wordings?from=page-fr-1`)).text()).toContain('value="page-fr-2"');
  expect((await send(steward.cookie, { retire: 'page-fr-1' })).headers.get('location')).toContain('said=retired');
  expect((await send(steward.cookie, { remove: text.id })).headers.get('location')).toContain('said=used');
  expect((await send(steward.cookie, { remove: 'nothing' })).status).toBe(404);
  const marketer = await openDashboard(site, 'marketer');
  expect((await marketer.get(`/s/${site.key}/wordings`)).status).toBe(404);
  expect((await send(marketer.cookie, { ...draft, id: 'no-1', do: 'register' })).status).toBe(404);
  const { results } = await env.PEOPLE.prepare(
    "SELECT action, reason FROM audit WHERE reason = 'page-fr-1' ORDER BY action",
  ).all();
  expect(results).toEqual([
    { action: 'add_wording', reason: 'page-fr-1' },
    { action: 'retire_wording', reason: 'page-fr-1' },
  ]);
});
