/** Device class, browser, operating system and language as small numbers. The only door to ua-parser-js. */
import UAParser from 'ua-parser-js';
import { BROWSERS, DEVICES, SYSTEMS } from '../store/technology-names.ts';

const AGENT_CHARS = 512;
const renamed: Record<string, string> = {
  'Mobile Safari': 'Safari',
  'Mobile Chrome': 'Chrome',
  'Mobile Firefox': 'Firefox',
  'Chrome Headless': 'Chrome',
  Chromium: 'Chrome',
  'Opera Mini': 'Opera',
  'Opera Mobi': 'Opera',
  'Opera GX': 'Opera',
  'Samsung Browser': 'Samsung Internet',
  WebKit: 'Mobile Safari WebView',
  IEMobile: 'IE',
  'Mac OS': 'macOS',
  'Chromium OS': 'ChromeOS',
  'Chrome OS': 'ChromeOS',
  Ubuntu: 'Linux',
  Debian: 'Linux',
  Fedora: 'Linux',
  'Windows Phone': 'Windows',
};

function position(names: readonly string[], name: string | undefined): number {
  if (name === undefined || name === '') return 0;
  const at = names.indexOf(renamed[name] ?? name);
  return at >= 0 ? at : names.indexOf('other');
}

const positionOfDevice = (type: string) => {
  const names: readonly string[] = DEVICES;
  return Math.max(0, names.indexOf(type));
};

export type Technology = { device: number; browser: number; os: number };

const parsed = new Map<string, Technology>();

/** Reads at most 512 characters of a user agent; the text itself is kept nowhere but in this isolate's short memory. */
export function readTechnology(userAgent: string): Technology {
  const agent = userAgent.slice(0, AGENT_CHARS);
  const known = parsed.get(agent);
  if (known) return known;
  const { browser, device, os } = new UAParser(agent).getResult();
  const type = device.type === 'smarttv' ? 'tv' : device.type;
  const technology = {
    device: positionOfDevice(type ?? (os.name ? 'desktop' : 'unknown')),
    browser: position(BROWSERS, browser.name),
    os: position(SYSTEMS, os.name),
  };
  if (parsed.size > 2_000) parsed.clear();
  parsed.set(agent, technology);
  return technology;
}

/** Two-letter language of an Accept-Language header as a number (`aa` = 1), or 0. */
export function readLanguage(acceptLanguage: string): number {
  const match = /^\s*([a-z])([a-z])(?![a-z])/i.exec(acceptLanguage);
  if (!match?.[1] || !match[2]) return 0;
  const letter = (c: string) => c.toLowerCase().charCodeAt(0) - 97;
  return letter(match[1]) * 26 + letter(match[2]) + 1;
}
