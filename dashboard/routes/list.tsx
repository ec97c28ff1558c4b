/** The reports that list values, one page for each dimension. */
import { Hono } from 'hono';
import { answerQuery } from '../../collector/report/answers.ts';
import { settleRange } from '../../collector/report/beginning.ts';
import { isProblem } from '../../collector/report/query.ts';
import { daysOf, isOver } from '../comparison.ts';
import { hereOf, listHref, readList, rowsOf } from '../list.ts';
import { csvHref, queryFor } from '../list-query.ts';
import { ListPage } from '../pages/list.tsx';
import { reportOf } from '../reports.ts';
import { spareUnchanged } from '../unchanged.ts';
import { filterProblem, readView } from '../view.ts';
import { addedFilter } from './add-filter.ts';
import { type App, visitOf } from './context.ts';
import { missing } from './missing.tsx';

export const listRoutes = new Hono<App>().get('/s/:key/by/:dimension', spareUnchanged, async (c) => {
  const visit = await visitOf(c, c.req.param('key'), 'see_figures');
  if (visit === null) return missing(c);
  if (visit instanceof Response) return visit;
  const { ui, frame, site } = visit;
  const { searchParams } = ui.url;
  const list = readList(c.req.param('dimension'), searchParams);
  const report = list && reportOf(list.dimension);
  if (!list || !report) return missing(c);
  const view = readView(searchParams, site, ui.nowMs);
  const added = addedFilter(ui, hereOf(site, view, list));
  if (added !== null) return c.redirect(added, 303);
  const query = queryFor(ui, view, list);
  const answer = await answerQuery(c.env, site, query, ui.nowMs);
  if (!isProblem(answer) && answer.results.length === 0 && answer.meta.total_rows > 0) {
    // The list has become shorter than the address thinks: its last page.
    const page = Math.ceil(answer.meta.total_rows / rowsOf(list));
    return c.redirect(listHref(site, view, list, { page }), 303);
  }
  return c.html(
    <ListPage
      ui={ui}
      frame={frame}
      site={site}
      view={view}
      list={list}
      report={report}
      answer={answer}
      days={isProblem(answer) ? daysOf(site, await settleRange(c.env, site, view.range, ui.nowMs), view, ui.nowMs) : answer.meta}
      csv={csvHref(site, ui.language, list, query)}
      unread={filterProblem(searchParams)}
      live={!isProblem(answer) && (answer.meta.updating || !isOver(site, answer.meta, ui.nowMs))}
    />,
  );
});
