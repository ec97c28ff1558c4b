/** Opt-ins of the period, and the latest ones without their addresses. */
import type { Overview } from '../../collector/report/result.ts';
import { optInStates, overviewCounts, overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { Section } from './section.tsx';

type Latest = Overview['optIns']['latest'][number];

const Line = ({ ui, optIn }: { ui: Ui; optIn: Latest }) => {
  const state = Object.hasOwn(optInStates, optIn.state) ? optInStates[optIn.state] : undefined;
  return (
    <li>
      <time datetime={new Date(optIn.at).toISOString()}>{ui.format.ago(optIn.at)}</time>
      <span class="where">
        {optIn.touchpoint === 'web' ? ui.say(text.web) : (optIn.store ?? ui.say(text.none))}{' '}
        <span class="path">{optIn.path}</span>
      </span>
      <span class={`state ${optIn.state === 'confirmed' ? 'on' : ''}`}>{state ? ui.say(state) : optIn.state}</span>
    </li>
  );
};

export const OptIns = ({ ui, optIns }: { ui: Ui; optIns: Overview['optIns'] }) => {
  const { submitted, confirmed, latest } = optIns;
  return (
    <Section id="opt-ins" title={ui.say(text.optIns)} note={ui.say(text.optInsNote)}>
      <p class="sum">
        <span>
          <b>{ui.format.count(submitted)}</b> {ui.say(text.submitted)}
        </span>
        <span>
          <b>{ui.format.count(confirmed)}</b> {ui.say(text.confirmed)}
          {submitted > 0 && `, ${ui.say(overviewCounts.confirmedShare(ui.format.share(confirmed / submitted)))}`}
        </span>
      </p>
      {latest.length === 0 ? (
        <p class="empty">{ui.say(text.noOptIn)}</p>
      ) : (
        <>
          <h3>{ui.say(text.latest)}</h3>
          <ul class="latest">
            {latest.map((optIn) => (
              <Line ui={ui} optIn={optIn} />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
};
