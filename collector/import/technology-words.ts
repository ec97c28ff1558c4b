/** What other tools call devices, browsers and systems, in our words, so that their rows meet ours. */
import { BROWSERS, DEVICES, SYSTEMS } from '../store/technology-names.ts';

const UNKNOWN = 'unknown';
const byLowerCase = (names: readonly string[]) => new Map(names.map((name) => [name.toLowerCase(), name]));
const known = { device: byLowerCase(DEVICES), browser: byLowerCase(BROWSERS), os: byLowerCase(SYSTEMS) };
const renamed: Record<keyof typeof known, Record<string, string>> = {
  device: { laptop: 'desktop', 'ultra-wide': 'desktop', phone: 'mobile' },
  browser: {
    // Umami writes the names of the package detect-browser, Plausible those of Matomo's detector.
    'mobile app': 'other',
    'microsoft edge': 'Edge',
    'edge-chromium': 'Edge',
    'edge-ios': 'Edge',
    crios: 'Chrome',
    'chromium-webview': 'Chrome WebView',
    fxios: 'Firefox',
    'mobile firefox': 'Firefox',
    ios: 'Safari',
    'ios-webview': 'Mobile Safari WebView',
    'mobile safari': 'Safari',
    samsung: 'Samsung Internet',
    'samsung browser': 'Samsung Internet',
    'opera-mini': 'Opera',
    'internet explorer': 'IE',
    yandexbrowser: 'Yandex',
    'yandex browser': 'Yandex',
    'android browser': 'Android Browser',
    'uc browser': 'UC Browser',
  },
  os: {
    mac: 'macOS',
    'mac os': 'macOS',
    'gnu/linux': 'Linux',
    ubuntu: 'Linux',
    'android os': 'Android',
    'chrome os': 'ChromeOS',
    'windows mobile': 'Windows',
  },
};

/** `Chrome 128` or `Windows 10` without what version it is. */
const withoutVersion = (name: string) => name.replace(/[\s/]+(?:\d[\d.]*|server \d+|xp|vista)$/i, '');

/** Our name; the tool's own where we have none, `unknown` where it has none. */
export function ourName(kind: keyof typeof known, name: string): string {
  const bare = withoutVersion(name.trim());
  const key = bare.toLowerCase();
  if (key === '' || key === '(not set)') return UNKNOWN;
  return renamed[kind][key] ?? known[kind].get(key) ?? bare;
}
