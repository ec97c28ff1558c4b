/** The fleet's pages: a store and a kiosk made, set up, watched, given a secret and revoked, by those who may. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { addAccount } from '../../collector/access/accounts.ts';
import { listFleet } from '../../collector/fleet/stores.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { readStoreForm } from '../../dashboard/read-store-form.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { enrolWith, healthOf, makeKey, post, signed } from './kiosk-door.ts';

const ORIGIN = `${/^(127|localhost)/.test(env.CANONICAL_HOST) ? 'http' : 'https'}://${env.CANONICAL_HOST}`;
const PASSWORD = 'a long enough password';
const app = dashboardApp();
let site: Site;
let cookie = '';

const ask = async (path: string, fields?: Record<string, string>) => {
  const headers = { cookie, origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' };
  const init = fields ? { method: 'POST', body: new URLSearchParams(fields).toString() } : {};
  const answer = await app.fetch(new Request(ORIGIN + path, { redirect: 'manual', headers, ...init }), env);
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
};
const fleet = () => listFleet(env.PEOPLE, site.id);

beforeAll(async () => {
  site = await makeSite(Date.now() - 86_400_000);
  const email = 'admin@example.com';
  const user = await addAccount(
    env.PEOPLE,
    { name: 'A', email, password: PASSWORD, language: 'fr' },
    Date.now(),
    randomBytes(seeded(5)),
  );
  await env.PEOPLE.prepare("INSERT INTO members (user_id, site, role) VALUES (?1, ?2, 'admin')").bind(user, site.id).run();
  const body = new URLSearchParams({ email, password: PASSWORD, next: `/s/${site.key}` }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN };
  const answer = await app.fetch(new Request(`${ORIGIN}/login`, { method: 'POST', redirect: 'manual', headers, body }), env);
  cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
});

test('a store and a kiosk are added, set up, and the kiosk gets what was decided', async () => {
  const page = `/s/${site.key}/kiosks`;
  expect(await ask(page, { 'store-name': 'Marais', zone: 'Europe/Nowhere' })).toMatchObject({ status: 422 });
  expect(await fleet()).toEqual([]);
  expect(await ask(page, { 'store-name': 'Marais', zone: 'Europe/Paris' })).toMatchObject({ status: 303, to: page });
  const store = (await fleet())[0]?.store.id ?? 0;
  expect(await ask(page, { 'kiosk-name': 'Entrance', in: String(store) })).toMatchObject({ status: 303, to: page });
  const kiosk = (await fleet())[0]?.kiosks[0]?.id ?? 0;
  const settings = `/s/${site.key}/stores/${store}`;
  const days = Object.fromEntries(
    [0, 1, 2, 3, 4, 5].flatMap((day) => [
      [`from-${day}`, '10:00'],
      [`to-${day}`, '19:30'],
    ]),
  );
  for (const [wrong, name] of [
    [{ ...days, 'to-2': '' }, 'hours'],
    [{ ...days, idle: '5' }, 'idle'],
    [{ ...days, pin: '12' }, 'pin'],
    [{ ...days, page: 'https://elsewhere.example/kiosk' }, 'page'],
    [{ ...days, page: 'javascript:alert(1)' }, 'page'],
    [{ ...days, 'text-name': 'no name', 'text-fr': 'Bonjour', 'text-en': '' }, 'texts'],
  ] as const) {
    const { status, text } = await ask(settings, wrong);
    expect(status, name).toBe(422);
    expect(text.match(/role="alert"/g), name).toHaveLength(1);
    // What was typed stands there still.
    for (const typed of Object.values({ ...wrong, pin: '' })) expect(text, name).toContain(`value="${typed}"`);
  }
  expect((await fleet())[0]?.store.settings).toEqual({});
  const good = {
    ...days,
    idle: '60',
    language: 'fr',
    wording: 'newsletter-fr-1',
    invitation: '1',
    pin: '4711',
    page: 'https://shop.example/kiosk?floor=1#old',
  };
  const texts = { 'text-name': 'title', 'text-fr': 'Bienvenue', 'text-en': 'Welcome' };
  Object.assign(good, texts);
  expect(await ask(settings, good)).toMatchObject({ status: 303, to: `${settings}?saved=1` });
  const shown = (await ask(`${settings}?saved=1`)).text;
  expect((await fleet())[0]?.store).toMatchObject({
    page: 'https://shop.example/kiosk?floor=1',
    settings: { texts: { title: { fr: 'Bienvenue', en: 'Welcome' } } },
  });
  for (const text of ['value="Bienvenue"', 'value="10:00"', 'value="19:30"', 'value="60"', 'role="status"'])
    expect(shown).toContain(text);
  const { pin } = (await fleet())[0]?.store.settings ?? {};
  expect(shown).not.toContain(pin?.hash ?? '-');
  // Saved again without a PIN, it stays.
  await ask(settings, { ...good, pin: '' });
  expect((await fleet())[0]?.store.settings.pin).toEqual(pin);

  // A code is an address and a picture of it, once.
  const made = (await ask(page, { kiosk: String(kiosk) })).text;
  const [address = ''] = /https:\/\/shop\.example\/kiosk\?floor=1#enrol=[a-z2-9]{12}/.exec(made) ?? [];
  const [, path = ''] = /<svg class="qr" role="img" aria-label="[^"]+"[^>]*>.*?<path d="([^"]+)"/.exec(made) ?? [];
  const { generate } = await import('lean-qr');
  const code = generate(address);
  let dark = 0;
  for (let y = 0; y < code.size; y += 1) for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) dark += 1;
  expect(address).not.toBe('');
  expect(path.match(/M/g)).toHaveLength(dark);
  expect((await ask(page)).text).not.toContain('#enrol=');

  // What differs on this kiosk; what is left open stays the store's.
  const own = `${page}/${kiosk}`;
  const refused = await ask(own, { act: 'settings', idle: '5', 'text-name': 'lead', 'text-fr': 'Ici', 'text-en': '' });
  expect(refused).toMatchObject({ status: 422 });
  for (const typed of ['5', 'lead', 'Ici']) expect(refused.text).toContain(`value="${typed}"`);
  expect((await ask(own, { act: 'settings', 'text-name': 'a b', 'text-fr': 'x', 'text-en': '' })).status).toBe(422);
  const differs = {
    act: 'settings',
    idle: '90',
    language: '',
    invitation: '0',
    test: '',
    'text-name': 'lead',
    'text-fr': 'Ici',
    'text-en': '',
  };
  expect(await ask(own, differs)).toMatchObject({ status: 303, to: `${own}?saved=1` });
  expect((await ask(`${own}?saved=1`)).text).toContain('value="90"');

  const secret = (await ask(`${page}/${kiosk}`, { act: 'secret' })).text;
  const [, provision = '', seal = ''] = /#provision=([a-z2-9]{24})!(1\.[\w-]{87})/.exec(secret) ?? [];
  expect((await ask(`${page}/${kiosk}`)).text).not.toContain(provision);
  const key = await makeKey();
  const now = Date.now();
  const enrolled = await enrolWith(site, { provision }, key, now);
  expect(enrolled.json.seal).toBe(seal);
  const said = await post(await signed(key, enrolled.json.device ?? '', healthOf(site, now)), now);
  expect(JSON.parse(said.text).settings).toMatchObject({
    idle: 90,
    language: 'fr',
    wordings: ['newsletter-fr-1'],
    invitation: false,
    texts: { title: { fr: 'Bienvenue', en: 'Welcome' }, lead: { fr: 'Ici' } },
  });
  expect((await ask(page)).text).toContain('Allumée, elle envoie');
  expect((await ask(`${page}/${kiosk}`)).text).toContain('durable');

  // Its figures, those of its store and of all stores: each with its definition and as a file.
  for (const path of [own, settings, `/s/${site.key}/stores`]) {
    const { status, text } = await ask(`${path}?period=7d`);
    expect(status).toBe(200);
    for (const name of ['visits', 'meaningful_visits', 'visit_length_median', 'opt_in_rate', 'utilisation', 'exposures'])
      expect(text, path).toContain(`popovertarget="what-${name}"`);
    expect(text).toContain('href="/api/v1/export.csv?site=');
    expect(text).toContain('aria-current="true"');
  }
  expect((await ask(`/s/${site.key}/stores`)).text).toContain('pas de visite');

  expect(await ask(`${page}/${kiosk}`, { act: 'revoke' })).toMatchObject({ status: 303 });
  expect((await ask(page)).text).toContain('Révoquée');
  expect(await ask(`${page}/${kiosk}`, { act: 'explode' })).toMatchObject({ status: 404 });
  expect(await ask(`${page}/999999`)).toMatchObject({ status: 404 });
});

test('a form that hides a field changes nothing else, and a store that never opens has no hours', () => {
  const form = new FormData();
  expect(readStoreForm(form, { texts: { title: { fr: 'Bonjour' } }, test: true }, new Set(), [])).toEqual({
    settings: {
      texts: { title: { fr: 'Bonjour' } },
      invitation: false,
      test: false,
      hours: undefined,
      idle: undefined,
      language: undefined,
      wordings: undefined,
    },
    pin: '',
    page: null,
  });
  for (const bad of ['25:00', '10:60', 'ten', '10']) {
    form.set('from-0', bad);
    form.set('to-0', '19:00');
    expect(readStoreForm(form, {}, new Set(), [])).toBe('hours');
  }
});
