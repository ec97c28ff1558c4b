/** Too many sign-ups, and too late ones: the same answer to everybody, nothing lost, nobody mailed before somebody decided. */
import { env } from 'cloudflare:test';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OPT_INS } from '../../collector/collect/quotas.ts';
import { expireOptIns } from '../../collector/people/expire-opt-ins.ts';
import { DEVICE_MAILS } from '../../collector/people/mail-quotas.ts';
import { keepMailSettings, readHourly, readMailSettings } from '../../collector/people/mail-settings.ts';
import type { Site } from '../../collector/store/sites.ts';
import { expectProblem, newToken, openDoor } from './api-door.ts';
import { dump } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';
import { decideOnHeld } from './held-desk.ts';
import { enrolWith, makeKey, makeKiosk, post, signed } from './kiosk-door.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const random = seeded(61);
let site: Site;
let now = NOW;
beforeEach(async () => {
  now += 40 * DAY;
  site = await makeSite(now - DAY);
});
const counts = async () =>
  one(
    `SELECT count(*) AS kept, sum(state = 'pending') AS pending, sum(state = 'held') AS held, (SELECT count(*) FROM mails WHERE site = ?1) AS mails,
       (SELECT count(DISTINCT person) FROM mails WHERE site = ?1) AS mailed, min(held_for) AS reason FROM opt_ins WHERE site = ?1`,
    site.id,
  );
/** Sends sign-ups fifty at a time. @returns every different answer that was given. */
async function flood(emails: readonly string[], ipOf: (i: number) => string) {
  const answers = new Set<string>();
  for (let i = 0; i < emails.length; i += 50) {
    const some = emails.slice(i, i + 50).map((email) => optInAt(now, email));
    const { status, text } = await submitAt(now, site, some, {}, ipOf(i / 50));
    answers.add(`${status} ${text}`);
  }
  return [...answers];
}

/** A thousand in `npm run check:long`. */
const MANY = env.LONG ? 1_000 : 100;

describe(`${MANY} sign-ups`, { timeout: 120_000 }, () => {
  test('of many addresses from one network: sixty mails, the others wait for somebody, all told the same', async () => {
    const emails = Array.from({ length: MANY }, () => fresh('flood'));
    expect(await flood(emails, () => '203.0.113.7')).toEqual(['202 {"ok":50,"rej":[]}']);
    expect(await counts()).toEqual({
      kept: MANY,
      pending: OPT_INS,
      held: MANY - OPT_INS,
      mails: OPT_INS,
      mailed: OPT_INS,
      reason: 'network',
    });
  });

  test('of one address from many networks: one mail, all told the same as a stranger', async () => {
    const victim = fresh('victim');
    const answers = await flood(
      Array.from({ length: MANY }, () => victim),
      (i) => `198.51.${i}.1`,
    );
    expect(answers).toEqual(['202 {"ok":50,"rej":[]}']);
    expect(await counts()).toEqual({ kept: MANY, pending: MANY, held: 0, mails: 1, mailed: 1, reason: null });
    const stranger = await submitAt(
      now,
      site,
      Array.from({ length: 50 }, () => optInAt(now, fresh())),
      {},
      '192.0.2.1',
    );
    expect(`${stranger.status} ${stranger.text}`).toBe(answers[0]);
  });

  test('of many addresses from many networks: as many mails as the site allows in an hour, then it begins anew', async () => {
    await keepMailSettings(env.PEOPLE, site.id, { confirmedBy: 'mail', hourly: 30 });
    const emails = Array.from({ length: 50 }, () => fresh('net'));
    expect(await flood(emails, (i) => `198.18.${i}.1`)).toEqual(['202 {"ok":50,"rej":[]}']);
    expect(await counts()).toMatchObject({ kept: 50, pending: 30, held: 20, mails: 30, reason: 'site' });
    now += 3_600_000;
    expect(await flood([fresh()], () => '192.0.2.9')).toHaveLength(1);
    expect(await counts()).toMatchObject({ kept: 51, pending: 31 });
  });
});

