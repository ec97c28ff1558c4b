/** The tester: an address and where it is reached from, and what such a visit would count as, by which rule. */
import { CHANNEL_REASONS } from '../../collector/acquisition/channel-reasons.ts';
import { CHANNEL_RULES } from '../../collector/acquisition/channels.ts';
import type { Trial, Tried } from '../../collector/acquisition/try-address.ts';
import type { Site } from '../../collector/store/sites.ts';
import { sitePath } from '../links.ts';
import { asides, trialProblems } from '../text/channel-problems.ts';
import { rulePhrases, rules as text } from '../text/channel-rules.ts';
import { channelName, sourceNames } from '../text/channels.ts';
import type { Ui } from '../ui.ts';
import { anchorOfRule } from './channel-rules.tsx';
import { CodeWords } from './code-words.tsx';

export type Test = { trial: Trial; tried: Tried };

/** The rule that decided: one of the site's, when it named a channel; else a built-in one, with its sentence. */
const By = ({ ui, tried }: { ui: Ui; tried: Extract<Tried, { ok: true }> }) => {
  const { ownRule, rule, aside } = tried.decision;
  const builtIn = CHANNEL_RULES[rule];
  const position = (at: number) => ui.format.count(at + 1);
  return (
    <ul class="reasons">
      {aside && (
        <li>
          {ui.say(asides[aside.why](aside.host))}{' '}
          {aside.rule !== null && <a href={`#own-${aside.rule + 1}`}>{ui.say(rulePhrases.own(position(aside.rule)))}</a>}
        </li>
      )}
      {ownRule !== null && (
        <li>
          <a href={`#own-${ownRule + 1}`}>{ui.say(rulePhrases.own(position(ownRule)))}</a>
        </li>
      )}
      {builtIn && !tried.decidedByOwn && (
        <li>
          <a href={`#${anchorOfRule(rule)}`}>{ui.say(rulePhrases.builtIn(position(rule)))}</a>{' '}
          <CodeWords ui={ui} words={CHANNEL_REASONS[builtIn.channel]} />
        </li>
      )}
      {tried.unread && <li>{ui.say(text.unread)}</li>}
    </ul>
  );
};

const Result = ({ ui, tried }: { ui: Ui; tried: Tried }) => {
  if (!tried.ok)
    return (
      <p class="problem" role="alert" id="trial-problem">
        {ui.say(trialProblems[tried.problem])}
      </p>
    );
  const { origin } = tried.decision;
  const source = origin?.source ?? '(direct)';
  const known = Object.hasOwn(sourceNames, source) ? sourceNames[source] : undefined;
  return (
    <div class="verdict" role="status">
      {tried.spam && <p class="problem">{ui.say(text.spam)}</p>}
      <p class="remark">{ui.say(text.result)}</p>
      <p class="channel">{ui.say(channelName(origin?.channel ?? '(direct)'))}</p>
      <p>
        {ui.say(text.source)}
        {ui.language === 'fr' ? '\u202f: ' : ': '}
        {known ? ui.say(known) : source}
      </p>
      <By ui={ui} tried={tried} />
    </div>
  );
};

/** By POST: what is pasted may identify a click or a person, and belongs in no address and no log. */
export const ChannelTester = ({ ui, site, test }: { ui: Ui; site: Site; test: Test | null }) => {
  const trial = test?.trial ?? { address: '', referrer: '', engagement: true };
  const wrong = test && !test.tried.ok ? test.tried.problem : null;
  const flag = (on: boolean) => (on ? { 'aria-invalid': 'true' as const, 'aria-describedby': 'trial-problem' } : {});
  return (
    <>
      <form method="post" action={`${sitePath(site, '/channels/try')}#try`} class="trial">
        <div class="field">
          <label for="address">{ui.say(text.address)}</label>
          <input
            id="address"
            name="address"
            maxlength={2048}
            inputmode="url"
            autocomplete="off"
            spellcheck={false}
            placeholder={`https://${(site.hosts[0] ?? '').replace('*.', '')}/?utm_source=…`}
            value={trial.address}
            {...flag(wrong !== null && wrong !== 'bad_referrer')}
          />
        </div>
        <div class="field">
          <label for="from">{ui.say(text.from)}</label>
          <input
            id="from"
            name="from"
            maxlength={2048}
            inputmode="url"
            autocomplete="off"
            spellcheck={false}
            placeholder="https://www.google.com/"
            value={trial.referrer}
            {...flag(wrong === 'bad_referrer')}
          />
        </div>
        <fieldset class="modes">
          <legend>{ui.say(text.mode)}</legend>
          {(['engagement', 'audience'] as const).map((mode) => (
            <label>
              <input type="radio" name="mode" value={mode} checked={trial.engagement === (mode === 'engagement')} />
              {ui.say(text[mode])}
            </label>
          ))}
        </fieldset>
        <button type="submit">{ui.say(text.try)}</button>
      </form>
      {test && <Result ui={ui} tried={test.tried} />}
    </>
  );
};
