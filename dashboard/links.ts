/** The state of the overview lives in its address: reading it, and links that change one part and keep the rest. */
import { type Compare, type DateRange, PERIODS, type Period } from '../collector/report/query.ts';
import { dateOfDay, dayOf, dayOfDate } from '../collector/store/calendar.ts';
import type { Site } from '../collector/store/sites.ts';

export const CHARTS = ['visitors', 'visits', 'pageviews', 'opt_ins'] as const;
export type Chart = (typeof CHARTS)[number];
export type View = { range: DateRange; compare: Compare; chart: Chart | null };

const isPeriod = (text: string | null): text is Period => PERIODS.some((period) => period === text);
const isChart = (text: string | null): text is Chart => CHARTS.some((chart) => chart === text);

/** A site's first day has nothing but today to show. */
export const defaultRange = (site: Site, nowMs: number): Period =>
  dayOf(site.zone, site.createdAt) === dayOf(site.zone, nowMs) ? 'day' : '28d';

/** Reads an address; whatever it says wrongly becomes the default, so that an old or a mistyped link still shows figures. */
export function readView(params: URLSearchParams, site: Site, nowMs: number): View {
  const [period, compare, chart] = [params.get('period'), params.get('compare'), params.get('chart')];
  const [a, b] = [dayOfDate(params.get('from') ?? ''), dayOfDate(params.get('to') ?? '')];
  const dates = a !== null && b !== null ? { from: Math.min(a, b), to: Math.max(a, b) } : null;
  return {
    range: dates ?? (isPeriod(period) ? period : defaultRange(site, nowMs)),
    compare: compare === 'none' ? null : compare === 'year' ? 'year' : 'previous_period',
    chart: isChart(chart) ? chart : null,
  };
}

/** The parameters of a view, every one of them, in a fixed order. */
export function viewParams(view: View): [name: string, value: string][] {
  const { range, compare, chart } = view;
  const params: [string, string][] =
    typeof range === 'string'
      ? [['period', range]]
      : [
          ['from', dateOfDay(range.from)],
          ['to', dateOfDay(range.to)],
        ];
  params.push(['compare', compare ?? 'none']);
  if (chart) params.push(['chart', chart]);
  return params;
}

export const sitePath = (site: Site, page = ''): string => `/s/${encodeURIComponent(site.key)}${page}`;

/** The overview's address with one thing changed. */
export function viewHref(site: Site, view: View, change: Partial<View> = {}): string {
  return `${sitePath(site)}?${new URLSearchParams(viewParams({ ...view, ...change }))}`;
}

/** This address with a preference to be remembered; the server takes it off again. */
export function preferenceHref(url: URL, name: 'lang' | 'theme', value: string): string {
  const params = new URLSearchParams(url.search);
  params.delete('lang');
  params.delete('theme');
  params.set(name, value);
  return `${url.pathname}?${params}`;
}

/** Where to go after signing in: a path of our own, or the start. */
export function readNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/';
  try {
    const url = new URL(next, 'http://local.invalid');
    // `/.//elsewhere` becomes `//elsewhere`, which a browser takes for another host.
    return url.host === 'local.invalid' && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
  } catch {
    return '/';
  }
}