test('a kiosk: its hour is the one in which people stood there; a day offline comes in whole, a script at the screen is held', async () => {
  const { code } = await makeKiosk(site, now);
  const key = await makeKey();
  const device = String((await enrolWith(site, { enrol: code }, key, now)).json.device);
  let sequence = 0;
  const bring = async (agoMs: number[]) => {
    for (let i = 0; i < agoMs.length; i += 50) {
      const messages = agoMs.slice(i, i + 50).map((ago) => ({ ...optInAt(now, fresh('kiosk')), id: idAt(now - ago, random) }));
      const body = JSON.stringify({ v: 1, site: site.key, sentAt: now, tag: 'test', boot: 'b'.repeat(24), messages });
      sequence += 1;
      expect(await post(await signed(key, device, body, sequence), now)).toMatchObject({
        status: 202,
        json: { ok: messages.length, rej: [] },
      });
    }
  };
  // More than one hour may bring, over ten hours.
  const people = env.LONG ? 300 : 130;
  await bring(Array.from({ length: people }, (_, i) => Math.floor((i * 36_000_000) / people) + 1_000));
  expect(await counts()).toMatchObject({ kept: people, pending: people, held: 0, mails: people });
  const { results } = await env.PEOPLE.prepare('SELECT due_at FROM mails WHERE site = ?1')
    .bind(site.id)
    .all<{ due_at: number }>();
  for (const { due_at: due } of results) {
    const hour = new Date(due + 2 * 3_600_000).getUTCHours();
    expect(due === now || (hour >= 8 && hour < 21), new Date(due).toISOString()).toBe(true);
  }
  now += 13 * DAY;
  await env.PEOPLE.prepare(
    'UPDATE mail_quotas SET slot = ?2, used = ?3 WHERE rowid = (SELECT min(rowid) FROM mail_quotas WHERE site = ?1 AND what = ?4)',
  )
    .bind(site.id, Math.floor((now - 1_000) / 3_600_000), DEVICE_MAILS - 2, 'device')
    .run();
  await bring([1_000, 1_000, 1_000, 1_000, 1_000]);
  expect(await counts()).toMatchObject({ kept: people + 5, held: 3, reason: 'device' });
});

describe('a decision', () => {
  let held: Record<string, unknown>[];
  beforeEach(async () => {
    held = [40, 41, 42].map((days) => optInAt(now, fresh('late'), { id: idAt(now - days * DAY, random) }));
    expect((await submitAt(now, site, held)).json).toEqual({ ok: 3, rej: [] });
    expect(await counts()).toMatchObject({ held: 3, mails: 0, reason: 'late' });
  });
  const states = () => Promise.all(held.map(async ({ id }) => (await one('SELECT state FROM opt_ins WHERE id = ?1', id))?.state));

  test('is a page without an address for whoever answers for mail, and nobody else’s', async () => {
    const desk = await decideOnHeld(site);
    const page = await desk.get('steward');
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/Plus de 30\s+jours/);
    expect(page.text).not.toContain('late-');
    for (const role of ['viewer', 'marketer', 'store'] as const) {
      expect((await desk.get(role)).status).toBe(404);
      expect((await desk.post(role, { decision: 'send', all: 'late' })).status).toBe(404);
    }
    expect((await desk.post('steward', { decision: 'settings', 'confirmed-by': 'tool', hourly: '5' })).status).toBe(404);
    expect(await states()).toEqual(['held', 'held', 'held']);
  });

  test('to send: the mail goes with a fresh link of seven days, once, and the ledger and the audit say who let it', async () => {
    const desk = await decideOnHeld(site);
    expect((await desk.post('steward', { decision: 'send' })).status).toBe(422);
    const sent = await desk.post('steward', { decision: 'send', id: String(held[0]?.id) });
    expect([sent.status, sent.location]).toEqual([303, `/s/${site.key}/mails?decided=send&n=1`]);
    expect(await states()).toEqual(['pending', 'held', 'held']);
    // Twice is once, and one of another site, or none, is nobody's.
    for (const id of [String(held[0]?.id), 'f'.repeat(24), "' OR 1=1"])
      expect((await desk.post('steward', { decision: 'send', id })).location).toContain('n=0');
    expect(await counts()).toMatchObject({ mails: 1 });
    const person = (await personOf(held[0]?.id))?.person;
    expect(
      await one(
        "SELECT kind, json_extract(detail, '$.by') LIKE 'user %' AS by FROM ledger WHERE person = ?1 ORDER BY sequence DESC",
        person,
      ),
    ).toEqual({
      kind: 'pending',
      by: 1,
    });
    expect(await one("SELECT count(*) AS n FROM audit WHERE site = ?1 AND action = 'send_held'", site.id)).toMatchObject({
      n: 4,
    });
    expect((await desk.post('steward', { decision: 'send', all: 'late' })).location).toContain('n=2');
    expect(await states()).toEqual(['pending', 'pending', 'pending']);
  });

  test('to drop: the address is gone, the count stays', async () => {
    const desk = await decideOnHeld(site);
    expect((await desk.post('steward', { decision: 'drop', all: 'late' })).location).toContain('decided=drop&n=3');
    expect(await states()).toEqual(['expired', 'expired', 'expired']);
    for (const { id } of held) expect(await personOf(id)).toMatchObject({ address_index: null, address_sealed: null });
    expect(await counts()).toMatchObject({ kept: 3, mails: 0 });
  });

  test('that nobody takes: after thirty days the address goes', async () => {
    await expireOptIns(env.PEOPLE, now + 30 * DAY);
    expect(await states()).toEqual(['held', 'held', 'held']);
    await expireOptIns(env.PEOPLE, now + 30 * DAY + 1);
    expect(await states()).toEqual(['expired', 'expired', 'expired']);
    for (const { id } of held) expect(await personOf(id)).toMatchObject({ address_sealed: null });
  });
});

