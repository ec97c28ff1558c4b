/** How the site owner counts pages, where it is not simply the path: hash routes, named, excluded, manual and virtual pages. */
import type { Kind } from '../contract.ts';
import { config, isRefused, shared } from './core.ts';

const firstPath = location.pathname;
/** A path that the page named itself, the path it stands for, and how many were named. */
let virtual: string | undefined;
let named = '';
let count = 0;

/** Without a kind it is asked whether the page is another one now, with one for the path of a message. */
const readPath = (kind?: Kind): unknown => {
  const { pathname, hash } = location;
  if (named !== pathname) virtual = undefined;
  const path =
    virtual ??
    ('manual' in config && (!kind || kind === 'pageview')
      ? ''
      : // `data-page` speaks of the page that was loaded, not of later routes.
        (pathname === firstPath && config.page) || pathname + ('hash' in config ? hash.replace(/[?&].*|#$/, '') : ''));
  // Paths that are never measured; a star stands for anything.
  const excluded = RegExp(`^(${config.exclude?.replace(/ *, */g, '|').replace(/\*/g, '.*')})$`).test(path);
  if (excluded || isRefused()) return '';
  // Naming the same page twice is showing it twice.
  return virtual && !kind ? virtual + count : path;
};

/** Tells the core that the page may be another one. */
export const move = (): void => shared.on_?.({ type: '', timeStamp: performance.now() });

/** From now on the core asks us. */
export const readPaths = (): void => {
  shared.path_ = readPath;
};

export const showPath = (path = location.pathname): void => {
  virtual = path;
  named = location.pathname;
  count++;
  move();
};

/** What comes back from the back/forward cache waits to be named again, on a page without automatic pageviews for good. */
const leave = (): void => {
  virtual = undefined;
};

/** Route changes where there is no Navigation API: Safari before 26.2, Firefox before 147. */
const watched =
  (change: History['pushState']): History['pushState'] =>
  (...state) => {
    change.apply(history, state);
    move();
  };

/** `data-page-group` speaks of the page that was loaded; one that the page has changed since is left alone. */
let group: string | undefined;
const regroup = (): void => {
  if (location.pathname === firstPath) config.pageGroup ??= group;
  else if (config.pageGroup === group) delete config.pageGroup;
};

export const watchPaths = (): void => {
  group = config.pageGroup;
  addEventListener('pagehide', leave);
  if (self.navigation) {
    navigation.addEventListener('currententrychange', regroup);
    return;
  }
  addEventListener('popstate', move);
  try {
    // Throws where the page has frozen its history object; the core's heartbeat still notices.
    history.pushState = watched(history.pushState);
    history.replaceState = watched(history.replaceState);
  } catch {}
};
