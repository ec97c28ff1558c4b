/** The campaign parameters of an address: the five UTM values, and the name of a click id. */
import { cleanText } from '../store/clean-text.ts';
import { CLICK_IDS } from './click-ids.ts';

export type Campaign = {
  source: string | null;
  medium: string | null;
  campaign: string | null;
  content: string | null;
  term: string | null;
  /** Name of the click parameter that was present; its value is never read. */
  clickId: string | null;
};

const VALUE_CHARS = 120;

/** What audience mode knows of any campaign. */
export const NO_CAMPAIGN: Campaign = { source: null, medium: null, campaign: null, content: null, term: null, clickId: null };

/** The part of a fragment that is a hash route (`#/…`, `#!/…`) and the query behind it; nothing for any other fragment. */
export function splitRoute(hash: string): { route: string; query: string } {
  const [route = '', query = ''] = /^#!?\//.test(hash) ? hash.split('?') : [];
  return { route, query };
}

/** Reads the parameters by an allow-list. With hash routes the campaign comes after the route, as the tag writes it. */
export function readCampaign(url: URL): Campaign {
  const query = new URLSearchParams(url.search || splitRoute(url.hash).query);
  const value = (name: string) => cleanText(query.get(name) ?? '', VALUE_CHARS) || null;
  return {
    source: value('utm_source'),
    medium: value('utm_medium'),
    campaign: value('utm_campaign'),
    content: value('utm_content'),
    term: value('utm_term'),
    clickId: CLICK_IDS.find(({ name }) => query.has(name))?.name ?? null,
  };
}
