/** A site's own rules against an arrival: they come before the built-in ones. */
import type { SiteRule } from '../store/site-rules.ts';
import type { Campaign } from './campaign.ts';
import { matchesGlob } from './glob.ts';

/** A host alone stands for its subdomains as well. */
const matchesHost = (pattern: string, host: string): boolean =>
  pattern.includes('*') ? matchesGlob(pattern, host) : host === pattern || host.endsWith(`.${pattern}`);

/** Does a rule hold? A source is compared with what the campaign wrote and with the name we give it. */
function holds(rule: SiteRule, referrer: string | null, campaign: Campaign, sourceName: string): boolean {
  const { source, medium } = rule;
  return (
    (rule.referrer === undefined || (referrer !== null && matchesHost(rule.referrer, referrer))) &&
    (source === undefined || [campaign.source ?? '', sourceName].some((text) => text !== '' && matchesGlob(source, text))) &&
    (medium === undefined || (campaign.medium !== null && matchesGlob(medium, campaign.medium))) &&
    (rule.campaign === undefined || (campaign.campaign !== null && matchesGlob(rule.campaign, campaign.campaign)))
  );
}

/** Position of the first rule that holds, or -1. */
export const findOwnRule = (
  rules: readonly SiteRule[],
  referrer: string | null,
  campaign: Campaign,
  sourceName: string,
): number => rules.findIndex((rule) => holds(rule, referrer, campaign, sourceName));
