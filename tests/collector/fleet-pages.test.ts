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
  expect(await ask(page, { 'store-name': 'Marais', zone: 'Europe/Nowhere' })).toMatchObject({ status: 404 });
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
  ] as const)
    expect((await ask(settings, wrong)).status, name).toBe(422);
  expect((await fleet())[0]?.store.settings).toEqual({});
  const good = { ...days, idle: '60', language: 'fr', wording: 'newsletter-fr-1', invitation: '1', pin: '4711' };
  expect(await ask(settings, good)).toMatchObject({ status: 303, to: `${settings}?saved=1` });
  const shown = (await ask(`${settings}?saved=1`)).text;
  for (const text of ['value="10:00"', 'value="19:30"', 'value="60"', 'role="status"']) expect(shown).toContain(text);
  const { pin } = (await fleet())[0]?.store.settings ?? {};
  expect(shown).not.toContain(pin?.hash ?? '-');
  // Saved again without a PIN, it stays.
  await ask(settings, { ...good, pin: '' });
  expect((await fleet())[0]?.store.settings.pin).toEqual(pin);

  const secret = (await ask(`${page}/${kiosk}`, { act: 'secret' })).text;
  const [, provision = '', seal = ''] = /#provision=([a-z2-9]{24})!(1\.[\w-]{87})/.exec(secret) ?? [];
  expect((await ask(`${page}/${kiosk}`)).text).not.toContain(provision);
  const key = await makeKey();
  const now = Date.now();
  const enrolled = await enrolWith(site, { provision }, key, now);
  expect(enrolled.json.seal).toBe(seal);
  const said = await post(await signed(key, enrolled.json.device ?? '', healthOf(site, now)), now);
  expect(JSON.parse(said.text).settings).toMatchObject({
    idle: 60,
    language: 'fr',
    wordings: ['newsletter-fr-1'],
    invitation: true,
  });
  expect((await ask(page)).text).toContain('Allumée, elle envoie');
  expect((await ask(`${page}/${kiosk}`)).text).toContain('durable');

  expect(await ask(`${page}/${kiosk}`, { act: 'revoke' })).toMatchObject({ status: 303 });
  expect((await ask(page)).text).toContain('Révoquée');
  expect(await ask(`${page}/${kiosk}`, { act: 'explode' })).toMatchObject({ status: 404 });
  expect(await ask(`${page}/999999`)).toMatchObject({ status: 404 });
});

test('a form that hides a field changes nothing else, and a store that never opens has no hours', () => {
  const form = new FormData();
  expect(readStoreForm(form, { texts: { title: { fr: 'Bonjour' } }, test: true }, new Set())).toEqual({
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
  });
  for (const bad of ['25:00', '10:60', 'ten', '10']) {
    form.set('from-0', bad);
    form.set('to-0', '19:00');
    expect(readStoreForm(form, {}, new Set())).toBe('hours');
  }
});
