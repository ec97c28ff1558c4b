/** What can be done with a list: search it, count visitors too, take it along as a file, turn its pages. */
import type { QueryResult } from '../../collector/report/result.ts';
import type { Site } from '../../collector/store/sites.ts';
import { keptParams, sitePath } from '../links.ts';
import { hereOf, type List, listHref, rowsOf } from '../list.ts';
import { visitorsAreExtra } from '../reports.ts';
import { listCounts, lists as text } from '../text/lists.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';

type Props = { ui: Ui; site: Site; view: View; list: List };

const Search = ({ ui, site, view, list }: Props) => {
  const here = hereOf(site, view, list);
  return (
    <search>
      <form action={here.path} method="get" class="find">
        {keptParams(here, 'search').map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <label class="spoken" for="search">
          {ui.say(text.search)} – {ui.say(list.dimension.label)}
        </label>
        <input
          id="search"
          name="search"
          type="search"
          value={list.search}
          maxlength={200}
          placeholder={ui.say(list.dimension.label)}
        />
        <button type="submit">{ui.say(text.find)}</button>
        {list.search !== '' && <a href={listHref(site, view, list, { search: '' })}>{ui.say(text.clear)}</a>}
      </form>
    </search>
  );
};

export const ListTools = ({ csv, ...props }: Props & { csv: string | null }) => {
  const { ui, site, view, list } = props;
  return (
    <div class="tools">
      <Search {...props} />
      <p class="ways">
        {visitorsAreExtra(list.dimension) && (
          <a href={listHref(site, view, list, { visitors: !list.visitors, sort: null })}>
            {ui.say(list.visitors ? text.dropVisitors : text.addVisitors)}
          </a>
        )}
        {list.dimension.name === 'store' && <a href={sitePath(site, '/stores')}>{ui.say(text.compareStores)}</a>}
        {csv !== null && (
          <a href={csv} download>
            {ui.say(text.csv)}
          </a>
        )}
      </p>
    </div>
  );
};

/** Where the reader is in the list, with the pages before and after, and all of it at once. */
export const Paging = ({ ui, site, view, list, answer }: Props & { answer: QueryResult }) => {
  const { count } = ui.format;
  const { total_rows: total } = answer.meta;
  const size = rowsOf(list);
  const first = (list.page - 1) * size + 1;
  const last = first + answer.results.length - 1;
  if (total <= answer.results.length)
    return (
      <p class="paging remark">
        <span>{ui.say(listCounts.found(count(total), total === 1))}</span>
        {list.all && total > rowsOf({ ...list, all: false }) && (
          <a href={listHref(site, view, list, { all: false })}>{ui.say(text.inParts)}</a>
        )}
      </p>
    );
  return (
    <nav class="paging remark" aria-label={ui.say(text.pages)}>
      <span>{ui.say(listCounts.part(count(first), count(last), count(total)))}</span>
      {list.page > 1 && (
        <a rel="prev" href={listHref(site, view, list, { page: list.page - 1 })}>
          {ui.say(text.previous)}
        </a>
      )}
      {last < total && (
        <a rel="next" href={listHref(site, view, list, { page: list.page + 1 })}>
          {ui.say(text.next)}
        </a>
      )}
      {!list.all && (
        <a href={listHref(site, view, list, { all: true })}>
          {ui.say(listCounts.all(count(Math.min(total, rowsOf({ ...list, all: true })))))}
        </a>
      )}
    </nav>
  );
};
