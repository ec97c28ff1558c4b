/** The opt-ins of a site: filtered, searched, page by page, without addresses; who may see them opens one at a time and says why. */
import type { ListedOptIn, OptInFilter } from '../../collector/people/list-opt-ins.ts';
import { OPT_IN_STATES } from '../../collector/people/list-opt-ins.ts';
import type { Site } from '../../collector/store/sites.ts';
import { Agreed, OptInState, PeopleHead, PersonLink } from '../components/people-parts.tsx';
import { RevealForm } from '../components/reveal-form.tsx';
import { Section } from '../components/section.tsx';
import { Table } from '../components/table.tsx';
import { type Frame, Page } from '../layout.tsx';
import { queryOf, sitePath } from '../links.ts';
import { listCounts } from '../text/lists.ts';
import { stateWords, people as text } from '../text/people.ts';
import type { Ui } from '../ui.ts';
import type { Params } from '../view.ts';

export const ROWS = 50;
type Props = {
  ui: Ui;
  frame: Frame;
  site: Site;
  filter: OptInFilter;
  page: number;
  rows: readonly ListedOptIn[];
  total: number;
  stores: ReadonlyMap<number, string>;
  wordings: readonly string[];
  /** May open addresses. */
  reveals: boolean;
  /** An address was searched for that nobody here has. */
  nobody: boolean;
  /** Somebody was just erased: `all` everywhere, else the rest follows within minutes. */
  erased: string | null;
};

const paramsOf = ({ state, touchpoint, wording, search }: OptInFilter): Params => [
  ...(state ? [['state', state] satisfies [string, string]] : []),
  ...(touchpoint ? [['touchpoint', touchpoint] satisfies [string, string]] : []),
  ...(wording ? [['wording', wording] satisfies [string, string]] : []),
  ...(search ? [['search', search] satisfies [string, string]] : []),
];
const hrefOf = (site: Site, filter: OptInFilter, page: number): string =>
  `${sitePath(site, '/people')}?${queryOf([...paramsOf(filter), ...(page > 1 ? [['page', String(page)] satisfies [string, string]] : [])])}`;

type Option = { value: string; label: string };
const Choice = ({
  ui,
  name,
  label,
  value,
  options,
}: {
  ui: Ui;
  name: string;
  label: string;
  value: string | null;
  options: Option[];
}) => (
  <label>
    {label}
    <select name={name}>
      <option value="">{ui.say(text.any)}</option>
      {options.map((one) => (
        <option value={one.value} selected={one.value === value}>
          {one.label}
        </option>
      ))}
    </select>
  </label>
);

/** Sent by POST: what is typed may be an address, and addresses stand in no URL. */
const Tools = ({ ui, site, filter, wordings, reveals }: Props) => (
  <search>
    <form method="post" action={sitePath(site, '/people')} class="sift">
      <Choice
        ui={ui}
        name="state"
        label={ui.say(text.state)}
        value={filter.state}
        options={OPT_IN_STATES.map((state) => ({ value: state, label: ui.say(stateWords[state]) }))}
      />
      <Choice
        ui={ui}
        name="touchpoint"
        label={ui.say(text.touchpoint)}
        value={filter.touchpoint}
        options={(['web', 'kiosk'] as const).map((one) => ({ value: one, label: ui.say(text[one]) }))}
      />
      <Choice
        ui={ui}
        name="wording"
        label={ui.say(text.wording)}
        value={filter.wording}
        options={wordings.map((id) => ({ value: id, label: id }))}
      />
      <label>
        {ui.say(text.search)}
        <input
          type="search"
          name="search"
          value={filter.search}
          maxlength={320}
          autocomplete="off"
          placeholder={ui.say(reveals ? text.searchAddressHint : text.searchHint)}
        />
      </label>
      <button type="submit">{ui.say(text.show)}</button>
      {paramsOf(filter).length > 0 && <a href={sitePath(site, '/people')}>{ui.say(text.reset)}</a>}
    </form>
  </search>
);

const Paging = ({ ui, site, filter, page, rows, total }: Props) => {
  const { count } = ui.format;
  const first = (page - 1) * ROWS + 1;
  if (total <= rows.length) return <p class="paging remark">{ui.say(listCounts.found(count(total), total === 1))}</p>;
  const last = first + rows.length - 1;
  return (
    <nav class="paging remark" aria-label={ui.say(text.optIns)}>
      <span>{ui.say(listCounts.part(count(first), count(last), count(total)))}</span>
      {page > 1 && (
        <a rel="prev" href={hrefOf(site, filter, page - 1)}>
          {ui.say(text.previous)}
        </a>
      )}
      {last < total && (
        <a rel="next" href={hrefOf(site, filter, page + 1)}>
          {ui.say(text.next)}
        </a>
      )}
    </nav>
  );
};

const List = ({ ui, site, rows, stores, reveals }: Props) => {
  const column = (words: (typeof text)[keyof typeof text]) => ({ label: ui.say(words), plain: ui.say(words) });
  return (
    <Table
      kind="settings people"
      caption={ui.say(text.optIns)}
      first={ui.say(text.given)}
      columns={[column(text.person), column(text.state), column(text.where), column(text.agreed), column(text.wording)]}
      rows={rows.map((optIn) => ({
        head: <time datetime={new Date(optIn.at).toISOString()}>{ui.format.moment(optIn.at)}</time>,
        cells: [
          <>
            <PersonLink ui={ui} site={site} person={optIn.person} />
            {reveals && <RevealForm ui={ui} site={site} person={optIn.person} />}
          </>,
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
};

export const OptInsPage = (props: Props) => {
  const { ui, frame, site, filter, total, nobody, erased } = props;
  const isAll = paramsOf(filter).length === 0;
  return (
    <Page ui={ui} frame={frame} place="people" title={`${ui.say(text.title)} – ${site.name}`}>
      <PeopleHead ui={ui} site={site} part="opt-ins" />
      {nobody && (
        <p class="notice" role="status">
          {ui.say(text.nobody)}
        </p>
      )}
      {erased !== null && (
        <p class="notice" role="status">
          {ui.say(erased === 'all' ? text.erased : text.erasedSoon)}
        </p>
      )}
      <Section id="opt-ins" title={ui.say(text.optIns)} wide>
        <Tools {...props} />
        {total === 0 ? (
          <p class="empty">{ui.say(isAll ? text.none : text.nothing)}</p>
        ) : (
          <>
            <List {...props} />
            <Paging {...props} />
          </>
        )}
      </Section>
    </Page>
  );
};
