/** Rotation of keys: nobody is lost, found twice or unreadable before, while and after; then the old key may go. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { setAside } from '../../collector/fleet/clones.ts';
import type { Device } from '../../collector/fleet/device.ts';
import { addKiosk, addStore } from '../../collector/fleet/stores.ts';
import { indexesOf, seal, unseal } from '../../collector/people/address.ts';
import { findPerson, revealAddress } from '../../collector/people/reveal-address.ts';
import { isRotationDue, rotateKeys } from '../../collector/people/rotate-keys.ts';
import { openSealed, sealFor, sealingKeyOf } from '../../collector/people/sealed-opt-in.ts';
import { makeWithdrawalToken, readWithdrawalToken } from '../../collector/people/withdrawal-link.ts';
import type { Site } from '../../collector/store/sites.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const bytes = randomBytes(seeded(66));
const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const old = { PEOPLE: env.PEOPLE, ADDRESS_SECRET: env.ADDRESS_SECRET, INDEX_SECRET: env.INDEX_SECRET };
const both = { ...old, ADDRESS_SECRET: `2:${key(7)} 1:${env.ADDRESS_SECRET}`, INDEX_SECRET: `2:${key(8)} 1:${env.INDEX_SECRET}` };
const fresh2 = { ...old, ADDRESS_SECRET: `2:${key(7)}`, INDEX_SECRET: `2:${key(8)}` };
let site: Site;
beforeAll(async () => {
  site = await makeSite(NOW - DAY);
});
const subscribe = async (email: string, secrets: typeof old, at = NOW) => {
  const message = optInAt(at, email);
  expect((await submitAt(at, site, [message], { secrets: { ...env, ...secrets } })).json).toEqual({ ok: 1, rej: [] });
  return String((await personOf(message.id))?.person);
};

test('before, while and after: one person for an address, each opens and is found, in slices of any size', async () => {
  const emails = Array.from({ length: 12 }, (_, i) => fresh(`r${i}`));
  const persons: string[] = [];
  for (const email of emails) persons.push(await subscribe(email, old));
  const holds = async (secrets: typeof old, name: string) => {
    for (const [i, email] of emails.entries()) {
      expect(await findPerson(secrets, site, email), `${name} ${i}`).toBe(persons[i]);
      expect(await revealAddress(secrets, site.id, persons[i] ?? ''), `${name} ${i}`).toBe(email);
    }
  };
  await holds(old, 'before');
  // The new key is deployed: everything works at once, and whoever comes back is who they were.
  await holds(both, 'deployed');
  expect(await subscribe(emails[0] ?? '', both, NOW + 2 * DAY)).toBe(persons[0]);
  const newcomer = fresh('new');
  const made = await subscribe(newcomer, both);
  expect(await subscribe(newcomer, both, NOW + 2 * DAY)).toBe(made);
  await rotateKeys(both, 1, bytes);
  await holds(both, 'under way');
  for (let left = 1; left > 0; ) left = (await rotateKeys(both, 5, bytes)).renewed;
  await holds(both, 'done');
  // What rests under the old key alone is gone: it may be taken out.
  await holds(fresh2, 'old key gone');
  expect(
    await one("SELECT count(*) AS n FROM persons WHERE address_sealed NOT LIKE '2.%' OR address_index NOT LIKE '2.%'"),
  ).toEqual({ n: 0 });
  expect(await one("SELECT count(*) AS n FROM mails WHERE sealed <> '' AND sealed NOT LIKE '2.%'")).toEqual({ n: 0 });
  // And back again, should the new key be the one that leaked.
  for (let left = 1; left > 0; )
    left = (
      await rotateKeys(
        { ...old, ADDRESS_SECRET: `1:${env.ADDRESS_SECRET} 2:${key(7)}`, INDEX_SECRET: `1:${env.INDEX_SECRET} 2:${key(8)}` },
        50,
        bytes,
      )
    ).renewed;
  await holds(old, 'back');
});

test('what nothing opens is stepped over and counted, and stops nobody behind it', async () => {
  const [lost, kept] = [await subscribe(fresh('lost'), old), await subscribe(fresh('kept'), old)];
  await env.PEOPLE.prepare("UPDATE persons SET address_sealed = '0.AAAA.AAAA' WHERE id = ?1").bind(lost).run();
  expect((await rotateKeys(both, 1_000, bytes)).stuck).toBe(1);
  expect(await one('SELECT substr(address_sealed, 1, 2) AS kid FROM persons WHERE id = ?1', kept)).toEqual({ kid: '2.' });
  await env.PEOPLE.prepare('UPDATE persons SET address_sealed = NULL, address_index = NULL WHERE id = ?1').bind(lost).run();
});

test('quarantined requests, outlets and their contacts are sealed anew in their own rows', async () => {
  const store = await addStore(env.PEOPLE, site.id, 'Paris', 'Europe/Paris', NOW);
  const kiosk = await addKiosk(env.PEOPLE, site.id, store, 'Entrance', NOW);
  await setAside(env.PEOPLE, old.ADDRESS_SECRET, { kiosk, name: 'd' } as Device, {}, 'body', NOW, bytes);
  const place = `${site.id}|outlet|rot|secret`;
  await env.PEOPLE.prepare(
    "INSERT INTO outlets (id, site, kind, name, types, settings, sealed, old_sealed, created_at) VALUES ('rot', ?1, 'webhook', 'x', '[]', '{}', ?2, ?3, 1)",
  )
    .bind(site.id, await seal(old.ADDRESS_SECRET, place, 'one', bytes), await seal(old.ADDRESS_SECRET, place, 'two', bytes))
    .run();
  await env.PEOPLE.prepare("INSERT INTO outlet_contacts (outlet, person, sealed) VALUES ('rot', 'p', ?1)")
    .bind(await seal(old.ADDRESS_SECRET, `${site.id}|outlet|rot|contact|p`, 'remote', bytes))
    .run();
  await rotateKeys(both, 1_000, bytes);
  const outlet = await one("SELECT sealed, old_sealed FROM outlets WHERE id = 'rot'");
  const contact = await one("SELECT sealed FROM outlet_contacts WHERE outlet = 'rot'");
  const quarantined = await one('SELECT id, sealed FROM kiosk_quarantine');
  expect([
    await unseal(fresh2.ADDRESS_SECRET, place, String(outlet?.sealed)),
    await unseal(fresh2.ADDRESS_SECRET, place, String(outlet?.old_sealed)),
    await unseal(fresh2.ADDRESS_SECRET, `${site.id}|outlet|rot|contact|p`, String(contact?.sealed)),
    await unseal(fresh2.ADDRESS_SECRET, `kiosk_quarantine|${quarantined?.id}`, String(quarantined?.sealed)),
  ]).toEqual(['one', 'two', 'remote', expect.stringContaining('body')]);
});

test('what others hold still works: a kiosk’s seal, an unsubscribe link; and every sealed column is known to the rotation', async () => {
  const [before, now] = [sealingKeyOf(old.ADDRESS_SECRET, site.key), sealingKeyOf(both.ADDRESS_SECRET, site.key)];
  expect([before.slice(0, 2), now.slice(0, 2)]).toEqual(['1.', '2.']);
  for (const publicKey of [before, now])
    expect(await openSealed(both.ADDRESS_SECRET, site.key, 'm', await sealFor(publicKey, site.key, 'm', 'lea@example.com'))).toBe(
      'lea@example.com',
    );
  const person = 'a'.repeat(32);
  for (const secrets of [old, both])
    expect(readWithdrawalToken(both.INDEX_SECRET, makeWithdrawalToken(secrets.INDEX_SECRET, site.id, person))).toEqual({
      site: site.id,
      person,
    });
  expect(new Set(indexesOf(both.INDEX_SECRET, site.key, 'lea@example.com')).size).toBe(2);
  expect([isRotationDue(old, 3 * 60_000), isRotationDue(both, 3 * 60_000), isRotationDue(both, 4 * 60_000)]).toEqual([
    false,
    true,
    false,
  ]);
  const { results } = await env.PEOPLE.prepare(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%sealed%'",
  ).all<{ name: string; sql: string }>();
  expect(results.map(({ name }) => name).sort()).toEqual(['kiosk_quarantine', 'mails', 'outlet_contacts', 'outlets', 'persons']);
});
