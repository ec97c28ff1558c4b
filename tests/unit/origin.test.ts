/** Where a visit comes from: referrers and campaigns against a table of what people expect to read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOrigin } from '../../collector/collect/origin.ts';
import { readPageUrl } from '../../collector/collect/page-url.ts';

const HOSTS = ['shop.example', '*.brand.example'];
const originOf = (referrer: string | undefined, query = '') => {
  const page = readPageUrl(`https://shop.example/${query}`, true);
  return page && readOrigin(referrer, page.campaign, HOSTS, page.host);
};

test.each([
  ['https://www.google.com/', 'Google', 'organic_search'],
  ['https://www.google.co.uk/', 'Google', 'organic_search'],
  ['https://google.fr/search?q=shoes', 'Google', 'organic_search'],
  ['android-app://com.google.android.googlequicksearchbox/', 'Google', 'organic_search'],
  ['https://duckduckgo.com/', 'DuckDuckGo', 'organic_search'],
  ['https://fr.search.yahoo.com/', 'Yahoo', 'organic_search'],
  ['https://www.qwant.com/', 'Qwant', 'organic_search'],
  ['https://l.facebook.com/l.php?u=x', 'Facebook', 'organic_social'],
  ['https://l.instagram.com/', 'Instagram', 'organic_social'],
  ['https://t.co/abc', 'X', 'organic_social'],
  ['https://www.pinterest.fr/', 'Pinterest', 'organic_social'],
  ['https://www.youtube.com/watch?v=1', 'YouTube', 'organic_video'],
  ['https://chatgpt.com/', 'ChatGPT', 'assistant'],
  ['https://gemini.google.com/app', 'Gemini', 'assistant'],
  ['https://claude.ai/', 'Claude', 'assistant'],
  ['https://www.perplexity.ai/', 'Perplexity', 'assistant'],
  ['https://copilot.microsoft.com/', 'Copilot', 'assistant'],
  ['https://chat.mistral.ai/', 'Le Chat', 'assistant'],
  ['https://mail.google.com/', 'Gmail', 'email'],
  ['https://www.amazon.fr/dp/1', 'Amazon', 'organic_shopping'],
  ['https://blog.friend.example/post', 'blog.friend.example', 'referral'],
  ['https://www.google.evil.example/', 'google.evil.example', 'referral'],
])('%s is %s, %s', (referrer, source, channel) => {
  expect(originOf(referrer)).toMatchObject({ source, channel });
});

test.each([
  ['?utm_source=vitrine&utm_medium=qr', 'vitrine', 'qr'],
  ['?utm_source=qr', 'qr', 'qr'],
  ['?utm_medium=qrcode', 'qrcode', 'qr'],
  ['?utm_source=google&utm_medium=cpc', 'Google', 'paid_search'],
  ['?utm_source=Google&utm_medium=PPC', 'Google', 'paid_search'],
  ['?utm_source=facebook&utm_medium=paid_social', 'Facebook', 'paid_social'],
  ['?utm_source=fb&utm_medium=paid', 'Facebook', 'paid_social'],
  ['?utm_source=ig&utm_medium=social', 'Instagram', 'organic_social'],
  ['?utm_source=twitter', 'X', 'organic_social'],
  ['?utm_source=youtube&utm_medium=social', 'YouTube', 'organic_social'],
  ['?utm_source=youtube&utm_medium=cpc', 'YouTube', 'paid_video'],
  ['?utm_source=x&utm_medium=cpc&utm_campaign=shopping-spring', 'X', 'paid_shopping'],
  ['?utm_source=partner&utm_medium=cpm', 'partner', 'display'],
  ['?utm_source=partner&utm_medium=banner', 'partner', 'display'],
  ['?utm_source=partner&utm_medium=retargeting', 'partner', 'paid_other'],
  ['?utm_source=newsletter', 'newsletter', 'email'],
  ['?utm_source=brevo&utm_medium=e-mail', 'brevo', 'email'],
  ['?utm_source=awin&utm_medium=affiliate', 'awin', 'affiliate'],
  ['?utm_source=spotify&utm_medium=audio', 'spotify', 'audio'],
  ['?utm_source=sms', 'sms', 'sms'],
  ['?utm_source=app&utm_medium=web-push', 'app', 'push'],
  ['?utm_source=g&utm_campaign=cross-network', 'g', 'cross_network'],
  ['?utm_source=chatgpt.com', 'ChatGPT', 'assistant'],
  ['?utm_source=friend&utm_medium=link', 'friend', 'referral'],
])('%s is %s, %s', (query, source, channel) => {
  expect(originOf(undefined, query)).toMatchObject({ source, channel });
});

test('a click id makes a search paid; the campaign outranks the referrer', () => {
  expect(originOf('https://www.google.com/', '?gclid=1')?.channel).toBe('paid_search');
  expect(originOf('https://www.bing.com/', '?msclkid=1')?.channel).toBe('paid_search');
  expect(originOf('https://www.google.com/', '?utm_source=brevo&utm_medium=email')).toMatchObject({
    source: 'brevo',
    channel: 'email',
  });
});

test.each([
  undefined,
  '',
  'https://shop.example/cart',
  'https://brand.example/',
  'https://help.brand.example/x',
  'https://www.paypal.com/checkout',
  'https://checkout.stripe.com/pay',
  'https://accounts.google.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  'not a url',
])('a referrer %j starts nothing new', (referrer) => {
  expect(originOf(referrer)).toBeNull();
});

test('any referrer and any campaign have one channel, and never an exception', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(text, text, text, (host, source, medium) => {
      const origin = originOf(
        `https://${host}/`,
        `?utm_source=${encodeURIComponent(source.toWellFormed())}&utm_medium=${encodeURIComponent(medium.toWellFormed())}`,
      );
      if (origin) expect(origin.channel).toMatch(/^[a-z_]+$/);
    }),
  );
});