test.each([
  ['0', null],
  ['', null],
  ['-5', null],
  ['1e3', null],
  ['100001', null],
  ['1', 1],
  ['100\u202f000', 100_000],
])('%j mails an hour: %s', (typed, hourly) => {
  expect(readHourly(typed)).toBe(hourly);
});

describe('where the brand’s tool confirms', () => {
  let token = '';
  let door: ReturnType<typeof openDoor>;
  const confirm = (id: string, with_ = token) => door.ask(`/opt-ins/${id}/confirm`, door.withToken(with_, { method: 'POST' }));
  beforeAll(() => {
    now += 40 * DAY;
  });
  beforeEach(async () => {
    const desk = await decideOnHeld(site);
    const kept = await desk.post('admin', { decision: 'settings', 'confirmed-by': 'tool', hourly: '900' });
    expect([kept.status, await readMailSettings(env.PEOPLE, site.id)]).toEqual([303, { confirmedBy: 'tool', hourly: 900 }]);
    door = openDoor({ now });
    token = (await newToken([site], ['write'], now)).token;
  });

  test('no mail of ours; its call confirms, twice, and only what was its to confirm', async () => {
    const message = optInAt(now, fresh());
    await submitAt(now, site, [message]);
    expect(await counts()).toMatchObject({ pending: 1, mails: 0 });
    for (let i = 0; i < 2; i += 1) {
      const answer = await confirm(String(message.id));
      expect([answer.status, await answer.json()]).toEqual([200, { id: message.id, state: 'confirmed' }]);
    }
    const { results } = await env.PEOPLE.prepare(
      "SELECT kind, json_extract(detail, '$.by') AS by FROM ledger WHERE opt_in = ?1 ORDER BY sequence",
    )
      .bind(message.id)
      .all();
    expect(results).toEqual([
      { kind: 'submitted', by: null },
      { kind: 'confirmed', by: expect.stringMatching(/^token /) },
    ]);
    await keepMailSettings(env.PEOPLE, site.id, { confirmedBy: 'mail', hourly: 900 });
    const ours = optInAt(now, fresh());
    await submitAt(now, site, [ours]);
    await expectProblem(await confirm(String(ours.id)), 409, 'not_the_tools', 'id');
    expect(await counts()).toMatchObject({ mails: 1 });
  });

  test('everything else is refused by name, and changes nothing', async () => {
    const message = optInAt(now, fresh());
    const late = optInAt(now, fresh(), { id: idAt(now - 40 * DAY, random) });
    await submitAt(now, site, [message, late]);
    const other = await makeSite(now - DAY);
    const foreign = (await newToken([other], ['write'], now)).token;
    const reading = (await newToken([site], ['read', 'admin', 'export'], now)).token;
    const before = (await dump(env.PEOPLE)).replace(/^(tokens|token_sites) .*$/gm, '');
    await expectProblem(await confirm('f'.repeat(24)), 404, 'unknown_opt_in', 'id');
    await expectProblem(await confirm('nonsense'), 400, 'bad_parameter', 'id');
    await expectProblem(await confirm(String(message.id), foreign), 404, 'unknown_opt_in', 'id');
    await expectProblem(await confirm(String(message.id), reading), 403, 'missing_scope');
    await expectProblem(await confirm(String(late.id)), 409, 'opt_in_held', 'id');
    expect((await dump(env.PEOPLE)).replace(/^(tokens|token_sites) .*$/gm, '')).toEqual(before);
    door = openDoor({ now: now + 30 * DAY + 1 });
    await expectProblem(await confirm(String(message.id)), 410, 'opt_in_expired', 'id');
  });
});
