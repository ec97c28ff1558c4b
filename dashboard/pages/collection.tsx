/** What is kept of a site: the room it takes, how long its detail stays, its history, and what was not counted. */
import type { Site } from '../../collector/store/sites.ts';
import { Gauge, type Measured } from '../components/gauge.tsx';
import { type Bounds, Confirmation, KeepForm, type Shortening } from '../components/keep-form.tsx';
import { Refused, type RefusedRow } from '../components/refused.tsx';
import { Section } from '../components/section.tsx';
import { type Frame, Page } from '../layout.tsx';
import { collectionPhrases, collection as text } from '../text/collection.ts';
import type { Ui } from '../ui.ts';

type Keeping = {
  rawDays: number;
  factsSince: number;
  exportedUntil: number | null;
  settledUntil: number | null;
  lateRefused: number;
};
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  /** The site's database of facts, and the one of people; null = not measured yet. */
  events: Measured | null;
  people: Measured | null;
  keeping: Keeping;
  bounds: Bounds;
  /** What was typed, when it could not be taken. */
  typed: string | null;
  shortening: Shortening | null;
  saved: boolean;
  hasHistory: boolean;
  parked: number;
  refused: RefusedRow[];
};

const Kept = ({ ui, site, keeping, bounds, typed }: Pick<Props, 'ui' | 'site' | 'keeping' | 'bounds' | 'typed'>) => (
  <Section id="keeping" title={ui.say(text.keeping)} note={ui.say(text.keepingNote)}>
    <p>{ui.say(collectionPhrases.kept(ui.format.count(keeping.rawDays), ui.format.day(keeping.factsSince)))}</p>
    <div class="consequences">
      <div>
        <h3>{ui.say(text.stays)}</h3>
        <p>{ui.say(text.staysWhat)}</p>
      </div>
      <div>
        <h3>{ui.say(text.goes)}</h3>
        <p>{ui.say(text.goesWhat)}</p>
      </div>
    </div>
    <KeepForm ui={ui} site={site} days={typed ?? String(keeping.rawDays)} bounds={bounds} problem={typed !== null} />
  </Section>
);

const History = ({ ui, keeping, hasHistory }: Pick<Props, 'ui' | 'keeping' | 'hasHistory'>) => {
  /** The last day before an instant. */
  const lastDay = (until: number | null) => (until === null ? null : ui.format.day(until - 1));
  return (
    <Section id="history" title={ui.say(text.history)} note={hasHistory ? ui.say(text.historyNote) : undefined}>
      {hasHistory ? (
        <>
          <dl class="facts roomy">
            <dt>{ui.say(text.written)}</dt>
            <dd>{lastDay(keeping.exportedUntil) ?? ui.say(text.nothingYet)}</dd>
            <dt>{ui.say(text.final)}</dt>
            <dd>{lastDay(keeping.settledUntil) ?? ui.say(text.notFinal)}</dd>
            <dt>{ui.say(text.late)}</dt>
            <dd>{ui.format.count(keeping.lateRefused)}</dd>
          </dl>
          <p class="remark">{ui.say(text.filesStay)}</p>
        </>
      ) : (
        <p>{ui.say(text.noHistory)}</p>
      )}
    </Section>
  );
};

export const CollectionPage = (props: Props) => {
  const { ui, frame, site, keeping, shortening, saved, parked, refused } = props;
  return (
    <Page ui={ui} frame={frame} place="collection" title={ui.say(text.title)}>
      <header class="opening">
        <h1>{ui.say(text.title)}</h1>
        <p class="lead">{ui.say(text.lead)}</p>
      </header>
      {saved && (
        <p class="notice" role="status">
          {ui.say(text.saved)}{' '}
          {ui.say(collectionPhrases.kept(ui.format.count(keeping.rawDays), ui.format.day(keeping.factsSince)))}
        </p>
      )}
      {shortening && <Confirmation ui={ui} site={site} asked={shortening} />}
      {parked > 0 && <p class="notice">{ui.say(collectionPhrases.parked(ui.format.count(parked), parked === 1))}</p>}
      <Section id="storage" title={ui.say(text.storage)} note={ui.say(text.storageNote)}>
        <ul class="gauges">
          <Gauge ui={ui} name={text.EVENTS} note={text.eventsNote} gauge={props.events} />
          <Gauge ui={ui} name={text.PEOPLE} note={text.peopleNote} gauge={props.people} />
        </ul>
      </Section>
      <Kept {...props} />
      <History {...props} />
      <Refused ui={ui} rows={refused} />
    </Page>
  );
};
