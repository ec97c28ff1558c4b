/** Mails on their way: claimed, tried, tried again, given up, never sent twice, and not at night; by the ways there are. */
import { env } from 'cloudflare:test';
import fc from 'fast-check';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { cloudflareMailer, type EmailBinding } from '../../collector/notify/cloudflare-mailer.ts';
import { localMailer } from '../../collector/notify/local-mailer.ts';
import { RETRIES_MS } from '../../collector/notify/mail-queue.ts';
import type { Attempt, Mail, Mailer } from '../../collector/notify/mailer.ts';
import { sendMails } from '../../collector/notify/send-mails.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { expireOptIns } from '../../collector/people/expire-opt-ins.ts';
import { forgetMails } from '../../collector/people/forget-mails.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dump } from './door.ts';
import { makeSite, randomBytes, seeded } from './fixture.ts';
import { DAY, fresh, one, optInAt, personOf, submitAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let site: Site;
let now = NOW;
const logged: unknown[] = [];
beforeAll(async () => {
  site = await makeSite(NOW - DAY);
});
// Each test has its own days, and nothing waits from the one before.
beforeEach(async () => {
  now += 4 * DAY;
  await env.PEOPLE.prepare('UPDATE mails SET failed_at = 1 WHERE sent_at IS NULL').run();
  logged.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...said) => void logged.push(...said));
});

/** A mailer that answers what the test says, and keeps what it was given. */
function script(...attempts: (Attempt | Error)[]): { mailer: Mailer; got: Mail[] } {
  const got: Mail[] = [];
  const mailer: Mailer = {
    repeatableMs: 0,
    send: async (mail) => {
      got.push(mail);
      const attempt = attempts[Math.min(got.length, attempts.length) - 1] ?? { outcome: 'sent' };
      if (attempt instanceof Error) throw attempt;
      return attempt;
    },
  };
  return { mailer, got };
}
const send = (mailer: Mailer, at: number, limit = 10) =>
  sendMails({ people: env.PEOPLE, secrets: env, mailer, from: 'hello@brand.example', linkBase: 'https://c.example' }, at, limit);
/** Signs up, by the web or as a kiosk's late opt-in would lie there. @returns the row of its mail. */
async function queue(more: Record<string, unknown> = {}) {
  const message = optInAt(now, fresh('mailed'), more);
  await submitAt(now, site, [message]);
  const person = (await personOf(message.id))?.person;
  return () => one('SELECT * FROM mails WHERE person = ?1', person);
}

