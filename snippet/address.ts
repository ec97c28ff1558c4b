/** Addresses, reduced to what a message may carry. */
import { config } from './config.ts';
import { isEngaged } from './consent.ts';

/** E-mail link tokens travel in the fragment as `k`. */
const TOKEN = /([#&])k=([^&]*)/;
const firstPath = location.pathname;

/** `data-page` and `data-page-group` speak of the page that was loaded, not of later routes. */
const ofFirst = (value: string | undefined): string | undefined => (location.pathname === firstPath ? value : undefined);
export const readGroup = (): string | undefined => ofFirst(config.pageGroup);

/** The path of the page as the site owner counts pages. A hash route counts as `/path#/route`. */
export const readPath = (): string =>
  ofFirst(config.page) || location.pathname + ('hash' in config ? location.hash.replace(TOKEN, '').replace(/\?.*/, '') : '');

/** Takes the token of an e-mail link out of the address. `replaceState` throws in some sandboxed frames. */
export const takeToken = (): string | undefined => {
  const { hash, pathname, search } = location;
  const token = TOKEN.exec(hash)?.[2];
  try {
    if (token) history.replaceState(history.state, '', pathname + search + hash.replace(TOKEN, ''));
  } catch {}
  return token;
};

/** Origin and path; in engagement mode also the campaign, and the names, never the values, of known click ids. */
export const writeUrl = (path: string): string => {
  const [page, route] = path.split('#');
  const query = new URLSearchParams();
  if (isEngaged())
    new URLSearchParams(location.search).forEach((value, name) => {
      if (/^utm_|(clk?|bra|_fat_)id$/.test(name)) query.set(name, /^u/.test(name) ? value : '1');
    });
  return (location.origin + page + (`${query}` && `?${query}`) + (route ? `#${route}` : '')).slice(0, 2048);
};

/** Paths that are never measured; a star stands for anything. */
export const isExcluded = (path: string): boolean =>
  new RegExp(`^(${(config.exclude ?? '').replace(/\s*,\s*/g, '|').replace(/\*/g, '.*')})$`).test(path);
