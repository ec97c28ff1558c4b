/** Where a visit comes from: referrers and campaigns against a table of what people expect to read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_CAMPAIGN, readCampaign } from '../../collector/acquisition/campaign.ts';
import { CHANNEL_RULES } from '../../collector/acquisition/channels.ts';
import { CLICK_IDS } from '../../collector/acquisition/click-ids.ts';
import { type Arrival, decideOrigin } from '../../collector/acquisition/origin.ts';
import { PAYMENT_HOSTS, SIGN_IN_HOSTS } from '../../collector/acquisition/pass-through.ts';
import { readTechnology } from '../../collector/collect/technology.ts';
import { CHANNELS } from '../../collector/store/channel-names.ts';
import { BROWSERS } from '../../collector/store/technology-names.ts';

const decide = (referrer: string | undefined, query = '', more: Partial<Arrival> = {}) =>
  decideOrigin({
    referrer,
    campaign: readCampaign(new URL(`https://shop.example/${query}`)),
    hosts: ['shop.example', '*.brand.example'],
    pageHost: 'shop.example',
    rules: [],
    browser: 'Chrome',
    ...more,
  });
const originOf = (...args: Parameters<typeof decide>) => decide(...args).origin;

test.each([
  ['https://www.google.com/', 'Google', 'organic_search'],
  ['https://www.google.co.uk/', 'Google', 'organic_search'],
  ['https://google.fr/search?q=shoes', 'Google', 'organic_search'],
  ['android-app://com.google.android.googlequicksearchbox/', 'Google', 'organic_search'],
  ['android-app://com.google.android.googlequicksearchbox/https/www.google.com', 'Google', 'organic_search'],
  ['https://duckduckgo.com/', 'DuckDuckGo', 'organic_search'],
  ['https://fr.search.yahoo.com/', 'Yahoo', 'organic_search'],
  ['https://www.qwant.com/', 'Qwant', 'organic_search'],
  ['https://cn.bing.com/', 'Bing', 'organic_search'],
  ['https://ya.ru/', 'Yandex', 'organic_search'],
  ['https://news.google.com/', 'Google News', 'organic_search'],
  ['https://l.facebook.com/l.php?u=x', 'Facebook', 'organic_social'],
  ['https://lm.facebook.com/', 'Facebook', 'organic_social'],
  ['https://l.instagram.com/', 'Instagram', 'organic_social'],
  ['https://t.co/abc', 'X', 'organic_social'],
  ['https://www.pinterest.fr/', 'Pinterest', 'organic_social'],
  ['https://out.reddit.com/', 'Reddit', 'organic_social'],
  ['https://www.linkedin.com/', 'LinkedIn', 'organic_social'],
  ['android-app://com.linkedin.android/', 'LinkedIn', 'organic_social'],
  ['android-app://com.pinterest/', 'Pinterest', 'organic_social'],
  ['android-app://com.slack/', 'Slack', 'organic_social'],
  ['android-app://org.telegram.messenger/', 'Telegram', 'organic_social'],
  ['https://t.me/', 'Telegram', 'organic_social'],
  ['https://web.whatsapp.com/', 'WhatsApp', 'organic_social'],
  ['https://l.wl.co/l', 'WhatsApp', 'organic_social'],
  ['https://statics.teams.cdn.office.net/', 'Microsoft Teams', 'organic_social'],
  ['https://bsky.app/', 'Bluesky', 'organic_social'],
  ['https://www.youtube.com/watch?v=1', 'YouTube', 'organic_video'],
  ['https://chatgpt.com/', 'ChatGPT', 'assistant'],
  ['android-app://com.openai.chatgpt/', 'ChatGPT', 'assistant'],
  ['https://gemini.google.com/app', 'Gemini', 'assistant'],
  ['https://claude.ai/', 'Claude', 'assistant'],
  ['https://www.perplexity.ai/', 'Perplexity', 'assistant'],
  ['https://copilot.microsoft.com/', 'Copilot', 'assistant'],
  ['https://chat.mistral.ai/', 'Le Chat', 'assistant'],
  ['https://mail.google.com/', 'Gmail', 'email'],
  ['android-app://com.google.android.gm/', 'Gmail', 'email'],
  ['https://outlook.live.com/mail/0/', 'Outlook', 'email'],
  ['https://webmail.company.example/', 'webmail.company.example', 'email'],
  ['https://zimbra.mairie.example/', 'zimbra.mairie.example', 'email'],
  ['https://mail.example/', 'mail.example', 'referral'],
  ['https://www.amazon.fr/dp/1', 'Amazon', 'organic_shopping'],
  ['https://www.leboncoin.fr/', 'leboncoin', 'organic_shopping'],
  ['https://fr.wikipedia.org/', 'Wikipedia', 'referral'],
  ['https://blog.friend.example/post', 'blog.friend.example', 'referral'],
  ['android-app://com.friend.example/', 'com.friend.example', 'referral'],
  ['https://FRIEND.example./', 'friend.example', 'referral'],
  ['https://www.google.evil.example/', 'google.evil.example', 'referral'],
  ['https://google.abc.example/', 'google.abc.example', 'referral'],
  ['https://google.shop/', 'google.shop', 'referral'],
  ['https://www.facebook.com.evil.example/', 'facebook.com.evil.example', 'referral'],
  ['https://fb/', 'fb', 'referral'],
])('%s is %s, %s', (referrer, source, channel) => {
  expect(originOf(referrer)).toMatchObject({ source, channel });
});

// GA4's definitions, one by one (https://support.google.com/analytics/answer/9756891), and what Plausible's users write.
test.each([
  ['?utm_source=vitrine&utm_medium=qr', 'vitrine', 'qr'],
  ['?utm_source=vitrine&utm_medium=QR-code', 'vitrine', 'qr'],
  ['?utm_source=qr', 'qr', 'qr'],
  ['?utm_medium=qrcode', 'qrcode', 'qr'],
  ['?utm_source=google&utm_medium=cpc', 'Google', 'paid_search'],
  ['?utm_source=Google&utm_medium=PPC', 'Google', 'paid_search'],
  ['?utm_source=bing&utm_medium=paidsearch', 'Bing', 'paid_search'],
  ['?utm_source=duckduckgo.com&utm_medium=cpc', 'DuckDuckGo', 'paid_search'],
  ['?utm_source=adwords', 'Google', 'paid_search'],
  ['?utm_source=google-ads', 'Google', 'paid_search'],
  ['?utm_source=facebook&utm_medium=paid_social', 'Facebook', 'paid_social'],
  ['?utm_source=fb&utm_medium=paid', 'Facebook', 'paid_social'],
  ['?utm_source=fb_ads', 'Facebook', 'paid_social'],
  ['?utm_source=LinkedIn Ads', 'LinkedIn', 'paid_social'],
  ['?utm_source=tiktokads&utm_medium=social', 'TikTok', 'paid_social'],
  ['?utm_source=threads', 'Threads', 'organic_social'],
  ['?utm_source=ig&utm_medium=social', 'Instagram', 'organic_social'],
  ['?utm_source=twitter', 'X', 'organic_social'],
  ['?utm_source=partner&utm_medium=social media', 'partner', 'organic_social'],
  ['?utm_source=partner&utm_medium=social-network', 'partner', 'organic_social'],
  ['?utm_source=partner&utm_medium=sm', 'partner', 'organic_social'],
  ['?utm_source=youtube&utm_medium=social', 'YouTube', 'organic_social'],
  ['?utm_source=youtube', 'YouTube', 'organic_video'],
  ['?utm_source=partner&utm_medium=video', 'partner', 'organic_video'],
  ['?utm_source=youtube&utm_medium=cpc', 'YouTube', 'paid_video'],
  ['?utm_source=x&utm_medium=cpc&utm_campaign=shopping-spring', 'X', 'paid_shopping'],
  ['?utm_source=amazon&utm_medium=cpc', 'Amazon', 'paid_shopping'],
  ['?utm_source=x&utm_campaign=e-shop', 'X', 'organic_shopping'],
  ['?utm_source=partner&utm_campaign=eshop-2026', 'partner', 'organic_shopping'],
  ['?utm_source=partner&utm_campaign=workshop', 'partner', 'referral'],
  ['?utm_source=partner&utm_medium=cpm', 'partner', 'display'],
  ['?utm_source=partner&utm_medium=banner', 'partner', 'display'],
  ['?utm_source=partner&utm_medium=interstitial', 'partner', 'display'],
  ['?utm_source=partner&utm_medium=retargeting', 'partner', 'paid_other'],
  ['?utm_source=partner&utm_medium=cpa', 'partner', 'paid_other'],
  ['?utm_source=google&utm_medium=organic', 'Google', 'organic_search'],
  ['?utm_source=partner&utm_medium=organic', 'partner', 'organic_search'],
  ['?utm_source=newsletter', 'newsletter', 'email'],
  ['?utm_source=brevo&utm_medium=e-mail', 'Brevo', 'email'],
  ['?utm_source=partner&utm_medium=E_mail', 'partner', 'email'],
  ['?utm_source=partner&utm_medium=e mail', 'partner', 'email'],
  ['?utm_source=awin&utm_medium=affiliate', 'Awin', 'affiliate'],
  ['?utm_source=spotify&utm_medium=audio', 'Spotify', 'audio'],
  ['?utm_source=sms', 'sms', 'sms'],
  ['?utm_source=brand&utm_medium=sms', 'brand', 'sms'],
  ['?utm_source=app&utm_medium=web-push', 'app', 'push'],
  ['?utm_source=app&utm_medium=mobile', 'app', 'push'],
  ['?utm_source=app&utm_medium=notification', 'app', 'push'],
  ['?utm_source=firebase', 'firebase', 'push'],
  ['?utm_source=g&utm_campaign=Cross-Network', 'g', 'cross_network'],
  ['?utm_source=chatgpt.com', 'ChatGPT', 'assistant'],
  ['?utm_source=perplexity', 'Perplexity', 'assistant'],
  ['?utm_source=chatgpt.com&utm_medium=cpc', 'ChatGPT', 'paid_other'],
  ['?utm_source=friend&utm_medium=link', 'friend', 'referral'],
  ['?utm_medium=referral', 'referral', 'referral'],
  ['?utm_campaign=spring', '(none)', '(direct)'],
  ['?gclid=1', 'Google', 'paid_search'],
  ['?gbraid=1', 'Google', 'paid_search'],
  ['?wbraid=1', 'Google', 'paid_search'],
  ['?dclid=1', 'Google', 'display'],
  ['?msclkid=1', 'Bing', 'paid_search'],
  ['?yclid=1', 'Yandex', 'paid_search'],
  ['?ttclid=1', 'TikTok', 'paid_social'],
  ['?twclid=1', 'X', 'paid_social'],
  ['?li_fat_id=1', 'LinkedIn', 'paid_social'],
  ['?qclid=1', 'Quora', 'paid_social'],
  ['?irclickid=1', 'Impact', 'affiliate'],
  ['?fbclid=1', 'Facebook', 'organic_social'],
  ['?fbclid=1&utm_source=ig&utm_medium=paid', 'Instagram', 'paid_social'],
  ['?li_fat_id=1&utm_source=linkedin&utm_medium=social', 'LinkedIn', 'paid_social'],
])('%s is %s, %s', (query, source, channel) => {
  expect(originOf(undefined, query)).toMatchObject({ source, channel });
});

test.each([
  ['https://www.google.com/', '?gclid=1', 'Google', 'paid_search'],
  ['https://www.youtube.com/', '?gclid=1', 'YouTube', 'paid_video'],
  ['https://news.example/', '?gclid=1', 'Google', 'paid_other'],
  ['https://l.instagram.com/', '?fbclid=1', 'Instagram', 'organic_social'],
  ['https://blog.example/', '?fbclid=1', 'blog.example', 'referral'],
  ['https://www.google.com/', '?utm_source=brevo&utm_medium=email', 'Brevo', 'email'],
  ['https://www.paypal.com/', '?utm_source=brevo&utm_medium=email', 'Brevo', 'email'],
])('%s with %s is %s, %s', (referrer, query, source, channel) => {
  expect(originOf(referrer, query)).toMatchObject({ source, channel });
});

test.each([
  [undefined, null],
  ['', null],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['file://server/page.html', null],
  ['not a url', null],
  ['https://shop.example/cart', 'own'],
  ['https://www.shop.example/', 'own'],
  ['https://pay.shop.example/', 'own'],
  ['https://brand.example/', 'own'],
  ['https://help.brand.example/x', 'own'],
  ['https://www.paypal.com/checkout', 'payment'],
  ['https://checkout.stripe.com/pay', 'payment'],
  ['https://live.adyen.com/', 'payment'],
  ['https://paiement.systempay.fr/', 'payment'],
  ['https://secure.payplug.com/', 'payment'],
  ['https://secure.lyra.com/', 'payment'],
  ['https://payment.cawl-solutions.worldline.com/', 'payment'],
  ['https://3ds.bank.example/', 'payment'],
  ['https://acs-3ds.bank.example/', 'payment'],
  ['https://secure.3dsecure.bank.example/', 'payment'],
  ['https://pay.google.com/', 'payment'],
  ['https://payments.amazon.fr/', 'payment'],
  ['https://accounts.google.com/', 'sign_in'],
  ['https://accounts.google.fr/', 'sign_in'],
  ['https://login.microsoftonline.com/', 'sign_in'],
  ['https://appleid.apple.com/', 'sign_in'],
  ['https://app.franceconnect.gouv.fr/', 'sign_in'],
  ['https://brand.eu.auth0.com/', 'sign_in'],
] as const)('a referrer %j starts nothing new', (referrer, why) => {
  const { origin, aside } = decide(referrer);
  expect(origin).toBeNull();
  expect(aside?.why ?? null).toBe(why);
});

test('every payment and sign-in host stands aside, with whatever stands before it', () => {
  for (const host of `${PAYMENT_HOSTS} ${SIGN_IN_HOSTS}`.split(' ').map((one) => one.replace('.*', '.fr')))
    for (const name of [host, `a.b.${host}`]) expect(originOf(`https://${name}/`), name).toBeNull();
});

test('a page opened inside an app came from the app, unless it says otherwise', () => {
  const instagram = { browser: 'Instagram' };
  expect(originOf(undefined, '', instagram)).toMatchObject({ referrer: null, source: 'Instagram', channel: 'organic_social' });
  expect(originOf('', '', { browser: 'LinkedIn' })).toMatchObject({ source: 'LinkedIn' });
  expect(originOf('https://shop.example/', '', instagram)).toBeNull();
  expect(originOf('https://www.paypal.com/', '', instagram)).toBeNull();
  expect(originOf('https://l.facebook.com/', '', instagram)).toMatchObject({ source: 'Facebook' });
  expect(originOf(undefined, '?utm_source=letter', instagram)).toMatchObject({ source: 'letter' });
  expect(originOf(undefined, '', { browser: 'GSA' })).toBeNull();
});

const WEBVIEW = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83';
test.each([
  [`${WEBVIEW} Instagram 355.0.0.28.107 (iPhone15,2; iOS 18_1; fr_FR; fr; scale=3.00; 1179x2556; 655234567)`, 'Instagram'],
  [`${WEBVIEW} [FBAN/FBIOS;FBAV/489.0.0.46.106;FBBV/659412345;FBDV/iPhone15,2]`, 'Facebook'],
  [`${WEBVIEW} [LinkedInApp]/9.30.1`, 'LinkedIn'],
  [`${WEBVIEW} musical_ly_36.4.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/fr`, 'TikTok'],
  [`${WEBVIEW} Snapchat/13.10.0.42 (like Safari/8619.2.8.10.7, panda)`, 'Snapchat'],
  [`${WEBVIEW} Safari/604.1`, undefined],
])('%s is inside %s', (agent, source) => {
  const browser = BROWSERS[readTechnology(agent).browser] ?? '';
  expect(originOf(undefined, '', { browser })?.source).toBe(source);
});

test('audience mode knows referrers and no campaign', () => {
  const audience = { campaign: NO_CAMPAIGN };
  expect(originOf('https://www.google.com/', '?gclid=1&utm_source=x', audience)).toMatchObject({ channel: 'organic_search' });
  expect(originOf(undefined, '?gclid=1&utm_source=x', audience)).toBeNull();
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'google',
    'fb_ads',
    'cpc',
    'display',
    'qr',
    'e-mail',
    'shop',
    'organic',
    'cross-network',
    'sms',
    'web-push',
    'video',
  ),
);
const referrers = fc.oneof(
  text.map((host) => `https://${host}/`),
  fc.constantFrom('', 'https://www.google.fr/', 'https://t.co/', 'android-app://com.slack/', 'https://paypal.com/'),
);
const queries = fc
  .dictionary(fc.constantFrom('utm_source', 'utm_medium', 'utm_campaign', 'utm_term', ...CLICK_IDS.map(({ name }) => name)), text)
  .map((said) => `?${new URLSearchParams(Object.entries(said).map(([k, value]) => [k, value.toWellFormed()]))}`);

test('every origin has exactly one channel: that of the first rule that holds', () => {
  const channels = new Set<string>(CHANNELS);
  fc.assert(
    fc.property(referrers, queries, (referrer, query) => {
      const { origin, rule } = decide(referrer, query);
      const named = CHANNEL_RULES[rule]?.channel;
      expect(named).toBeDefined();
      if (origin) {
        expect(origin.channel).toBe(named);
        expect(channels.has(origin.channel)).toBe(true);
        expect(origin.source).not.toBe('');
      } else expect(named).toBe('(direct)');
    }),
    { numRuns: 500 },
  );
});

test('the value of a click id changes nothing and is nowhere in an origin', () => {
  fc.assert(
    fc.property(referrers, fc.constantFrom(...CLICK_IDS.map(({ name }) => name)), (referrer, name) => {
      const [a, b] = [decide(referrer, `?${name}=canary-1`), decide(referrer, `?${name}=`)];
      expect(a).toEqual(b);
      expect(JSON.stringify(a)).not.toContain('canary');
    }),
  );
});