test('by the Email binding of the platform: parts it takes, headers of RFC 8058, no line break anywhere', async () => {
  const row = await queue();
  const given: Parameters<EmailBinding['send']>[0][] = [];
  // The simulator of the platform's own Email binding is behind it; what it is given is kept on the way.
  const binding: EmailBinding = {
    send: async (message) => {
      given.push(message);
      return env.MAIL?.send(message);
    },
  };
  expect(await send(cloudflareMailer(binding), now)).toBe(1);
  expect(await row()).toMatchObject({ sent_at: now, sealed: '', failed_at: null });
  const [message] = given;
  const link = /^<(https:\/\/c\.example\/unsubscribe\/[\w.-]+)>$/;
  expect(message).toMatchObject({
    from: { name: site.name, email: 'hello@brand.example' },
    to: expect.stringMatching(/^mailed-.*@example\.com$/),
    subject: expect.stringContaining(site.name),
    text: expect.stringContaining('https://c.example/confirm/'),
    html: expect.stringContaining('https://c.example/confirm/'),
    headers: { 'List-Unsubscribe': expect.stringMatching(link), 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  });
  expect(JSON.stringify([message?.subject, message?.headers, message?.from])).not.toMatch(/\\[rn]/);
});

test('a brand’s name, and every field of a sign-up, is one line in the mail that leaves', async () => {
  const evil = 'Amarante\r\nBcc: all@example.com\u2028\u0000X-Evil: 1';
  await env.PEOPLE.prepare('UPDATE sites SET name = ?2 WHERE id = ?1').bind(site.id, evil).run();
  for (const field of ['email', 'wording', 'language', 'url', 'visitor', 'group']) {
    const { json } = await submitAt(now, site, [
      optInAt(now, fresh('inject'), { [field]: `a@example.com\r\nBcc: all@example.com` }),
    ]);
    expect((json.ok ?? 0) + (json.rej?.length ?? 0), field).toBe(1);
  }
  await queue();
  const { mailer, got } = script({ outcome: 'sent' });
  await send(mailer, now);
  await env.PEOPLE.prepare('UPDATE sites SET name = ?2 WHERE id = ?1').bind(site.id, site.name).run();
  expect(got.length).toBeGreaterThan(0);
  for (const { from, to, subject, headers, text } of got) {
    expect(JSON.stringify([from, to, subject, headers])).not.toMatch(/\\[rnu]/);
    expect(text).not.toMatch(/^(Bcc|X-Evil):/m);
  }
});

test.each([
  ['E_RECIPIENT_SUPPRESSED', 'never'],
  ['E_HEADER_NOT_ALLOWED', 'never'],
  ['E_RATE_LIMIT_EXCEEDED', 'later'],
  ['E_SENDER_NOT_VERIFIED', 'later'],
  ['E_INTERNAL_SERVER_ERROR', 'later'],
  [undefined, 'unknown'],
  ['lea@example.com is suppressed', 'unknown'],
])('the binding refuses with %s: %s', async (code, outcome) => {
  const refusing = { send: async () => Promise.reject(Object.assign(new Error('lea@example.com'), { code })) };
  const mail: Mail = { id: '1', site: 1, from: { name: '', address: '' }, to: '', subject: '', text: '', html: '', headers: {} };
  const attempt = await cloudflareMailer(refusing).send(mail, now);
  expect(attempt.outcome).toBe(outcome);
  expect(JSON.stringify(attempt)).not.toContain('@');
});

test('to the outbox of the demo, once, though the sender died before it could say so', async () => {
  const row = await queue();
  const local = localMailer(env.PEOPLE);
  const dying: Mailer = {
    ...local,
    send: async (mail, at) => {
      await local.send(mail, at);
      throw new Error('died');
    },
  };
  expect(await send(dying, now)).toBe(0);
  expect(await send(local, now + 2 * MINUTE)).toBe(1);
  expect(await row()).toMatchObject({ sent_at: now + 2 * MINUTE, attempts: 2 });
  expect(await one('SELECT count(*) AS n, min(sender) AS sender FROM local_mails WHERE site = ?1', site.id)).toEqual({
    n: 1,
    sender: `${site.name} <hello@brand.example>`,
  });
});

test('a passing failure is tried again by the schedule, then given up; nothing of the recipient stays', async () => {
  const row = await queue();
  const { mailer, got } = script({ outcome: 'later', why: 'http 500' });
  let at = now;
  for (const wait of RETRIES_MS) {
    expect(await send(mailer, at)).toBe(0);
    expect(await row()).toMatchObject({ due_at: at + wait, failed_at: null, failure: 'http 500', claimed_at: null });
    expect(await send(mailer, at + wait - 1)).toBe(0);
    at += wait;
  }
  await send(mailer, at);
  expect(await row()).toMatchObject({ failed_at: at, failure: 'http 500', sealed: '', sent_at: null });
  expect(await send(mailer, at + DAY)).toBe(0);
  expect(got).toHaveLength(RETRIES_MS.length + 1);
  // All within a day: the next day's mail cannot meet it.
  expect(at - now).toBeLessThan(DAY);
});

test('a provider may ask for more time than the schedule, not for less', async () => {
  const row = await queue();
  await send(script({ outcome: 'later', why: 'http 429', afterMs: HOUR }).mailer, now);
  expect(await row()).toMatchObject({ due_at: now + HOUR });
  await send(script({ outcome: 'later', why: 'http 429', afterMs: 1 }).mailer, now + HOUR);
  expect(await row()).toMatchObject({ due_at: now + HOUR + RETRIES_MS[1] });
});

test('a final refusal is final', async () => {
  const row = await queue();
  const { mailer, got } = script({ outcome: 'never', why: 'E_RECIPIENT_SUPPRESSED' });
  await send(mailer, now);
  await send(mailer, now + DAY);
  expect(got).toHaveLength(1);
  expect(await row()).toMatchObject({ failed_at: now, failure: 'E_RECIPIENT_SUPPRESSED', sealed: '' });
});

test.each([
  ['an answer that got lost', { outcome: 'unknown', why: 'timeout' } as const],
  ['an exception', new Error('socket of lea@example.com closed')],
])(
  '%s: not sent a second time where the way would not know it again, sent under the same id where it would',
  async (_, failure) => {
    const row = await queue();
    const forgetful = script(failure);
    await send(forgetful.mailer, now);
    await send(forgetful.mailer, now + MINUTE);
    expect(forgetful.got).toHaveLength(1);
    expect(await row()).toMatchObject({ failed_at: now + MINUTE, failure: 'unknown', sealed: '' });
    now += DAY + HOUR;
    const again = await queue();
    const knowing = script(failure, { outcome: 'sent' });
    await send({ ...knowing.mailer, repeatableMs: 10 * MINUTE }, now);
    expect(await send({ ...knowing.mailer, repeatableMs: 10 * MINUTE }, now + MINUTE)).toBe(1);
    expect(new Set(knowing.got.map(({ id }) => id)).size).toBe(1);
    expect(await again()).toMatchObject({ sent_at: now + MINUTE, failure: null });
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(logged)).not.toContain('@');
  },
);

