/** Opt-ins of the period, and the latest ones without their addresses. */
import type { OverviewParts } from '../../collector/report/filtered-overview.ts';
import type { LatestOptIn } from '../../collector/report/opt-ins.ts';
import { optInStates, overviewCounts, overview as text } from '../text/overview.ts';
import type { Ui } from '../ui.ts';
import { Section } from './section.tsx';

/** One opt-in: when, where, and how far it is. */
export const OptInLine = ({ ui, optIn }: { ui: Ui; optIn: LatestOptIn }) => {
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

/** The latest ones are whatever the view; without them only the figures of the view are shown. */
export const OptIns = ({ ui, optIns }: { ui: Ui; optIns: OverviewParts['optIns'] }) => {
  const { submitted, confirmed, latest } = optIns;
  return (
    <Section id="opt-ins" title={ui.say(text.optIns)} note={ui.say(text.optInsNote)}>
      <p class="sum">
        <span>
          <b>{submitted === null ? '–' : ui.format.count(submitted)}</b> {ui.say(text.submitted)}
        </span>
        <span>
          <b>{confirmed === null ? '–' : ui.format.count(confirmed)}</b> {ui.say(text.confirmed)}
          {submitted !== null &&
            confirmed !== null &&
            submitted > 0 &&
            `, ${ui.say(overviewCounts.confirmedShare(ui.format.share(confirmed / submitted)))}`}
        </span>
      </p>
      {latest === null ? null : latest.length === 0 ? (
        <p class="empty">{ui.say(text.noOptIn)}</p>
      ) : (
        <>
          <h3>{ui.say(text.latest)}</h3>
          <ul class="latest">
            {latest.map((optIn) => (
              <OptInLine ui={ui} optIn={optIn} />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
};
