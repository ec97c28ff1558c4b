/** One person, under a code name: what was agreed to, what was done, which browsers, and what may be done about it. */
import type { AttachedPage } from '../../collector/people/attached-facts.ts';
import type { Person } from '../../collector/people/persons.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Agreed, codeOf, OptInState, personPath } from '../components/people-parts.tsx';
import { PersonActs } from '../components/person-acts.tsx';
import { PersonVisits } from '../components/person-visits.tsx';
import { RevealForm } from '../components/reveal-form.tsx';
import { Section } from '../components/section.tsx';
import { Table } from '../components/table.tsx';
import { type Frame, Page } from '../layout.tsx';
import { sitePath } from '../links.ts';
import { knownByWords, ledgerWords, peopleCounts, purposeWords, people as text, viaWords } from '../text/people.ts';
import type { Ui } from '../ui.ts';

export type Shown = { address?: string | null; problem?: boolean; withdrawn?: number };
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  person: Person;
  page: AttachedPage;
  stores: ReadonlyMap<number, string>;
  /** May open addresses and act on the person. */
  steward: boolean;
  said: Shown;
};

const label = (ui: Ui, words: (typeof text)[keyof typeof text]) => ({ label: ui.say(words), plain: ui.say(words) });

/** Numbers in the order in which the browsers became known. */
const numbersOf = ({ spans }: Person): Map<number, number> =>
  new Map([...new Set([...spans].sort((a, b) => a.from - b.from).map(({ visitor }) => visitor))].map((key, i) => [key, i + 1]));

/** The first act that is theirs: it may have arrived later than it happened. */
const sinceOf = ({ createdAt, spans, list }: Person): number =>
  Math.min(createdAt, ...spans.map(({ from }) => from), ...list.map(({ at }) => at));

const About = ({ ui, site, person, steward, said }: Props) => (
  <dl class="facts">
    <div>
      <dt>{ui.say(text.knownBy)}</dt>
      <dd>{ui.say(knownByWords[person.knownBy])}</dd>
    </div>
    <div>
      <dt>{ui.say(text.since)}</dt>
      <dd>{ui.format.moment(sinceOf(person))}</dd>
    </div>
    <div>
      <dt>{ui.say(text.lastAct)}</dt>
      <dd>{ui.format.moment(person.lastAt)}</dd>
    </div>
    <div>
      <dt>{ui.say(text.address)}</dt>
      <dd>
        {said.address ? <code class="secret">{said.address}</code> : ui.say(person.hasAddress ? text.sealed : text.noAddress)}
        {steward && person.hasAddress && !said.address && (
          <RevealForm ui={ui} site={site} person={person.id} problem={said.problem ?? false} />
        )}
      </dd>
    </div>
  </dl>
);

const OptIns = ({ ui, person, stores }: Props) => (
  <Table
    kind="settings people"
    caption={ui.say(text.optIns)}
    first={ui.say(text.given)}
    columns={[label(ui, text.state), label(ui, text.where), label(ui, text.agreed), label(ui, text.wording)]}
    rows={person.list.map((optIn) => ({
      head: ui.format.moment(optIn.at),
      cells: [
        <OptInState ui={ui} state={optIn.state} />,
        <>
          {optIn.touchpoint === 'web' ? ui.say(text.web) : (stores.get(optIn.store) ?? ui.say(text.kiosk))}
          <span class="from path">{optIn.path}</span>
        </>,
        <Agreed ui={ui} optIn={optIn} />,
        <code>{optIn.wording}</code>,
      ],
    }))}
  />
);

const Links = ({ ui, person, numbers }: Props & { numbers: Map<number, number> }) => (
  <Table
    kind="settings"
    caption={ui.say(text.links)}
    first={ui.say(text.links)}
    columns={[label(ui, text.via), label(ui, text.from), label(ui, text.until)]}
    rows={person.spans.map(({ visitor, via, from, until }) => ({
      head: ui.say(peopleCounts.browser(numbers.get(visitor) ?? 0)),
      cells: [ui.say(viaWords[via]), ui.format.moment(from), until === null ? ui.say(text.open) : ui.format.moment(until)],
    }))}
  />
);

const Ledger = ({ ui, person }: Props) => (
  <Table
    kind="settings"
    caption={ui.say(text.ledger)}
    first={ui.say(text.given)}
    columns={[label(ui, text.act), label(ui, text.purpose)]}
    rows={person.ledger.map(({ at, kind, purpose }) => {
      const [act, what] = [ledgerWords[kind], purposeWords[purpose]];
      return { head: ui.format.moment(at), cells: [act ? ui.say(act) : kind, what ? ui.say(what) : purpose] };
    })}
  />
);

export const PersonPage = (props: Props) => {
  const { ui, frame, site, person, page, stores, steward, said } = props;
  const name = ui.say(peopleCounts.personOf(codeOf(person.id)));
  const numbers = numbersOf(person);
  return (
    <Page ui={ui} frame={frame} place="people" title={`${name} – ${site.name}`}>
      <header class="opening">
        <h1>{name}</h1>
        <p>
          <a href={sitePath(site, '/people')}>{ui.say(text.title)}</a>
        </p>
      </header>
      {said.address && (
        <p class="notice" role="status">
          {ui.say(text.revealed)}
        </p>
      )}
      {said.withdrawn !== undefined && (
        <p class="notice" role="status">
          {ui.say(said.withdrawn > 0 ? text.withdrawnNow : text.nothingToWithdraw)}
        </p>
      )}
      <Section id="about" title={ui.say(text.person)}>
        <About {...props} />
      </Section>
      {person.list.length > 0 && (
        <Section id="opt-ins" title={ui.say(text.optIns)} wide>
          <OptIns {...props} />
        </Section>
      )}
      <Section id="visits" title={ui.say(text.visits)} note={ui.say(text.visitsNote)}>
        {page.facts.length === 0 ? (
          <p class="empty">{ui.say(text.noVisit)}</p>
        ) : (
          <PersonVisits ui={ui} page={page} stores={stores} numbers={numbers} />
        )}
        {page.earlier !== null && (
          <p>
            <a href={`${personPath(site, person.id)}?before=${page.earlier}`}>{ui.say(text.earlier)}</a>
          </p>
        )}
      </Section>
      <Section id="links" title={ui.say(text.links)} note={ui.say(text.linksNote)}>
        {person.spans.length === 0 ? <p class="empty">{ui.say(text.noLink)}</p> : <Links {...props} numbers={numbers} />}
      </Section>
      <Section id="ledger" title={ui.say(text.ledger)} note={ui.say(text.ledgerNote)}>
        {person.ledger.length === 0 ? <p class="empty">{ui.say(text.noLedger)}</p> : <Ledger {...props} />}
      </Section>
      {steward && (
        <Section id="acts" title={ui.say(text.acts)}>
          <PersonActs ui={ui} site={site} person={person} />
        </Section>
      )}
    </Page>
  );
};
