/** Web and store: joined by a confirmed address with the box `link` on both sides, and by nothing else; the screen learns nothing. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { readAttached } from '../../collector/people/attached-facts.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { spansOfPerson } from '../../collector/people/links.ts';
import { sha256 } from '../../collector/people/sha256.ts';
import { withdrawOptIn } from '../../collector/people/withdraw.ts';
import type { Site } from '../../collector/store/sites.ts';
import { envelope } from './door.ts';
import { idAt, makeSite, WORDING } from './fixture.ts';
import { enrolWith, type Key, makeKey, makeKiosk, post, random, signed } from './kiosk-door.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const MINUTE = 60_000;
let site: Site;
let key: Key;
let device: string;
let sequence = 0;
beforeAll(async () => {
  site = await makeSite(NOW - DAY);
  const { code } = await makeKiosk(site, NOW - DAY);
  key = await makeKey();
  device = String((await enrolWith(site, { enrol: code }, key, NOW - DAY)).json.device);
});

/** Both opt-ins of one address, confirmed, with what was seen before and after each. */
async function both(webLink: boolean, storeLink: boolean) {
  const address = fresh();
  const [browser, visit] = [idAt(NOW, random), idAt(NOW, random)];
  const view = (visitor: string, path: string, ago: number) => ({
    ...{
      kind: 'pageview',
      id: idAt(NOW - ago * MINUTE, random),
      url: `https://shop.example${path}`,
      mode: 'engagement',
      visitor,
    },
  });
  const optIn = (visitor: string, link: boolean, ago: number) => ({
    ...optInAt(NOW, address, { visitor, mode: 'engagement', boxes: { news: true, link }, wording: WORDING.id }),
    id: idAt(NOW - ago * MINUTE, random),
  });
  const [web, store] = [optIn(browser, webLink, 50), optIn(visit, storeLink, 20)];
  const online = [view(browser, '/web-before', 55), web, view(browser, '/web-after', 45)];
  expect((await submitAt(NOW, site, online, {}, `198.51.100.${++sequence}`)).json).toEqual({ ok: 3, rej: [] });
  const instore = envelope(site, NOW, [view(visit, '/store-before', 25), store, view(visit, '/store-after', 15)]);
  const answer = await post(await signed(key, device, instore, sequence), NOW);
  for (const [i, id] of [web.id, store.id].entries()) {
    const token = `both ${sequence} ${i}`;
    await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1').bind(id, sha256(token)).run();
    expect(await confirmOptIn(env, token, NOW)).toBe('confirmed');
  }
  const [person, other] = [await personOf(web.id), await personOf(store.id)];
  // One address is one person, for mails: it is never written to twice.
  expect(other?.person).toBe(person?.person);
  return { person: String(person?.person), answer };
}
const paths = async (person: string) => {
  const spans = await spansOfPerson(env.PEOPLE, site.id, person);
  const { facts } = await readAttached(env.EVENTS, site, spans, NOW + MINUTE);
  return facts.filter(({ what }) => what === 'pageview').map(({ path }) => path);
};

test.each([
  [true, true, ['/store-after', '/web-after']],
  [true, false, ['/web-after']],
  [false, true, ['/store-after']],
  [false, false, []],
])('box on the web %s, in the store %s: %j', async (webLink, storeLink, joined) => {
  const { person } = await both(webLink, storeLink);
  expect(await paths(person)).toEqual(joined);
  expect(await one('SELECT count(*) AS n FROM opt_ins WHERE person = ?1', person)).toEqual({ n: 2 });
});

test('who takes the box back has neither joined any more, and is still written to', async () => {
  const { person } = await both(true, true);
  expect(await withdrawOptIn(env.PEOPLE, { site: site.id, person, purpose: 'link' }, { at: NOW, method: 'page' })).toBe(2);
  expect(await paths(person)).toEqual([]);
  expect(await one("SELECT count(*) AS n FROM opt_ins WHERE person = ?1 AND state = 'confirmed'", person)).toEqual({ n: 2 });
});

test('the screen hears the same of an address that is known and of one that is not', async () => {
  const { answer: known } = await both(true, true);
  const message = { ...optInAt(NOW, fresh(), { visitor: idAt(NOW, random) }), id: idAt(NOW - MINUTE, random) };
  const view = { ...message, kind: 'pageview', id: idAt(NOW - MINUTE, random) };
  const unknown = await post(
    await signed(key, device, envelope(site, NOW, [view, message, { ...view, id: idAt(NOW, random) }]), ++sequence),
    NOW,
  );
  expect([unknown.status, unknown.text, unknown.mark]).toEqual([known.status, known.text, known.mark]);
});

test('one mail answers for several sign-ups of an address: another one’s visits are linked only if its owner says it was them', async () => {
  const signUp = async (address: string, ago: number) => {
    const visitor = idAt(NOW, random);
    const url = 'https://shop.example/elsewhere';
    const seen = { kind: 'pageview', id: idAt(NOW - ago * MINUTE, random), url, mode: 'engagement', visitor };
    const asked = {
      ...optInAt(NOW, address, { visitor, mode: 'engagement', boxes: { news: true, link: true }, wording: WORDING.id }),
      id: idAt(NOW - ago * MINUTE - 1, random),
    };
    expect((await submitAt(NOW, site, [asked, seen], {}, `198.51.100.${++sequence}`)).json).toEqual({ ok: 2, rej: [] });
    return asked.id;
  };
  for (const claims of [false, true]) {
    const address = fresh();
    // A stranger typed the address first, on a browser of their own; its owner has the link of the other sign-up.
    const stranger = await signUp(address, 40);
    const own = await signUp(address, 30);
    const token = `claim ${claims}`;
    await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1').bind(own, sha256(token)).run();
    expect(await confirmOptIn(env, token, NOW, NOW, claims ? [stranger] : [])).toBe('confirmed');
    const person = String((await personOf(own))?.person);
    expect(await paths(person)).toEqual(claims ? ['/elsewhere', '/elsewhere'] : ['/elsewhere']);
    // The address is confirmed for both; what was not theirs is no longer open.
    expect(await one("SELECT count(*) AS n FROM opt_ins WHERE person = ?1 AND state = 'confirmed'", person)).toEqual({ n: 2 });
    expect(
      await one("SELECT count(*) AS n FROM ledger WHERE person = ?1 AND purpose = 'link' AND kind = 'withdrawn'", person),
    ).toEqual({
      n: claims ? 0 : 1,
    });
  }
});