test('many mails and several senders at once: each is sent once', async () => {
  for (let i = 0; i < 12; i += 1) await queue();
  const got: string[] = [];
  const mailer: Mailer = {
    repeatableMs: 0,
    send: async ({ id }) => {
      got.push(id);
      return { outcome: 'sent' };
    },
  };
  const sent = await Promise.all([1, 2, 3, 4].map(() => send(mailer, now, 20)));
  expect(sent.reduce((a, b) => a + b)).toBe(12);
  expect(new Set(got).size).toBe(got.length);
  expect(got).toHaveLength(12);
});

/** An opt-in as a kiosk in a store would have brought it. */
async function fromKiosk(capturedAgoMs: number, setAsideMs = 0) {
  const { receiveOptIn } = await import('../../collector/people/receive-opt-in.ts');
  const { addStore } = await import('../../collector/fleet/stores.ts');
  const store = await addStore(env.PEOPLE, site.id, 'Marais', 'Europe/Paris', now);
  const message = optInAt(now - capturedAgoMs, fresh());
  const id = String(message.id);
  const [born, rand] = [Number.parseInt(id.slice(0, 12), 16), Number.parseInt(id.slice(12), 16)];
  const about = {
    site: site.id,
    born,
    rand,
    at: born,
    visitor: 1,
    kind: 2,
    store,
    kiosk: 0,
    mode: 0,
    page: 1,
    flags: 0,
  } as const;
  const taken = await receiveOptIn({
    people: env.PEOPLE,
    secrets: env,
    site,
    message: {
      kind: 'opt-in',
      id,
      url: 'x',
      mode: 'audience',
      email: String(message.email),
      boxes: { news: true },
      wording: String(message.wording),
    },
    fact: { ...about, confirmed_at: null, ended_at: null },
    capturedAt: now - capturedAgoMs,
    heldFor: null,
    page: { site: site.id, hash: 1, host: 'shop.example', path: '/', page_group: null },
    receivedAt: now - setAsideMs,
    takenAt: now,
    tagVersion: null,
    random: randomBytes(seeded(now + capturedAgoMs)),
  });
  expect(taken).toBeNull();
  const person = (await personOf(id))?.person;
  return () => one('SELECT * FROM mails WHERE person = ?1', person);
}

