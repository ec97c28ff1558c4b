/** Channels: try an address, the site's own rules, and the built-in ones behind them. */
import { type SiteRule, versionOfRules } from '../../collector/store/site-rules.ts';
import type { Site } from '../../collector/store/sites.ts';
import { ChannelRules } from '../components/channel-rules.tsx';
import { ChannelTester, type Test } from '../components/channel-tester.tsx';
import { CodeWords } from '../components/code-words.tsx';
import { type Draft, OwnRuleForm } from '../components/own-rule-form.tsx';
import { OwnRuleList } from '../components/own-rule-list.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { rules as text } from '../text/channel-rules.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  rules: readonly SiteRule[];
  mayEdit: boolean;
  test: Test | null;
  draft: Draft;
  /** Said above the list: what was wrong with a change that had no form of its own. */
  alert: string | null;
};

export const ChannelsPage = ({ ui, frame, site, rules, mayEdit, test, draft, alert }: Props) => {
  const open = draft.at !== null || draft.problem !== null;
  const form = <OwnRuleForm ui={ui} site={site} seen={versionOfRules(rules)} draft={draft} />;
  return (
    <Page ui={ui} frame={frame} place="channels" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">{ui.say(text.lead)}</p>
      </header>
      <Section id="try" title={ui.say(text.tryTitle)} note={ui.say(text.tryNote)}>
        <ChannelTester ui={ui} site={site} test={test} />
      </Section>
      <Section id="own" title={ui.say(text.ownTitle)} note={ui.say(text.ownNote)}>
        {alert && (
          <p class="problem" role="alert">
            {alert}
          </p>
        )}
        {rules.length === 0 ? (
          <p class="empty">{ui.say(text.none)}</p>
        ) : (
          <OwnRuleList ui={ui} site={site} rules={rules} mayEdit={mayEdit} editing={draft.at} />
        )}
        {!mayEdit && <p class="remark">{ui.say(text.readOnly)}</p>}
        {mayEdit &&
          (draft.at === null ? (
            <details id="edit" class="more" open={open}>
              <summary>{ui.say(text.add)}</summary>
              {form}
            </details>
          ) : (
            <div id="edit">
              <h3>{ui.say(text.edit)}</h3>
              {form}
            </div>
          ))}
      </Section>
      <Section
        id="built-in"
        title={ui.say(text.builtInTitle)}
        note={
          <>
            <CodeWords ui={ui} words={text.builtInNote} /> <a href="/help/channels">{ui.say(text.help)}</a>
          </>
        }
      >
        <ChannelRules ui={ui} />
      </Section>
    </Page>
  );
};
