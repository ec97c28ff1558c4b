/** A site's own rules in their order, each as a sentence, with what may be done to it. */
import type { Child } from 'hono/jsx';
import { RULE_LIMITS, type SiteRule, versionOfRules } from '../../collector/store/site-rules.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { conditions, rulePhrases, rules as text } from '../text/channel-rules.ts';
import { channelName } from '../text/channels.ts';
import type { Ui } from '../ui.ts';

export const CONDITIONS = ['referrer', 'source', 'medium', 'campaign'] as const;

const When = ({ ui, rule }: { ui: Ui; rule: SiteRule }) => (
  <ul class="when">
    {CONDITIONS.filter((name) => rule[name] !== undefined).map((name) => (
      <li>
        <span>{ui.say(conditions[name].label)}</span> <code>{rule[name]}</code>
      </li>
    ))}
  </ul>
);

const Outcome = ({ ui, rule }: { ui: Ui; rule: SiteRule }) => (
  <p class="outcome">
    <span aria-hidden="true">→ </span>
    {rule.aside ? ui.say(text.leftAside) : <b>{ui.say(rule.channel ? channelName(rule.channel) : text.asBuiltIn)}</b>}
    {rule.name && (
      <>
        , {ui.say(text.name).toLowerCase()} <b>{rule.name}</b>
      </>
    )}
  </p>
);

type Props = { ui: Ui; site: Site; rules: readonly SiteRule[]; mayEdit: boolean; editing: number | null };

export const OwnRuleList = ({ ui, site, rules, mayEdit, editing }: Props) => {
  const seen = String(versionOfRules(rules));
  const button = (action: string, at: number, label: Child, spoken: string) => (
    <form method="post" action={`${sitePath(site, '/channels')}#own`}>
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="at" value={String(at)} />
      <button type="submit" name="do" value={action} class="quiet" aria-label={spoken}>
        {label}
      </button>
    </form>
  );
  return (
    <>
      <ol class="own-rules">
        {rules.map((rule, at) => {
          const position = ui.format.count(at + 1);
          return (
            <li id={`own-${at + 1}`} aria-current={editing === at ? 'true' : undefined}>
              <div>
                <When ui={ui} rule={rule} />
                <Outcome ui={ui} rule={rule} />
              </div>
              {mayEdit && (
                <div class="actions">
                  {at > 0 && button('up', at, '↑', ui.say(rulePhrases.moveUp(position)))}
                  {at < rules.length - 1 && button('down', at, '↓', ui.say(rulePhrases.moveDown(position)))}
                  <a href={`${sitePath(site, '/channels')}?edit=${at + 1}#edit`} aria-label={ui.say(rulePhrases.edit(position))}>
                    {ui.say(text.edit)}
                  </a>
                  {button('remove', at, ui.say(text.remove), ui.say(rulePhrases.remove(position)))}
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {rules.length > 0 && (
        <p class="remark">{ui.say(rulePhrases.left(ui.format.count(rules.length), ui.format.count(RULE_LIMITS.rules)))}</p>
      )}
    </>
  );
};
