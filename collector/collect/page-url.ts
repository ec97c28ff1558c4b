/** Splits a page's URL into what may be kept: host, path, and in engagement mode the campaign parameters. */
import { cleanText } from '../store/clean-text.ts';
import { readUrl } from '../store/read-url.ts';

export type Campaign = {
  source: string | null;
  medium: string | null;
  campaign: string | null;
  content: string | null;
  term: string | null;
  /** Name of the ad network's click parameter that was present; its value is never read. */
  clickId: string | null;
};
export type PageUrl = { host: string; path: string; campaign: Campaign };

/** Parameters that ad networks add to identify a click. Only their names mean something to us. */
export const CLICK_IDS = ['gclid', 'gbraid', 'wbraid', 'fbclid', 'msclkid', 'ttclid', 'twclid', 'li_fat_id', 'yclid'] as const;
const PATH_CHARS = 1_024;
const VALUE_CHARS = 120;

const noCampaign: Campaign = { source: null, medium: null, campaign: null, content: null, term: null, clickId: null };

/** An e-mail address in a path (`/unsubscribe/lea@example.fr`) says who it was: what is stored says only that there was one. */
const ADDRESS = /[^/\s@]+@[^/\s@]+\.[^/\s@]+/g;

/** The path as people read it: percent-escapes decoded where they are valid, never throwing. */
function readablePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/**
 * @param url absolute http(s) URL as the tag sent it; at most 2,048 characters.
 * @param withCampaign false in audience mode: then no parameter is looked at.
 * @returns null when it is no http(s) URL. A fragment is kept only as a hash route (`#/…`), every other one is dropped.
 */
export function readPageUrl(url: string, withCampaign: boolean): PageUrl | null {
  const parsed = readUrl(url);
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') || parsed.hostname === '') return null;
  const [route = '', routeQuery = ''] = /^#!?\//.test(parsed.hash) ? parsed.hash.split('?') : [];
  const path = cleanText(readablePath(parsed.pathname + route).replace(ADDRESS, '(address)'), PATH_CHARS) || '/';
  const host = parsed.hostname.toLowerCase();
  if (!withCampaign) return { host, path, campaign: noCampaign };
  // With hash routes the tag writes the campaign after the route.
  const query = new URLSearchParams(parsed.search || routeQuery);
  const value = (name: string) => cleanText(query.get(name) ?? '', VALUE_CHARS) || null;
  return {
    host,
    path,
    campaign: {
      source: value('utm_source'),
      medium: value('utm_medium'),
      campaign: value('utm_campaign'),
      content: value('utm_content'),
      term: value('utm_term'),
      clickId: CLICK_IDS.find((name) => query.has(name)) ?? null,
    },
  };
}

/** Whether a host is one the site owner allowed: itself, or for `*.example.com` that domain and its subdomains. */
export function isAllowedHost(hosts: readonly string[], host: string): boolean {
  return hosts.some((allowed) =>
    allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) || host === allowed.slice(2) : host === allowed,
  );
}
