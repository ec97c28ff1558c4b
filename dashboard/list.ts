/** A report that lists the values of one dimension: what its address says, and addresses that say one thing otherwise. */
import { type Dimension, dimensionOf } from '../collector/report/dimensions.ts';
import type { Metric } from '../collector/report/metric.ts';
import { QUERY_LIMITS } from '../collector/report/query-shape.ts';
import type { Site } from '../collector/store/sites.ts';
import { type Here, hrefOf, sitePath } from './links.ts';
import { metricsFor, reportOf } from './reports.ts';
import { isClosed } from './value-names.ts';
import type { Params, View } from './view.ts';

export type Sort = { by: string; direction: 'asc' | 'desc' };
export type List = {
  dimension: Dimension;
  search: string;
  /** Null: most of the first column first. */
  sort: Sort | null;
  /** From 1. */
  page: number;
  all: boolean;
  visitors: boolean;
};

const ROWS = 50;
const MAX_SEARCH = 200;
export const rowsOf = ({ all }: List): number => (all ? QUERY_LIMITS.rows : ROWS);
const lastPage = (list: List): number => Math.floor(QUERY_LIMITS.offset / rowsOf(list)) + 1;

/** Names shown in the reader's language have no order that the reports know. */
export const sortsByName = ({ dimension }: List): boolean => !isClosed(dimension);

function readSort(text: string | null, columns: readonly string[]): Sort | null {
  const [, by, direction] = /^(.+):(asc|desc)$/.exec(text ?? '') ?? [];
  return by !== undefined && columns.includes(by) ? { by, direction: direction === 'asc' ? 'asc' : 'desc' } : null;
}

/** @returns null where no report lists this dimension. What else is wrong in an address becomes the default. */
export function readList(name: string, params: URLSearchParams): List | null {
  const dimension = dimensionOf(name);
  if (!dimension || reportOf(dimension) === null) return null;
  const visitors = params.get('visitors') === '1';
  const search = (params.get('search') ?? '').trim().slice(0, MAX_SEARCH);
  const list = { dimension, visitors, search, sort: null, page: 1, all: params.get('rows') === 'all' };
  const columns = [...metricsFor(dimension, visitors).map((m) => m.name), ...(sortsByName(list) ? [dimension.name] : [])];
  const page = Number(params.get('page') ?? 1);
  return {
    ...list,
    sort: readSort(params.get('sort'), columns),
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, lastPage(list)) : 1,
  };
}

function listParams({ search, sort, page, all, visitors }: List): Params {
  const params: Params = [];
  if (search !== '') params.push(['search', search]);
  if (sort) params.push(['sort', `${sort.by}:${sort.direction}`]);
  if (visitors) params.push(['visitors', '1']);
  if (all) params.push(['rows', 'all']);
  if (page > 1) params.push(['page', String(page)]);
  return params;
}

/** Any change of a list begins at its first page again, unless it is the page that changes. */
export function hereOf(site: Site, view: View, list: List, change: Partial<List> = {}): Here {
  const path = sitePath(site, `/by/${encodeURIComponent(list.dimension.name)}`);
  return { path, view, more: listParams({ ...list, page: 1, ...change }) };
}
export const listHref = (site: Site, view: View, list: List, change: Partial<List> = {}): string =>
  hrefOf(hereOf(site, view, list, change));

/** The figures beside the values. */
export const columnsOf = ({ dimension, visitors }: List): Metric[] => metricsFor(dimension, visitors);
