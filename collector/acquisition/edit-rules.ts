/** What can be done to a site's list of rules. Pure: a list and an edit give a new list. */
import { RULE_LIMITS, type SiteRule } from '../store/site-rules.ts';

export type RuleEdit =
  | { do: 'add'; rule: SiteRule }
  | { do: 'replace'; at: number; rule: SiteRule }
  | { do: 'remove' | 'up' | 'down'; at: number };
/** `gone`: there is no rule at that place. `same`: another rule already asks for the same, so this one would never hold. */
export type EditProblem = 'too_many' | 'gone' | 'same';

const conditionsOf = ({ referrer, source, medium, campaign }: SiteRule): string =>
  JSON.stringify([referrer, source, medium, campaign].map((text) => text?.toLowerCase() ?? ''));

export function editRules(rules: readonly SiteRule[], edit: RuleEdit): SiteRule[] | EditProblem {
  const at = edit.do === 'add' ? rules.length : edit.at;
  if (edit.do !== 'add' && !rules[at]) return 'gone';
  if (edit.do === 'add' && rules.length >= RULE_LIMITS.rules) return 'too_many';
  if (edit.do === 'add' || edit.do === 'replace') {
    const twin = rules.findIndex((other) => conditionsOf(other) === conditionsOf(edit.rule));
    return twin >= 0 && twin !== at ? 'same' : [...rules.slice(0, at), edit.rule, ...rules.slice(at + 1)];
  }
  const rest = [...rules.slice(0, at), ...rules.slice(at + 1)];
  if (edit.do === 'remove') return rest;
  const to = Math.max(0, at + (edit.do === 'up' ? -1 : 1));
  return [...rest.slice(0, to), ...rules.slice(at, at + 1), ...rest.slice(to)];
}
