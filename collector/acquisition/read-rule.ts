/** One of a site's rules as somebody typed it into a form becomes a rule, or what is wrong with it. */
import { CHANNELS, type Channel } from '../store/channel-names.ts';
import { cleanText } from '../store/clean-text.ts';
import { readUrl } from '../store/read-url.ts';
import { RULE_LIMITS, type SiteRule } from '../store/site-rules.ts';
import { isOwnReferrer } from './own-hosts.ts';
import { passThroughOf } from './pass-through.ts';

export const RULE_FIELDS = ['referrer', 'source', 'medium', 'campaign', 'outcome', 'name'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];
/** The form as it was sent. `outcome` is a channel, `aside`, or empty for "as the built-in rules decide". */
export type RuleForm = Record<RuleField, string>;
export type RuleProblem =
  | 'no_condition'
  | 'no_effect'
  | 'bad_referrer'
  | 'own_referrer'
  | 'aside_already'
  | 'aside_needs_referrer'
  | 'too_long'
  | 'unknown_channel';
export type ReadRule = { ok: true; rule: SiteRule } | { ok: false; problem: RuleProblem; field: RuleField };

const isChannel = (text: string): text is Channel => CHANNELS.some((channel) => channel === text);
const refuse = (problem: RuleProblem, field: RuleField): ReadRule => ({ ok: false, problem, field });

/** A pasted address becomes its host. What has stars in it is kept as it is, as long as a host could look like that. */
function readHost(text: string): string | null {
  const [host = ''] = text.replace(/^[a-z][a-z-]*:\/\//i, '').split(/[/?#]/);
  const bare = host.toLowerCase().replace(/^www\./, '');
  if (bare.includes('*')) return /^[a-z0-9*._-]+$/.test(bare) ? bare : null;
  const name = readUrl(`https://${bare}`)?.hostname.replace(/\.$/, '');
  return name && /^[a-z0-9._-]+$/.test(name) ? name : null;
}

/** @param hosts the site's own: a rule for them would never hold. */
export function readRule(form: RuleForm, hosts: readonly string[]): ReadRule {
  const text = (field: RuleField) => cleanText(form[field], 2_048);
  const said = text('referrer');
  const host = said === '' ? undefined : readHost(said);
  if (host === null) return refuse('bad_referrer', 'referrer');
  if (host && !host.includes('*') && isOwnReferrer(hosts, '', host)) return refuse('own_referrer', 'referrer');
  if (host && !host.includes('*') && passThroughOf(host)) return refuse('aside_already', 'referrer');
  const [source, medium, campaign, name] = [text('source'), text('medium'), text('campaign'), text('name')];
  for (const [field, value] of Object.entries({ referrer: host ?? '', source, medium, campaign }))
    if (value.length > RULE_LIMITS.patternChars)
      return refuse('too_long', RULE_FIELDS.find((one) => one === field) ?? 'referrer');
  if (name.length > RULE_LIMITS.nameChars) return refuse('too_long', 'name');
  if (!(host || source || medium || campaign)) return refuse('no_condition', 'referrer');
  const when = {
    ...(host && { referrer: host }),
    ...(source && { source }),
    ...(medium && { medium }),
    ...(campaign && { campaign }),
  };
  const outcome = text('outcome');
  if (outcome === 'aside')
    return host ? { ok: true, rule: { ...when, aside: true } } : refuse('aside_needs_referrer', 'referrer');
  if (outcome !== '' && !isChannel(outcome)) return refuse('unknown_channel', 'outcome');
  if (outcome === '' && name === '') return refuse('no_effect', 'outcome');
  return { ok: true, rule: { ...when, ...(outcome !== '' && { channel: outcome }), ...(name && { name }) } };
}

/** A rule as the form shows it. */
export const formOfRule = (rule: SiteRule): RuleForm => ({
  referrer: rule.referrer ?? '',
  source: rule.source ?? '',
  medium: rule.medium ?? '',
  campaign: rule.campaign ?? '',
  outcome: rule.aside ? 'aside' : (rule.channel ?? ''),
  name: rule.name ?? '',
});
