/** The form of one of a site's own rules: a new one, or one that is there. */
import type { RuleField, RuleForm } from '../../collector/acquisition/read-rule.ts';
import { CHANNELS } from '../../collector/store/channel-names.ts';
import { RULE_LIMITS } from '../../collector/store/site-rules.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { conditions, rules as text } from '../text/channel-rules.ts';
import { channelName } from '../text/channels.ts';
import type { Ui } from '../ui.ts';
import { CONDITIONS } from './own-rule-list.tsx';

/** What the form holds, and what is wrong with it, where. */
export type Draft = { at: number | null; form: RuleForm; problem: { words: string; field: RuleField | null } | null };
export const EMPTY_RULE: RuleForm = { referrer: '', source: '', medium: '', campaign: '', outcome: '', name: '' };

type Props = { ui: Ui; site: Site; seen: number; draft: Draft };

export const OwnRuleForm = ({ ui, site, seen, draft }: Props) => {
  const { at, form, problem } = draft;
  const describe = (field: RuleField, hint: string) =>
    problem?.field === field
      ? { 'aria-invalid': 'true' as const, 'aria-describedby': `rule-problem ${hint}` }
      : { 'aria-describedby': hint };
  return (
    <form method="post" action={`${sitePath(site, '/channels')}#${problem ? 'edit' : 'own'}`} class="rule-form">
      <input type="hidden" name="seen" value={String(seen)} />
      {at !== null && <input type="hidden" name="at" value={String(at)} />}
      {problem && (
        <p class="problem" role="alert" id="rule-problem">
          {problem.words}
        </p>
      )}
      <fieldset>
        <legend>{ui.say(text.when)}</legend>
        <p class="remark">{ui.say(text.whenNote)}</p>
        <div class="fields">
          {CONDITIONS.map((name) => (
            <div class="field">
              <label for={`rule-${name}`}>{ui.say(conditions[name].label)}</label>
              <input
                id={`rule-${name}`}
                name={name}
                value={form[name]}
                maxlength={name === 'referrer' ? 2048 : RULE_LIMITS.patternChars}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                {...describe(name, `rule-${name}-hint`)}
              />
              <small class="remark" id={`rule-${name}-hint`}>
                {ui.say(conditions[name].hint)}
              </small>
            </div>
          ))}
        </div>
      </fieldset>
      <div class="fields">
        <div class="field">
          <label for="rule-outcome">{ui.say(text.outcome)}</label>
          <select id="rule-outcome" name="outcome" {...describe('outcome', 'rule-outcome-hint')}>
            <option value="" selected={form.outcome === ''}>
              {ui.say(text.asBuiltIn)}
            </option>
            {CHANNELS.map((channel) => (
              <option value={channel} selected={form.outcome === channel}>
                {ui.say(channelName(channel))}
              </option>
            ))}
            <option value="aside" selected={form.outcome === 'aside'}>
              {ui.say(text.aside)}
            </option>
          </select>
          <small class="remark" id="rule-outcome-hint">
            {ui.say(text.asideNote)}
          </small>
        </div>
        <div class="field">
          <label for="rule-name">{ui.say(text.name)}</label>
          <input
            id="rule-name"
            name="name"
            value={form.name}
            maxlength={RULE_LIMITS.nameChars}
            autocomplete="off"
            {...describe('name', 'rule-name-hint')}
          />
          <small class="remark" id="rule-name-hint">
            {ui.say(text.nameNote)}
          </small>
        </div>
      </div>
      <p class="buttons">
        <button type="submit" name="do" value={at === null ? 'add' : 'replace'} class="primary">
          {ui.say(at === null ? text.add : text.save)}
        </button>
        {at !== null && <a href={`${sitePath(site, '/channels')}#own`}>{ui.say(text.cancel)}</a>}
      </p>
    </form>
  );
};
