/** The figures of stores and kiosks that a page shows, for those who may see figures. */
import type { Context } from 'hono';
import { can } from '../../collector/access/roles.ts';
import { answerQuery } from '../../collector/report/answers.ts';
import { settleRange } from '../../collector/report/beginning.ts';
import { isProblem } from '../../collector/report/query.ts';
import { daysOf } from '../comparison.ts';
import type { Looked } from '../components/place-section.tsx';
import { type PlaceOf, placeCsv, placeQuery } from '../place-query.ts';
import { readView } from '../view.ts';
import type { App, Visit } from './context.ts';

/** @param path of the page, below its site. @returns null for somebody who sees no figures. */
export async function lookAt(c: Context<App>, { ui, site, role }: Visit, place: PlaceOf, path: string): Promise<Looked | null> {
  if (!can(role, 'see_figures')) return null;
  const view = { ...readView(ui.url.searchParams, site, ui.nowMs), compare: null, filters: [] };
  const query = placeQuery(view, place);
  const answer = await answerQuery(c.env, site, query, ui.nowMs);
  const days = isProblem(answer)
    ? daysOf(site, await settleRange(c.env, site, view.range, ui.nowMs), view, ui.nowMs)
    : answer.meta;
  return { view, path, days, answer, csv: placeCsv(ui, site, query) };
}
