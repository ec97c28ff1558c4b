/** Addresses, reduced to what a message may carry. */
import { config } from './config.ts';
import { isEngaged } from './consent.ts';

const firstPath = location.pathname;
export const isManual = 'manual' in config;

/** `data-page` and `data-page-group` speak of the page that was loaded, not of later routes. */
export const ofFirst = (value?: string): string | undefined => (location.pathname === firstPath ? value : undefined);

/** The path of the page as the site owner counts pages. A hash route counts as `/path#/route`. */
export const readPath = (): string =>
  ofFirst(config.page) || location.pathname + ('hash' in config ? location.hash.split(/[?&]|#k=/)[0] : '');

/** The token of an e-mail link, taken out of the fragment. `replaceState` throws in some sandboxed frames. */
export const takeToken = (): string | undefined => {
  const [rest, token] = location.href.split(/[#&]k=/);
  try {
    if (token) history.replaceState(history.state, '', rest);
  } catch {}
  return token;
};

/** Origin and path; in engagement mode also the campaign, and the names, never the values, of known click ids. */
export const writeUrl = (path: string): string => {
  const query = isEngaged() && location.search.match(/utm_\w+=[^&]*|\w*(clk?|bra|_fat_)id=/g);
  return (location.origin + path.replace(/#|$/, (route) => (query ? `?${query.join('&')}` : '') + route)).slice(0, 2048);
};

/** Paths that are never measured; a star stands for anything. */
export const isExcluded = (path: string): boolean =>
  RegExp(`^(${config.exclude?.replace(/ *, */g, '|').replace(/\*/g, '.*')})$`).test(path);
