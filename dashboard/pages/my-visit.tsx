/** Everything that is known of a person, shown to themselves. */
import type { MyData } from '../../collector/people/my-data-read.ts';
import { MyConsents } from '../components/my-consents.tsx';
import { PersonVisits } from '../components/person-visits.tsx';
import { Section } from '../components/section.tsx';
import { Document } from '../layout.tsx';
import { myDataPhrases, myData as text } from '../text/my-data.ts';
import { ledgerWords, purposeWords } from '../text/people.ts';
import type { Ui } from '../ui.ts';

type Props = {
  ui: Ui;
  site: string;
  data: MyData;
  stores: ReadonlyMap<number, string>;
  until: number;
  said: 'withdrawn' | 'nothing' | null;
};

const Acts = ({ ui, data }: Props) => (
  <ol class="plain">
    {data.person.ledger.map(({ at, kind, purpose }) => (
      <li>
        <time datetime={new Date(at).toISOString()}>{ui.format.moment(at)}</time> –{' '}
        {ledgerWords[kind] ? ui.say(ledgerWords[kind]) : kind} ({purposeWords[purpose] ? ui.say(purposeWords[purpose]) : purpose})
      </li>
    ))}
  </ol>
);

const Measured = ({ ui, data: { measured } }: Props) => (
  <dl class="facts">
    <dt>{ui.say(text.pageviews)}</dt>
    <dd>{ui.format.count(measured.pageviews)}</dd>
    <dt>{ui.say(text.time)}</dt>
    <dd>{ui.format.seconds(measured.activeMs / 1000)}</dd>
    <dt>{ui.say(text.events)}</dt>
    <dd>{ui.format.count(measured.events)}</dd>
    <dt>{ui.say(text.kioskVisits)}</dt>
    <dd>{ui.format.count(measured.kioskVisits)}</dd>
    <dt>{ui.say(text.score)}</dt>
    <dd>{ui.say(text.noScore)}</dd>
  </dl>
);

export const MyVisitPage = (props: Props) => {
  const { ui, site, data, stores, until, said } = props;
  const numbers = new Map([...new Set(data.person.spans.map(({ visitor }) => visitor))].map((visitor, i) => [visitor, i + 1]));
  return (
    <Document ui={ui} title={`${ui.say(text.title)} – ${site}`}>
      <main id="main" class="my-data">
        <p class="brand">{site}</p>
        <header class="opening">
          <h1>{ui.say(text.title)}</h1>
          <p class="remark">{ui.say(myDataPhrases.until(ui.format.time(until)))}</p>
          <form method="post" action="/my-data/visit/close">
            <button type="submit">{ui.say(text.close)}</button>
          </form>
        </header>
        {said !== null && (
          <p class="notice" role="status">
            {ui.say(text[said])}
          </p>
        )}
        <Section id="profile" title={ui.say(text.profile)}>
          <dl class="facts">
            <dt>{ui.say(text.address)}</dt>
            <dd>{data.address ?? ui.say(text.noAddress)}</dd>
            <dt>{ui.say(text.knownSince)}</dt>
            <dd>{ui.format.moment(data.person.createdAt)}</dd>
          </dl>
        </Section>
        <Section id="consents" title={ui.say(text.consents)}>
          <MyConsents ui={ui} data={data} />
        </Section>
        <Section id="acts" title={ui.say(text.acts)}>
          <Acts {...props} />
        </Section>
        <Section id="visits" title={ui.say(text.visits)} note={ui.say(text.visitsNote)}>
          {data.facts.length === 0 ? (
            <p class="empty">{ui.say(text.noVisit)}</p>
          ) : (
            <PersonVisits ui={ui} page={{ facts: data.facts, earlier: null }} stores={stores} numbers={numbers} />
          )}
        </Section>
        <Section id="measured" title={ui.say(text.measured)}>
          <Measured {...props} />
        </Section>
        <Section id="recipients" title={ui.say(text.recipients)}>
          {data.recipients.length === 0 ? (
            <p>{ui.say(text.noRecipient)}</p>
          ) : (
            <ul class="plain">
              {data.recipients.map(({ name, kind }) => (
                <li>
                  {name} ({kind})
                </li>
              ))}
            </ul>
          )}
        </Section>
        <Section id="take" title={ui.say(text.take)} note={ui.say(text.takeNote)}>
          <p>
            <a href="/my-data/visit/export.json" download>
              {ui.say(text.download)}
            </a>
          </p>
        </Section>
        <Section id="erase" title={ui.say(text.erase)} note={ui.say(text.eraseNote)}>
          <form method="post" action="/my-data/visit/erase">
            <button type="submit">{ui.say(text.erase)}</button>
          </form>
        </Section>
      </main>
    </Document>
  );
};
