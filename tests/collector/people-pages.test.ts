/** The people screens: lists without addresses, one address at a time for a reason, the way of opt-ins, one person; each role sees its own. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { relayOptIns } from '../../collector/ingest/relay-opt-ins.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { sha256 } from '../../collector/people/sha256.ts';
import { withdrawOptIn } from '../../collector/people/withdraw.ts';
import type { Site } from '../../collector/store/sites.ts';
import { newToken, openDoor } from './api-door.ts';
import { openDashboard } from './dashboard-door.ts';
import { envelope, knock } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';
import { one, optInAt, personOf, submitAt } from './subscriber.ts';

const HOUR = 3_600_000;
const NOW = Date.now();
const random = seeded(77);
type Session = Awaited<ReturnType<typeof openDashboard>>;
let site: Site;
let steward: Session;
let marketer: Session;
let people: string;
const made: { id: string; person: string; address: string; visitor: string }[] = [];

/** Five opt-ins: waiting, three confirmed, one of them withdrawn. The first confirmed one links visits. */
beforeAll(async () => {
  site = await makeSite(NOW - 48 * HOUR);
  people = `/s/${site.key}/people`;
  for (const [i, name] of ['ada', 'ben', 'cleo', 'dan'].entries()) {
    const visitor = idAt(NOW - 3 * HOUR, random);
    const address = `${name}-${i}@example.com`;
    const message = optInAt(NOW - (3 - i / 2) * HOUR, address, {
      ...{ visitor, mode: 'engagement', url: `https://shop.example/${name === 'ada' ? 'ada' : 'club'}` },
      boxes: { news: true, link: name === 'ada' },
    });
    expect((await submitAt(NOW - 2 * HOUR, site, [message], {}, `198.51.100.${i}`)).json).toEqual({ ok: 1, rej: [] });
    const row = await personOf(message.id);
    made.push({ id: String(message.id), person: String(row?.person), address, visitor });
    await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1')
      .bind(message.id, sha256(`page ${i}`))
      .run();
    if (i < 3) expect(await confirmOptIn(env, `page ${i}`, NOW - HOUR)).toBe('confirmed');
  }
  await withdrawOptIn(env.PEOPLE, { site: site.id, person: personAt(2) }, { at: NOW, method: 'page' });
  const view = (path: string, ago: number) => ({
    ...{ kind: 'pageview', id: idAt(NOW - ago, random), url: `https://shop.example${path}`, mode: 'engagement' },
    ...{ visitor: made[0]?.visitor, activeMs: 42_000, foregroundMs: 50_000 },
  });
  const sent = envelope(site, NOW, [view('/after-the-opt-in', HOUR), view('/before-the-opt-in', 4 * HOUR)]);
  expect((await knock(sent, { now: NOW, collector: {} })).json).toEqual({ ok: 2, rej: [] });
  steward = await openDashboard(site, 'steward', 'en');
  marketer = await openDashboard(site, 'marketer', 'fr');
}, 60_000);
const personAt = (i: number) => made[i]?.person ?? '';
const textOf = async (answer: Response | Promise<Response>) => (await answer).text();
const audits = () => env.PEOPLE.prepare('SELECT count(*) AS n FROM audit WHERE site = ?1').bind(site.id).first<{ n: number }>();

test('nobody sees an address in a list, a search, a funnel or a person', async () => {
  for (const session of [steward, marketer])
    for (const path of [
      '',
      '?state=confirmed',
      '?search=club',
      '/funnel',
      '/persons',
      '/funnel?by=page&period=all',
      `/${personAt(0)}`,
    ]) {
      const page = await textOf(session.get(`${people}${path}`));
      expect(page).toContain('</html>');
      expect(page.match(/[\w.+-]+@example\.com/g) ?? [], path).toEqual([]);
    }
});

