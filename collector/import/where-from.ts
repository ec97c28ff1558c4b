/** Where a visit came from, by our own rules, from what another tool kept of it. */
import type { Campaign } from '../acquisition/campaign.ts';
import { decideOrigin } from '../acquisition/origin.ts';
import { sourceNamed } from '../acquisition/sources.ts';
import { DIRECT_CHANNEL } from '../store/channel-names.ts';
import { BETWEEN, type ImportedDimension } from '../store/imported-dimensions.ts';
import type { Site } from '../store/sites.ts';

const NONE = '(none)';
const DIRECT = '(direct)';
export type Hint = {
  /** A host with or without a path, no scheme; '' = none. */
  referrer: string;
  /** What the tool itself called the source; '' = it had no name for it. */
  named: string;
  campaign: Omit<Campaign, 'clickId'>;
  browser: string;
};

/** Values of all dimensions that say where from. */
export function whereFrom(site: Site, hint: Hint): [dimension: ImportedDimension, value: string][] {
  const { campaign } = hint;
  const { origin } = decideOrigin({
    referrer: hint.referrer === '' ? undefined : `https://${hint.referrer}`,
    // With nothing but a name, the name is all the rules have to go by.
    campaign: { ...campaign, source: campaign.source ?? (hint.referrer === '' ? hint.named || null : null), clickId: null },
    hosts: site.hosts,
    pageHost: site.hosts[0] ?? '',
    rules: site.rules ?? [],
    browser: hint.browser,
  });
  const named = hint.named === '' ? null : (sourceNamed(hint.named)?.name ?? hint.named);
  const channel = origin?.channel ?? DIRECT_CHANNEL;
  const source = (origin && (campaign.source === null ? (named ?? origin.source) : origin.source)) ?? DIRECT;
  return [
    ['channel', channel],
    ['source', source],
    // The overview shows both side by side.
    ['source_channel', source + BETWEEN + channel],
    ['referrer', origin?.referrer ?? NONE],
    ['utm_source', campaign.source ?? NONE],
    ['utm_medium', campaign.medium ?? NONE],
    ['utm_campaign', campaign.campaign ?? NONE],
    ['utm_content', campaign.content ?? NONE],
    ['utm_term', campaign.term ?? NONE],
  ];
}
