/** The tester of the channel rules: what a visit to an address from a referrer would count as. */
import { readUrl } from '../store/read-url.ts';
import { type Campaign, NO_CAMPAIGN, readCampaign } from './campaign.ts';
import { type Arrival, type Decision, decideOrigin, hostOfReferrer } from './origin.ts';
import { isAllowedHost } from './own-hosts.ts';
import { isSpamReferrer } from './spam-referrers.ts';

/** What a person pasted. An address without `https://` is meant with it. */
export type Trial = { address: string; referrer: string; engagement: boolean };
export type TrialProblem = 'bad_address' | 'wrong_host' | 'bad_referrer';
export type Tried =
  | { ok: false; problem: TrialProblem }
  | {
      ok: true;
      decision: Decision;
      /** One of the site's own rules named the channel; no built-in rule was asked. */
      decidedByOwn: boolean;
      /** The address has campaign parameters, but audience mode does not read them. */
      unread: boolean;
      /** The hit would be refused: its referrer is a known spammer. */
      spam: boolean;
    };

const CHARS = 2_048;
const withScheme = (text: string): string => (/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
const isMarked = (campaign: Campaign): boolean => Object.values(campaign).some((value) => value !== null);

/** Decides as the collector would, with the same function. An empty address is the site's first host. */
export function tryAddress(trial: Trial, site: Pick<Arrival, 'hosts' | 'rules'>): Tried {
  const page = readUrl(withScheme(trial.address.trim().slice(0, CHARS) || (site.hosts[0] ?? '').replace('*.', '')));
  if (!page || !/^https?:$/.test(page.protocol) || page.hostname === '') return { ok: false, problem: 'bad_address' };
  const pageHost = page.hostname.toLowerCase();
  if (!isAllowedHost(site.hosts, pageHost)) return { ok: false, problem: 'wrong_host' };
  const referrer = trial.referrer.trim().slice(0, CHARS);
  const sent = referrer === '' ? undefined : withScheme(referrer);
  if (sent !== undefined && hostOfReferrer(sent) === null) return { ok: false, problem: 'bad_referrer' };
  const campaign = readCampaign(page);
  const decision = decideOrigin({
    ...site,
    referrer: sent,
    campaign: trial.engagement ? campaign : NO_CAMPAIGN,
    pageHost,
    browser: '',
  });
  const host = decision.origin?.referrer;
  const own = decision.ownRule === null ? undefined : site.rules[decision.ownRule];
  return {
    ok: true,
    decision,
    decidedByOwn: own?.channel !== undefined,
    unread: !trial.engagement && isMarked(campaign),
    spam: host ? isSpamReferrer(host) : false,
  };
}
