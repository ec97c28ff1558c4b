/** The confirmation mail as it is written, and the configuration it leaves by. */
import { expect, test } from 'vitest';
import { type ConfirmationParts, writeConfirmation } from '../../collector/notify/confirmation-mail.ts';
import { type MailEnv, readMailWay } from '../../collector/people/mail-way.ts';
import { makeWithdrawalToken, readWithdrawalToken } from '../../collector/people/withdrawal-link.ts';

const parts: ConfirmationParts = {
  brand: 'Maison Amarante',
  link: 'https://c.example/confirm/TOKEN',
  withdrawal: 'https://c.example/unsubscribe/OTHER',
  capturedAt: Date.parse('2026-03-03T13:05:00Z'),
  zone: 'Europe/Paris',
  store: null,
};

test('French and English, text and HTML: who asked when and where, one link to confirm, one to leave, nothing to load', async () => {
  const french = await writeConfirmation('fr', { ...parts, store: 'Marais' });
  const english = await writeConfirmation('en', parts);
  expect(french.subject).toBe('Confirmez votre inscription – Maison Amarante');
  expect(english.subject).toBe('Confirm your subscription – Maison Amarante');
  expect(french.text).toContain('Maison Amarante le 3 mars 2026 à 14:05, au magasin Marais');
  expect(english.text).toContain('Maison Amarante on 3 March 2026 at 14:05. To receive');
  for (const { text, html } of [french, english]) {
    for (const link of [parts.link, parts.withdrawal]) {
      expect(text).toMatch(new RegExp(`(^|: )${link}$`, 'm'));
      expect(html).toContain(`href="${link}"`);
    }
    expect(html.match(/https?:\/\/[^"<\s]+/g)?.every((url) => [parts.link, parts.withdrawal].includes(url))).toBe(true);
    expect(html).not.toMatch(/<(img|script|link|iframe|form|object)\b|url\(|@import|javascript:/i);
    // Lines that every server on the way may carry (RFC 5321 §4.5.3.1.6).
    expect(Math.max(...html.split('\n').map((line) => Buffer.byteLength(line)))).toBeLessThan(998);
    expect(Buffer.byteLength(html)).toBeLessThan(12_000);
  }
  expect(french.html).toContain('<html lang="fr">');
  expect((await writeConfirmation('de', parts)).subject).toBe(french.subject);
});

test.each(['brand', 'store'] as const)('no header and no markup comes out of a %s', async (field) => {
  const evil = 'Léa\r\nBcc: all@example.com\u2028X-Evil: 1\u0000 <script>alert(1)</script>"><img src=x>';
  const { subject, text, html } = await writeConfirmation('fr', { ...parts, [field]: evil });
  expect(subject).not.toMatch(/[\p{Cc}\u2028]/u);
  expect(text).not.toMatch(/^(Bcc|X-Evil):/m);
  expect(html).not.toMatch(/<script|<img/);
  expect((await writeConfirmation('fr', { ...parts, brand: 'x'.repeat(5_000) })).subject.length).toBeLessThan(150);
});

test('a withdrawal link names one person of one site, and nothing near it opens', () => {
  const person = 'a'.repeat(32);
  const token = makeWithdrawalToken('secret', 35, person);
  expect(readWithdrawalToken('secret', token)).toEqual({ site: 35, person });
  expect(readWithdrawalToken('other', token)).toBeNull();
  // A rotation keeps the links of mails that are in mailboxes already.
  expect(readWithdrawalToken('2:newer 1:secret', token)).toEqual({ site: 35, person });
  expect(readWithdrawalToken('secret', makeWithdrawalToken('2:newer 1:secret', 35, person))).toBeNull();
  for (const near of [
    token.replace(/^z/, '10'),
    token.replace('aa.', 'ab.'),
    token.slice(0, -1),
    `${token}A`,
    token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA'),
    '',
    '..',
    `35.${person}.${'A'.repeat(22)}`,
    token.toUpperCase(),
  ])
    expect(readWithdrawalToken('secret', near), near).toBeNull();
});

const env: MailEnv = { STAGE: 'production', MAIL_WAY: 'http', MAIL_FROM: 'a@brand.example', MAIL_API_KEY: 'k' };
const binding = { send: async () => ({ messageId: '1' }) };

test.each([
  ['nothing chosen', { MAIL_WAY: '' }, 'no_way'],
  ['a misspelt way', { MAIL_WAY: 'smtp' }, 'unknown_way'],
  ['the readable outbox in production', { MAIL_WAY: 'outbox' }, 'outbox_is_for_demos'],
  ['no sender', { MAIL_FROM: '' }, 'bad_sender'],
  ['a sender with a header in it', { MAIL_FROM: 'a@brand.example\r\nBcc: b@c.example' }, 'bad_sender'],
  ['no key', { MAIL_API_KEY: '' }, 'no_key'],
  ['no binding', { MAIL_WAY: 'cloudflare' }, 'no_binding'],
  ['a provider in clear', { MAIL_URL: 'http://mail.example/send' }, 'bad_url'],
  ['a password in the address', { MAIL_URL: 'https://a:b@mail.example/' }, 'bad_url'],
  ['no address', { MAIL_URL: 'mail.example' }, 'bad_url'],
] as const)('%s: mails wait, and the page says why', (_, wrong, problem) => {
  expect(readMailWay({ ...env, ...wrong })).toEqual({ problem });
});

test('a configuration that works', () => {
  expect(readMailWay(env)).toEqual({
    kind: 'http',
    from: 'a@brand.example',
    url: 'https://api.brevo.com/v3/smtp/email',
    key: 'k',
  });
  expect(readMailWay({ ...env, MAIL_URL: 'http://127.0.0.1:8025/x' })).toMatchObject({ url: 'http://127.0.0.1:8025/x' });
  expect(readMailWay({ ...env, MAIL_WAY: 'cloudflare', MAIL: binding })).toMatchObject({ kind: 'cloudflare', binding });
  expect(readMailWay({ STAGE: 'demo' })).toMatchObject({ kind: 'outbox' });
  expect(readMailWay({ ...env, STAGE: 'demo' })).toMatchObject({ kind: 'http' });
});
