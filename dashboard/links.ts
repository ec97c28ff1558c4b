/** Addresses of our own pages, with all that they show in them. */
import type { Site } from '../collector/store/sites.ts';
import { type Params, type View, viewParams } from './view.ts';

export const sitePath = (site: Site, page = ''): string => `/s/${encodeURIComponent(site.key)}${page}`;

/** Parameters as a query. Signs that may stand in one as they are (RFC 3986 §3.4) do, so that people can read the address. */
export const queryOf = (params: Params): string =>
  new URLSearchParams(params).toString().replaceAll(/%(?:2F|3A|2C)/g, (code) => decodeURIComponent(code));

/** A report as it is looked at: its path, its view, and what else its address says. */
export type Here = { path: string; view: View; more: Params };

/** The address of a report with one thing of its view changed. */
export const hrefOf = ({ path, view, more }: Here, change: Partial<View> = {}): string =>
  `${path}?${queryOf([...viewParams({ ...view, ...change }), ...more])}`;

/** The same for another report of the site, with this view. @param page below the site: the overview when left out. */
export const viewHref = (site: Site, view: View, change: Partial<View> = {}, page = ''): string =>
  hrefOf({ path: sitePath(site, page), view, more: [] }, change);

/** What a form must send along so that its answer keeps the rest of the address. */
export const keptParams = ({ view, more }: Here, ...changed: string[]): Params =>
  [...viewParams(view), ...more].filter(([name]) => !changed.includes(name));

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