test('no operator is shown what confirms an opt-in: neither a link’s token nor its hash (acceptance 9)', async () => {
  const secrets = [0, 1, 2, 3].flatMap((i) => [`page ${i}`, `page%20${i}`, sha256(`page ${i}`)]);
  const { results } = await env.PEOPLE.prepare('SELECT confirm_token_hash AS hash FROM opt_ins WHERE site = ?1')
    .bind(site.id)
    .all<{
      hash: string | null;
    }>();
  // One still waits, so there is something to show.
  expect(results.map(({ hash }) => hash)).toContain(sha256('page 3'));
  const { ask, withToken } = openDoor({ now: NOW });
  const { token } = await newToken([site], ['read', 'export', 'write', 'admin'], NOW);
  const paths = ['/opt-ins', '/persons', `/persons/${personAt(3)}`, '/sites'];
  const said = await Promise.all([
    ...paths.map((path) => textOf(ask(path, withToken(token)))),
    ...['', '/persons', '/funnel', `/${personAt(3)}`].map((path) => textOf(steward.get(`${people}${path}`))),
    textOf(steward.get(`/s/${site.key}/mails`)),
  ]);
  expect(said.join('')).toContain(personAt(3));
  for (const secret of secrets) expect(said.join('')).not.toContain(secret);
  expect(said.join('')).not.toMatch(/confirm_token|\/confirm\//);
});

test.each(['viewer', 'store'] as const)('a %s finds no such pages', async (role) => {
  const session = await openDashboard(site, role);
  for (const path of ['', '/funnel', '/persons', `/${personAt(0)}`])
    expect((await session.get(`${people}${path}`)).status).toBe(404);
  for (const path of ['', `/${personAt(0)}/address`, `/${personAt(0)}/withdraw`])
    expect((await session.post(`${people}${path}`, { reason: 'curious' })).status).toBe(404);
});

test('the list is filtered, searched and counted', async () => {
  const codes = async (query: string) => {
    const page = await textOf(marketer.get(`${people}${query}`));
    return made.map(({ person }, i) => (page.includes(person.slice(0, 8)) ? i : -1)).filter((i) => i >= 0);
  };
  expect(await codes('')).toEqual([0, 1, 2, 3]);
  expect(await codes('?state=confirmed')).toEqual([0, 1]);
  expect(await codes('?state=withdrawn')).toEqual([2]);
  expect(await codes('?state=pending&search=club')).toEqual([3]);
  expect(await codes('?search=ADA')).toEqual([0]);
  expect(await codes(`?search=${personAt(1)}`)).toEqual([1]);
  expect(await codes('?touchpoint=kiosk')).toEqual([]);
  expect(await codes('?wording=other')).toEqual([]);
  expect(await codes('?state=nonsense&page=zero')).toEqual([0, 1, 2, 3]);
  expect(await codes("?search=' OR 1=1 --")).toEqual([]);
});

test('everybody is listed by how they became known, a log-in without an opt-in too', async () => {
  const identify = { kind: 'identify', id: idAt(NOW - HOUR, random), url: 'https://shop.example/', mode: 'engagement' };
  const sent = envelope(site, NOW, [{ ...identify, visitor: idAt(NOW - HOUR, random), user: 'customer-1' }]);
  expect((await knock(sent, { now: NOW, collector: {} })).json).toEqual({ ok: 1, rej: [] });
  const named = (await one("SELECT person FROM identities WHERE site = ?1 AND space = 'unsigned'", site.id))?.person;
  const shown = async (query: string) => {
    const page = await textOf(marketer.get(`${people}/persons${query}`));
    return [...made.map(({ person }) => person), String(named)].map((person) => page.includes(person.slice(0, 8)));
  };
  expect(await shown('')).toEqual([true, true, true, true, true]);
  expect(await shown('?by=unsigned')).toEqual([false, false, false, false, true]);
  expect(await shown('?by=opt-in')).toEqual([true, true, true, true, false]);
  expect(await shown('?by=signed')).toEqual([false, false, false, false, false]);
});

test('an address is looked up by its owner’s word only, leads to the person, and stands in no URL', async () => {
  const before = (await audits())?.n ?? 0;
  const found = await steward.post(people, { search: ' Ada-0@EXAMPLE.com ' });
  expect([found.status, found.headers.get('location')]).toEqual([303, `${people}/${personAt(0)}`]);
  const nobody = await steward.post(people, { search: 'nobody@example.com' });
  expect(nobody.headers.get('location')).toBe(`${people}?nobody`);
  expect((await audits())?.n).toBe(before + 2);
  // Who may not see addresses learns nothing of whether somebody is there.
  expect((await marketer.post(people, { search: 'ada-0@example.com' })).headers.get('location')).toBe(`${people}?nobody`);
  expect((await audits())?.n).toBe(before + 2);
  const plain = await marketer.post(people, { search: 'club', state: 'pending' });
  expect(plain.headers.get('location')).toBe(`${people}?state=pending&search=club`);
});

test('an address is shown once, for a reason, and who looked is on record; a marketer cannot', async () => {
  const path = `${people}/${personAt(1)}/address`;
  const before = (await audits())?.n ?? 0;
  const short = await steward.post(path, { reason: ' ok ' });
  expect([short.status, (await short.text()).includes('ben-1@')]).toEqual([422, false]);
  expect((await marketer.post(path, { reason: 'I want to know' })).status).toBe(404);
  expect((await audits())?.n).toBe(before);
  const shown = await textOf(steward.post(path, { reason: 'a call of 21 November' }));
  expect(shown).toContain('ben-1@example.com');
  expect(await one('SELECT action, actor, reason FROM audit WHERE person = ?1', personAt(1))).toEqual({
    action: 'see_address',
    actor: expect.stringMatching(/^user \w+/),
    reason: 'a call of 21 November',
  });
  expect(await textOf(steward.get(`${people}/${personAt(1)}`))).not.toContain('ben-1@');
  const foreign = await makeSite(NOW);
  const other = await openDashboard(foreign, 'steward');
  expect((await other.post(`/s/${foreign.key}/people/${personAt(1)}/address`, { reason: 'not my person' })).status).toBe(404);
});

test('a person shows what was done while the browser was theirs, and nothing from before', async () => {
  const page = await textOf(steward.get(`${people}/${personAt(0)}`));
  expect(page).toContain('/after-the-opt-in');
  expect(page).not.toContain('/before-the-opt-in');
  expect(page).toContain('Browser 1');
  // The others did not link anything.
  expect(await textOf(steward.get(`${people}/${personAt(1)}`))).toContain('No linked visit.');
  expect((await steward.get(`${people}/${'0'.repeat(32)}`)).status).toBe(404);
  expect((await steward.get(`${people}/${personAt(0)}?before=1`)).status).toBe(200);
});

test('a steward withdraws for a person; a second time there is nothing left', async () => {
  const path = `${people}/${personAt(1)}/withdraw`;
  expect((await marketer.post(path, { purpose: 'news' })).status).toBe(404);
  expect(await textOf(steward.post(path, { purpose: 'news' }))).toContain('The consent is withdrawn.');
  expect(await one('SELECT state FROM opt_ins WHERE id = ?1', made[1]?.id)).toEqual({ state: 'withdrawn' });
  expect(await textOf(steward.post(path, { purpose: 'news' }))).toContain('There was nothing to withdraw.');
  expect(await one("SELECT count(*) AS n FROM audit WHERE person = ?1 AND action = 'withdraw'", personAt(1))).toEqual({ n: 1 });
});

const cellsIn = (page: string, name: string) => {
  const row = page.slice(page.indexOf(`>${name}</span>`));
  return [...row.slice(0, row.indexOf('</tr>')).matchAll(/<td[^>]*>([^<]*)</g)].map(([, text]) => text);
};

test('the funnel counts every opt-in once at each step, in bars and in a table', async () => {
  await relayOptIns(env.PEOPLE, env, 50);
  const page = await textOf(marketer.get(`${people}/funnel?by=page&period=all`));
  const cells = (name: string) => cellsIn(page, name);
  expect(cells('/ada')).toEqual(['1', '1', expect.stringContaining('100'), '0', '0', '0']);
  expect(cells('/club')).toEqual(['3', '2', expect.stringContaining('67'), '2', '1', '0']);
  expect(await textOf(marketer.get(`${people}/funnel?by=store&period=all`))).toContain('<span class="path">Web</span>');
  expect(cellsIn(await textOf(marketer.get(`${people}/funnel?period=all`)), 'Accès direct').slice(0, 4)).toEqual([
    '4',
    '3',
    expect.stringContaining('75'),
    '2',
  ]);
  expect(await textOf(marketer.get(`${people}/funnel?by=nothing&period=nothing`))).toContain('</html>');
});

test('a steward who has checked erases a person, and nothing of them is left', async () => {
  const path = `${people}/${personAt(3)}`;
  expect((await marketer.post(`${path}/erase`, { sure: 'yes' })).status).toBe(404);
  expect((await steward.post(`${path}/erase`)).headers.get('location')).toBe(`${path}#acts`);
  expect((await steward.get(path)).status).toBe(200);
  expect((await steward.post(`${path}/erase`, { sure: 'yes' })).headers.get('location')).toMatch(/\/people\?erased=(all|soon)$/);
  expect((await steward.get(path)).status).toBe(404);
  expect((await steward.post(`${path}/erase`, { sure: 'yes' })).status).toBe(404);
  expect(await one('SELECT count(*) AS n FROM opt_ins WHERE person = ?1', personAt(3))).toEqual({ n: 0 });
  expect(await textOf(steward.get(`${people}?erased=all`))).toContain('The person is erased everywhere.');
});

test('the API tells the same, to tokens with “export” only', async () => {
  const { ask, withToken } = openDoor({ now: NOW });
  const { token } = await newToken([site], ['export'], NOW);
  const read = await newToken([site], ['read', 'write', 'admin'], NOW);
  for (const path of ['/opt-ins', '/persons', `/persons/${personAt(0)}`])
    expect((await ask(path, withToken(read.token))).status, path).toBe(403);
  const list = await (await ask('/opt-ins?search=club&limit=5', withToken(token))).json<{
    total: number;
    results: { person: string }[];
  }>();
  expect([list.total, list.results.map(({ person }) => person)]).toEqual([2, [personAt(2), personAt(1)]]);
  const next = await (await ask('/opt-ins?search=club&limit=1&offset=1', withToken(token))).json<typeof list>();
  expect(next.results.map(({ person }) => person)).toEqual([personAt(1)]);
  for (const wrong of ['limit=101', 'limit=x', 'state=gone', 'from=yesterday', 'store=-1'])
    expect((await ask(`/opt-ins?${wrong}`, withToken(token))).status, wrong).toBe(400);
  const person = await (await ask(`/persons/${personAt(0)}`, withToken(token))).json<Record<string, unknown>>();
  expect(person).toMatchObject({
    known_by: 'opt-in',
    opt_ins: 1,
    visitors: 1,
    has_address: true,
    links: [{ via: 'opt-in', visitor: 1, until: null }],
  });
  expect(JSON.stringify(person)).not.toMatch(/@example|\d{15}/);
  expect((await ask('/persons/nobody', withToken(token))).status).toBe(404);
});
