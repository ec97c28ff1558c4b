/** Names behind the small numbers of devices, browsers, systems and languages. */

/** Append only: the position of a name is what is stored. 0 is unknown. */
export const DEVICES = ['unknown', 'desktop', 'mobile', 'tablet', 'tv', 'console', 'wearable', 'kiosk'] as const;
export const BROWSERS = [
  'unknown',
  'Chrome',
  'Safari',
  'Firefox',
  'Edge',
  'Opera',
  'Samsung Internet',
  'Android Browser',
  'Chrome WebView',
  'Mobile Safari WebView',
  'DuckDuckGo',
  'Brave',
  'Vivaldi',
  'Yandex',
  'UC Browser',
  'MIUI Browser',
  'Huawei Browser',
  'Silk',
  'IE',
  'Facebook',
  'Instagram',
  'TikTok',
  'LinkedIn',
  'Pinterest',
  'Snapchat',
  'GSA',
  'WeChat',
  'Line',
  'Ecosia',
  'Whale',
  'QQBrowser',
  'other',
] as const;
export const SYSTEMS = [
  'unknown',
  'Windows',
  'macOS',
  'iOS',
  'Android',
  'Linux',
  'ChromeOS',
  'iPadOS',
  'HarmonyOS',
  'Tizen',
  'webOS',
  'KaiOS',
  'PlayStation',
  'Nintendo',
  'Xbox',
  'other',
] as const;

/** The two letters behind a language number (`aa` = 1), or null. */
export function spellLanguage(number: number): string | null {
  return number > 0 && number <= 676 ? String.fromCharCode(97 + Math.floor((number - 1) / 26), 97 + ((number - 1) % 26)) : null;
}