test('a kiosk that comes back at night mails in the morning of its store, also after failures and when cron was late', async () => {
  now = Math.floor(now / DAY) * DAY + 21 * HOUR;
  const row = await fromKiosk(5 * HOUR);
  const morning = now + 9 * HOUR + (new Date(now).getUTCMonth() === 9 && new Date(now).getUTCDate() < 25 ? 0 : HOUR);
  const { mailer, got } = script({ outcome: 'later', why: 'http 500' }, { outcome: 'sent' });
  expect(await row()).toMatchObject({ due_at: morning, zone: 'Europe/Paris' });
  expect(await send(mailer, morning - 1)).toBe(0);
  expect(got).toHaveLength(0);
  // Nobody ran before half past eight in the evening: the next morning, and no attempt is used up.
  expect(await send(mailer, morning + 12.5 * HOUR)).toBe(0);
  expect(await row()).toMatchObject({ due_at: morning + DAY, attempts: 0, unknown_at: null });
  expect(await send(mailer, morning + DAY + 12 * HOUR - 1)).toBe(0);
  expect(await row()).toMatchObject({ due_at: morning + 2 * DAY, attempts: 1 });
  expect(await send(mailer, morning + 2 * DAY)).toBe(1);
  expect(got[0]?.text).toContain('au magasin Marais');
});

test('what was set aside for ten days and released has a link of seven days from then on', async () => {
  const row = await fromKiosk(10 * DAY + MINUTE, 10 * DAY);
  const { mailer, got } = script({ outcome: 'sent' });
  const due = Number((await row())?.due_at);
  await expireOptIns(env.PEOPLE, due);
  expect(await send(mailer, due)).toBe(1);
  const token = /confirm\/([\w-]+)/.exec(got[0]?.text ?? '')?.[1] ?? '';
  await expireOptIns(env.PEOPLE, now + 7 * DAY);
  expect(await confirmOptIn(env, token, now + 7 * DAY)).toBe('confirmed');
});

test('whoever still stands at the kiosk has the mail at once, at ten in the evening too', async () => {
  now = Math.floor(now / DAY) * DAY + 20 * HOUR;
  const row = await fromKiosk(9 * MINUTE);
  expect(await row()).toMatchObject({ due_at: now });
  expect(await send(script({ outcome: 'sent' }).mailer, now)).toBe(1);
});

test('no address has two mails within a day, however sign-ups, failures and hours of the night fall', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ after: fc.integer({ min: 0, max: 40 }), fails: fc.boolean() }), { minLength: 3, maxLength: 9 }),
      async (acts) => {
        now += 10 * DAY;
        const address = fresh('often');
        const sentAt: number[] = [];
        let fails = false;
        const mailer: Mailer = {
          repeatableMs: 0,
          send: async (mail, at) => {
            if (fails) return { outcome: 'later', why: 'http 500' };
            if (mail.to === address) sentAt.push(at);
            return { outcome: 'sent' };
          },
        };
        for (const act of acts) {
          // The mails of the act before were sent until an hour after it: time never goes back.
          now += (act.after + 1) * HOUR;
          fails = act.fails;
          await submitAt(now, site, [optInAt(now, address)]);
          for (const later of [0, 6 * MINUTE, HOUR]) await send(mailer, now + later);
          await forgetMails(env.PEOPLE, now);
        }
        for (const [i, at] of sentAt.entries()) if (i > 0) expect(at - (sentAt[i - 1] ?? 0)).toBeGreaterThanOrEqual(DAY);
      },
    ),
    {
      numRuns: env.LONG ? 60 : 6,
      // Tried for a day, sent then, and asked for again an hour later.
      examples: [[[0, 24, 3, 0].map((after, i) => ({ after, fails: i < 2 }))]],
    },
  );
});

test('what mail leaves behind goes: whom we mailed, the counters, and at last the bare rows', async () => {
  await queue();
  await send(script({ outcome: 'sent' }).mailer, now);
  const counts = () =>
    one(
      'SELECT (SELECT count(*) FROM mailed_addresses) AS mailed, (SELECT count(*) FROM mail_quotas) AS used, (SELECT count(*) FROM mails) AS mails',
    );
  expect((await counts())?.mailed).not.toBe(0);
  await forgetMails(env.PEOPLE, now + DAY + 4 * DAY);
  expect(await counts()).toMatchObject({ mailed: 0 });
  await forgetMails(env.PEOPLE, now + 95 * DAY);
  expect(await counts()).toEqual({ mailed: 0, used: 0, mails: 0 });
  expect((await dump(env.PEOPLE)).replace(/^local_mails .*$/gm, '')).not.toContain('mailed-');
});
