/** Where visits come from: referring hosts and their names, by kind. Data, first match wins, most specific suffix first. */

export type SourceKind = 'search' | 'social' | 'video' | 'assistant' | 'email' | 'shopping';

/** host suffix -> [display name, kind]. A leading `*` matches any suffix of the public domain, e.g. google.fr. */
export const SOURCES: readonly (readonly [suffix: string, name: string, kind: SourceKind])[] = [
  ['mail.google.com', 'Gmail', 'email'],
  ['gemini.google.com', 'Gemini', 'assistant'],
  ['shopping.google.com', 'Google Shopping', 'shopping'],
  ['news.google.com', 'Google News', 'search'],
  ['google.*', 'Google', 'search'],
  ['googlequicksearchbox', 'Google', 'search'],
  ['copilot.microsoft.com', 'Copilot', 'assistant'],
  ['bing.com', 'Bing', 'search'],
  ['duckduckgo.com', 'DuckDuckGo', 'search'],
  ['qwant.com', 'Qwant', 'search'],
  ['ecosia.org', 'Ecosia', 'search'],
  ['mail.yahoo.com', 'Yahoo Mail', 'email'],
  ['search.yahoo.*', 'Yahoo', 'search'],
  ['yahoo.*', 'Yahoo', 'search'],
  ['yandex.*', 'Yandex', 'search'],
  ['baidu.com', 'Baidu', 'search'],
  ['search.brave.com', 'Brave Search', 'search'],
  ['startpage.com', 'Startpage', 'search'],
  ['lilo.org', 'Lilo', 'search'],
  ['swisscows.com', 'Swisscows', 'search'],
  ['kagi.com', 'Kagi', 'search'],
  ['facebook.com', 'Facebook', 'social'],
  ['instagram.com', 'Instagram', 'social'],
  ['threads.net', 'Threads', 'social'],
  ['threads.com', 'Threads', 'social'],
  ['linkedin.com', 'LinkedIn', 'social'],
  ['lnkd.in', 'LinkedIn', 'social'],
  ['twitter.com', 'X', 'social'],
  ['t.co', 'X', 'social'],
  ['x.com', 'X', 'social'],
  ['pinterest.*', 'Pinterest', 'social'],
  ['reddit.com', 'Reddit', 'social'],
  ['tiktok.com', 'TikTok', 'social'],
  ['snapchat.com', 'Snapchat', 'social'],
  ['bsky.app', 'Bluesky', 'social'],
  ['mastodon.social', 'Mastodon', 'social'],
  ['whatsapp.com', 'WhatsApp', 'social'],
  ['wa.me', 'WhatsApp', 'social'],
  ['t.me', 'Telegram', 'social'],
  ['telegram.org', 'Telegram', 'social'],
  ['discord.com', 'Discord', 'social'],
  ['slack.com', 'Slack', 'social'],
  ['teams.microsoft.com', 'Teams', 'social'],
  ['github.com', 'GitHub', 'social'],
  ['news.ycombinator.com', 'Hacker News', 'social'],
  ['youtube.com', 'YouTube', 'video'],
  ['youtu.be', 'YouTube', 'video'],
  ['vimeo.com', 'Vimeo', 'video'],
  ['dailymotion.com', 'Dailymotion', 'video'],
  ['twitch.tv', 'Twitch', 'video'],
  ['chatgpt.com', 'ChatGPT', 'assistant'],
  ['chat.openai.com', 'ChatGPT', 'assistant'],
  ['claude.ai', 'Claude', 'assistant'],
  ['perplexity.ai', 'Perplexity', 'assistant'],
  ['chat.mistral.ai', 'Le Chat', 'assistant'],
  ['chat.deepseek.com', 'DeepSeek', 'assistant'],
  ['grok.com', 'Grok', 'assistant'],
  ['phind.com', 'Phind', 'assistant'],
  ['outlook.live.com', 'Outlook', 'email'],
  ['outlook.office.com', 'Outlook', 'email'],
  ['mail.proton.me', 'Proton Mail', 'email'],
  ['messagerie.orange.fr', 'Orange Mail', 'email'],
  ['webmail.free.fr', 'Free', 'email'],
  ['laposte.net', 'La Poste', 'email'],
  ['amazon.*', 'Amazon', 'shopping'],
  ['etsy.com', 'Etsy', 'shopping'],
  ['ebay.*', 'eBay', 'shopping'],
  ['leboncoin.fr', 'leboncoin', 'shopping'],
];

/** Hosts that only pass a visitor on: payment and sign-in pages never start a new source. */
export const PASS_THROUGH_HOSTS: readonly string[] = [
  'paypal.com',
  'stripe.com',
  'checkout.stripe.com',
  'klarna.com',
  'adyen.com',
  'payplug.com',
  'secure.payzen.eu',
  'accounts.google.com',
  'appleid.apple.com',
  'login.microsoftonline.com',
  'franceconnect.gouv.fr',
];

const bySuffix = new Map(SOURCES.map(([suffix, name, kind]) => [suffix, { name, kind }]));
/** What ad platforms and people write as `utm_source` instead of a name. */
const ALIASES: readonly (readonly [alias: string, host: string])[] = [
  ['fb', 'facebook.com'],
  ['ig', 'instagram.com'],
  ['yt', 'youtube.com'],
  ['twitter', 'twitter.com'],
  ['adwords', 'google.*'],
  ['google-ads', 'google.*'],
];
const byName = new Map([
  ...SOURCES.map(([, name, kind]) => [name.toLowerCase(), { name, kind }] as const),
  ...ALIASES.flatMap(([alias, host]) => {
    const found = bySuffix.get(host);
    return found ? [[alias, found] as const] : [];
  }),
]);
/** A public domain of two labels, as in `google.co.uk`: the first of them is short. */
const SECOND_LEVEL_CHARS = 3;

/** Name and kind of a referring host, or null when it is just a website. */
export function sourceOfHost(host: string): { name: string; kind: SourceKind } | null {
  const labels = host.split('.');
  for (let i = 0; i < labels.length; i += 1) {
    const suffix = labels.slice(i).join('.');
    const exact = bySuffix.get(suffix);
    if (exact) return exact;
    for (const tail of [1, 2]) {
      if (tail === 2 && (labels.at(-2) ?? '').length > SECOND_LEVEL_CHARS) continue;
      const wild = labels.length - i > tail ? bySuffix.get(`${labels.slice(i, labels.length - tail).join('.')}.*`) : undefined;
      if (wild) return wild;
    }
  }
  return null;
}

/** Name and kind of what a campaign calls its source (`utm_source=google`), or null. */
export function sourceOfCampaign(source: string): { name: string; kind: SourceKind } | null {
  return byName.get(source.toLowerCase()) ?? (source.includes('.') ? sourceOfHost(source.toLowerCase()) : null);
}
