/** Kiosk alerts by mail: chosen by a member for themselves, one mail for what changed together, nothing to who may not see it. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { addAccount } from '../../collector/access/accounts.ts';
import type { Role } from '../../collector/access/roles.ts';
import { watchFleet } from '../../collector/fleet/watch.ts';
import type { Attempt, Mail } from '../../collector/notify/mailer.ts';
import { chooseAlertMails, hasAlertMails } from '../../collector/notify/outlets/choose-alert-mails.ts';
import { deliver } from '../../collector/notify/outlets/deliver.ts';
import type { Delivering } from '../../collector/notify/outlets/delivering.ts';
import { listOutlets } from '../../collector/notify/outlets/outlet.ts';
import type { Site } from '../../collector/store/sites.ts';
import { openDashboard } from './dashboard-door.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { makeKiosk } from './kiosk-door.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;
const bytes = randomBytes(seeded(91));
let made = 0;

function mailing(answer: () => Attempt = () => ({ outcome: 'sent' })) {
  const mails: Mail[] = [];
  const clock = { now: NOW };
  const mailer = {
    repeatableMs: 0,
    send: async (mail: Mail) => {
      mails.push(mail);
      return answer();
    },
  };
  const d: Delivering = {
    people: env.PEOPLE,
    addressSecret: env.ADDRESS_SECRET,
    rules: { allowsLocal: false, ownHost: env.CANONICAL_HOST, resolve: async () => [] },
    now: () => clock.now,
    random: () => 0.5,
    randomBytes: bytes,
    fetch: () => Promise.reject(new Error('no network')),
    mail: { mailer, from: 'alerts@brand.example', linkBase: 'https://c.example' },
  };
  return { d, mails, clock };
}
async function member(site: Site, role: Role, language: 'fr' | 'en' = 'fr', store: number | null = null) {
  made += 1;
  const email = `alert${made}@example.com`;
  const user = await addAccount(env.PEOPLE, { name: role, email, password: 'a long enough password', language }, NOW, bytes);
  await env.PEOPLE.prepare('INSERT INTO members (user_id, site, role, store) VALUES (?1, ?2, ?3, ?4)')
    .bind(user, site.id, role, store)
    .run();
  return { user, email };
}
/** Kiosks of one store that were last heard of two days ago. */
async function silent(site: Site, count: number) {
  const { kiosk, store } = await makeKiosk(site, NOW - 10 * DAY);
  const kiosks = [kiosk];
  for (let i = 1; i < count; i += 1)
    kiosks.push(
      Number(
        (
          await env.PEOPLE.prepare('INSERT INTO kiosks (site, store, name, created_at) VALUES (?1, ?2, ?3, ?4) RETURNING id')
            .bind(site.id, store, `Screen ${i}`, NOW - DAY)
            .first<{ id: number }>()
        )?.id,
      ),
    );
  await env.PEOPLE.prepare('UPDATE kiosks SET enrolled_at = ?2, last_seen_at = ?2 WHERE id IN (SELECT value FROM json_each(?1))')
    .bind(JSON.stringify(kiosks), NOW - 2 * DAY)
    .run();
  return { kiosks, store };
}

let site: Site;
beforeAll(async () => {
  site = await makeSite(NOW - 30 * DAY);
});
const newSite = () => makeSite(NOW - 30 * DAY);

test('one mail for all that fell silent together, in the language of the member, and one when they are back', async () => {
  const { user, email } = await member(site, 'admin', 'en');
  await chooseAlertMails(env.PEOPLE, site.id, user, true, NOW);
  await chooseAlertMails(env.PEOPLE, site.id, user, true, NOW);
  const { kiosks } = await silent(site, 3);
  const { d, mails, clock } = mailing();
  await watchFleet(env.PEOPLE, site.id, NOW);
  await watchFleet(env.PEOPLE, site.id, NOW + MINUTE);
  await deliver(d, site.id);
  expect(mails.map(({ to, from, subject }) => [to, from.address, subject])).toEqual([
    [email, 'alerts@brand.example', '3 kiosks do not answer'],
  ]);
  expect(mails[0]?.text).toContain(`https://c.example/s/${site.key}/kiosks`);
  expect(mails[0]?.html).toContain('Screen 2');
  await env.PEOPLE.prepare('UPDATE kiosks SET last_seen_at = ?2 WHERE id = ?1')
    .bind(kiosks[1], NOW + 2 * MINUTE)
    .run();
  await watchFleet(env.PEOPLE, site.id, NOW + 2 * MINUTE);
  clock.now = NOW + 3 * MINUTE;
  await deliver(d, site.id);
  expect(mails[1]?.subject).toBe('Kiosk Screen 1 is back');
  expect(mails[0]?.id).not.toBe(mails[1]?.id);
});

test('a mailer that fails is tried again with the same id; without a mailer alerts wait', async () => {
  const own = await newSite();
  const { user } = await member(own, 'marketer');
  await chooseAlertMails(env.PEOPLE, own.id, user, true, NOW);
  await silent(own, 1);
  const answers: Attempt[] = [{ outcome: 'later', why: 'http 503' }];
  const { d, mails, clock } = mailing(() => answers.shift() ?? { outcome: 'sent' });
  await watchFleet(env.PEOPLE, own.id, NOW);
  expect(await deliver({ ...d, mail: null }, own.id)).toBe(0);
  clock.now += 10 * MINUTE;
  expect(await deliver(d, own.id)).toBe(0);
  clock.now += 10 * MINUTE;
  expect(await deliver(d, own.id)).toBe(1);
  expect(new Set(mails.map(({ id }) => id)).size).toBe(1);
  expect(mails[0]?.subject).toMatch(/^La borne .* ne répond plus$/);
});

test('store staff hear of their store only, and who left hears nothing', async () => {
  const own = await newSite();
  const { store } = await silent(own, 1);
  await silent(own, 1);
  const [here, gone, viewer] = [await member(own, 'store', 'fr', store), await member(own, 'admin'), await member(own, 'viewer')];
  for (const { user } of [here, gone, viewer]) await chooseAlertMails(env.PEOPLE, own.id, user, true, NOW);
  await env.PEOPLE.prepare('DELETE FROM members WHERE user_id = ?1').bind(gone.user).run();
  const { d, mails } = mailing();
  await watchFleet(env.PEOPLE, own.id, NOW);
  await deliver(d, own.id);
  expect(mails.map(({ to, subject }) => [to, /bornes/.test(subject)])).toEqual([[here.email, false]]);
  expect(await hasAlertMails(env.PEOPLE, own.id, gone.user)).toBe(false);
});

test('chosen on the page of kiosks, and ended there; never among the connections', async () => {
  const own = await newSite();
  await silent(own, 1);
  const { get } = await openDashboard(own, 'marketer');
  expect(await (await get(`/s/${own.key}/kiosks`)).text()).toContain('Me prévenir par e-mail');
  const user = await env.PEOPLE.prepare('SELECT user_id FROM members WHERE site = ?1').bind(own.id).first<{ user_id: string }>();
  await chooseAlertMails(env.PEOPLE, own.id, user?.user_id ?? '', true, NOW);
  expect(await (await get(`/s/${own.key}/kiosks`)).text()).toContain('Ne plus me prévenir');
  expect(await listOutlets(env.PEOPLE, own.id, 'connector')).toEqual([]);
  await chooseAlertMails(env.PEOPLE, own.id, user?.user_id ?? '', false, NOW);
  expect(await hasAlertMails(env.PEOPLE, own.id, user?.user_id ?? '')).toBe(false);
});
