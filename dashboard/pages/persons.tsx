/** Everybody who is known at a site, under code names: by an opt-in, or by an id of the site's own. */
import { KNOWN_BY, type KnownBy, type ListedPerson } from '../../collector/people/persons.ts';
import type { Site } from '../../collector/store/sites.ts';
import { PeopleHead, PersonLink } from '../components/people-parts.tsx';
import { Table } from '../components/table.tsx';
import { type Frame, Page } from '../layout.tsx';
import { queryOf, sitePath } from '../links.ts';
import { listCounts } from '../text/lists.ts';
import { knownByWords, people as text } from '../text/people.ts';
import type { Ui } from '../ui.ts';
import type { Params } from '../view.ts';
import { ROWS } from './opt-ins.tsx';

type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  /** Null = everybody. */
  knownBy: KnownBy | null;
  page: number;
  rows: readonly ListedPerson[];
  total: number;
};

function hrefOf(site: Site, knownBy: KnownBy | null, page = 1): string {
  const params: Params = [];
  if (knownBy !== null) params.push(['by', knownBy]);
  if (page > 1) params.push(['page', String(page)]);
  return sitePath(site, `/people/persons${params.length > 0 ? `?${queryOf(params)}` : ''}`);
}

const Kinds = ({ ui, site, knownBy }: Props) => (
  <nav class="tabs" aria-label={ui.say(text.knownBy)}>
    {[null, ...KNOWN_BY].map((one) => (
      <a href={hrefOf(site, one)} aria-current={one === knownBy ? 'page' : undefined}>
        {ui.say(one === null ? text.everybody : knownByWords[one])}
      </a>
    ))}
  </nav>
);

const Paging = ({ ui, site, knownBy, page, rows, total }: Props) => {
  const { count } = ui.format;
  const first = (page - 1) * ROWS + 1;
  const last = first + rows.length - 1;
  if (total <= rows.length) return <p class="paging remark">{ui.say(listCounts.found(count(total), total === 1))}</p>;
  return (
    <nav class="paging remark" aria-label={ui.say(text.persons)}>
      <span>{ui.say(listCounts.part(count(first), count(last), count(total)))}</span>
      {page > 1 && (
        <a rel="prev" href={hrefOf(site, knownBy, page - 1)}>
          {ui.say(text.previous)}
        </a>
      )}
      {last < total && (
        <a rel="next" href={hrefOf(site, knownBy, page + 1)}>
          {ui.say(text.next)}
        </a>
      )}
    </nav>
  );
};

const List = ({ ui, site, rows }: Props) => (
  <Table
    caption={ui.say(text.persons)}
    first={ui.say(text.person)}
    columns={[text.knownBy, text.lastAct, text.optIns, text.browsers].map((words) => ({
      label: ui.say(words),
      plain: ui.say(words),
    }))}
    rows={rows.map((person) => ({
      head: <PersonLink ui={ui} site={site} person={person.id} />,
      cells: [
        ui.say(person.confirmedAt === null ? text.notYet : knownByWords[person.knownBy]),
        ui.format.moment(person.lastAt),
        ui.format.count(person.optIns),
        ui.format.count(person.visitors),
      ],
    }))}
  />
);

export const PersonsPage = (props: Props) => {
  const { ui, frame, site, total } = props;
  return (
    <Page ui={ui} frame={frame} place="people" title={`${ui.say(text.persons)} – ${site.name}`}>
      <PeopleHead ui={ui} site={site} part="persons" />
      <section class="section wide" aria-labelledby="persons">
        <header>
          <h2 id="persons">{ui.say(text.persons)}</h2>
          <Kinds {...props} />
        </header>
        <div class="content">
          {total === 0 ? (
            <p class="empty">{ui.say(text.noPerson)}</p>
          ) : (
            <>
              <List {...props} />
              <Paging {...props} />
            </>
          )}
        </div>
      </section>
    </Page>
  );
};
