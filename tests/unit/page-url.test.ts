/** The page's address: what is kept of any text that claims to be one, and which hosts are the site's own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAllowedHost, isOwnReferrer } from '../../collector/acquisition/own-hosts.ts';
import { readPageUrl } from '../../collector/collect/page-url.ts';

const nothing = { source: null, medium: null, campaign: null, content: null, term: null, clickId: null };

test('any text is an address with a clean host and path, or null; never an exception', () => {
  const parts = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        'https://',
        'shop.example',
        '/',
        '%',
        '%00',
        '%E2%80%AE',
        '?utm_source=',
        '#/',
        '@',
        ':',
        '..',
        '\ud800',
        'javascript:',
      ),
    ),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(parts, fc.boolean(), (pieces, engaged) => {
      const read = readPageUrl(pieces.join(''), engaged);
      if (!read) return;
      expect(read.host).toMatch(/^[^\s/\\?#@]+$/);
      for (const text of [read.path, ...Object.values(read.campaign)])
        if (text !== null) {
          expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
          expect(text.isWellFormed()).toBe(true);
        }
      expect(read.path.length).toBeLessThanOrEqual(1_024);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['https://shop.example/a/b?x=1#part', '/a/b'],
  ['https://SHOP.example:8443', '/'],
  ['https://user:pass@shop.example/a', '/a'],
  ['https://shop.example/caf%C3%A9', '/café'],
  ['https://shop.example/100%', '/100%'],
  ['https://shop.example/a%00%E2%80%AEb', '/ab'],
  ['https://shop.example/#/route/1?secret=2', '/#/route/1'],
  ['https://shop.example/#!/route', '/#!/route'],
  ['https://shop.example/a/../../b', '/b'],
])('%s is shown as %s', (url, path) => {
  expect(readPageUrl(url, true)).toEqual({ host: 'shop.example', path, campaign: nothing });
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'blob:https://shop.example/1',
  '/a',
  '//shop.example/a',
  'shop.example',
  'https://',
  '',
  '\0',
])('%j is no page', (url) => {
  expect(readPageUrl(url, true)).toBeNull();
});

test('parameters are read in engagement mode only, by an allow-list, and click ids by name alone', () => {
  const url = 'https://shop.example/?utm_source=letter&utm_medium=email&utm_campaign=May&email=a%40b.fr&gclid=SECRET';
  expect(readPageUrl(url, false)?.campaign).toEqual(nothing);
  expect(readPageUrl(url, true)?.campaign).toEqual({
    ...nothing,
    source: 'letter',
    medium: 'email',
    campaign: 'May',
    clickId: 'gclid',
  });
  expect(JSON.stringify(readPageUrl(url, true))).not.toMatch(/SECRET|a@b\.fr/);
});

test('a host is allowed exactly, or as a subdomain of a wildcard', () => {
  const hosts = ['shop.example', '*.brand.example'];
  for (const host of ['shop.example', 'brand.example', 'www.brand.example', 'a.b.brand.example'])
    expect(isAllowedHost(hosts, host)).toBe(true);
  for (const host of [
    'www.shop.example',
    'notshop.example',
    'shop.example.evil.test',
    'evilbrand.example',
    'brand.example.evil.test',
    '',
  ])
    expect(isAllowedHost(hosts, host)).toBe(false);
});

test('a referrer is the site itself with or without www, and from any of its subdomains', () => {
  const hosts = ['www.shop.example', '*.brand.example'];
  for (const host of ['www.shop.example', 'shop.example', 'pay.shop.example', 'brand.example', 'a.brand.example', 'page.example'])
    expect(isOwnReferrer(hosts, 'page.example', host), host).toBe(true);
  for (const host of ['notshop.example', 'shop.example.evil.test', 'example', ''])
    expect(isOwnReferrer(hosts, 'page.example', host), host).toBe(false);
});

test.each([
  ['/unsubscribe/lea@example.fr', '/unsubscribe/(address)'],
  ['/u/lea%40example.fr/done', '/u/(address)/done'],
  ['/@maison', '/@maison'],
  ['/journal/the-et-eau', '/journal/the-et-eau'],
])('an address in the path %s is not kept', (path, kept) => {
  expect(readPageUrl(`https://shop.example${path}`, false)?.path).toBe(kept);
});

test('the campaign of a page with a hash route comes after the route, as the tag writes it', () => {
  const page = readPageUrl('https://shop.example/a#/one?utm_source=mail&gclid=', true);
  expect(page).toMatchObject({ path: '/a#/one', campaign: { ...nothing, source: 'mail', clickId: 'gclid' } });
  expect(readPageUrl('https://shop.example/a?utm_source=mail#/one', true)?.campaign.source).toBe('mail');
  // An anchor is no route, and what follows it is nobody's campaign.
  expect(readPageUrl('https://shop.example/a#one?utm_source=mail', true)?.campaign).toEqual(nothing);
  expect(readPageUrl('https://shop.example/a#/one?utm_source=mail', false)?.campaign).toEqual(nothing);
});
