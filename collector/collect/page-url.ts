/** Splits a page's URL into what may be kept: host, path, and in engagement mode the campaign parameters. */
import { type Campaign, NO_CAMPAIGN, readCampaign, splitRoute } from '../acquisition/campaign.ts';
import { cleanText } from '../store/clean-text.ts';
import { readUrl } from '../store/read-url.ts';

export type PageUrl = { host: string; path: string; campaign: Campaign };

const PATH_CHARS = 1_024;

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
  const { route } = splitRoute(parsed.hash);
  const path = cleanText(readablePath(parsed.pathname + route).replace(ADDRESS, '(address)'), PATH_CHARS) || '/';
  return { host: parsed.hostname.toLowerCase(), path, campaign: withCampaign ? readCampaign(parsed) : NO_CAMPAIGN };
}
