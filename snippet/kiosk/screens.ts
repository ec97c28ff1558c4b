/** Which screen is shown: the path of the address, or the one the page names itself. */
import { config } from '../config.ts';
import { urlOf } from './about.ts';

const readPath = (): string =>
  config.page || location.pathname + ('hash' in config ? location.hash.replace(/[?&].*|#$/, '') : '');

/** The URL of the screen shown now. */
export let shown = urlOf(readPath());

let changed: () => void = () => {};

export const showPath = (path: string): void => {
  const url = urlOf(path);
  if (url === shown) return;
  shown = url;
  changed();
};

const follow = (): void => showPath(readPath());

const watched =
  (change: History['pushState']): History['pushState'] =>
  (...state) => {
    change.apply(history, state);
    follow();
  };

/** Calls back after every change to another path; query and history state make no new screen. */
export const watchScreens = (onChange: () => void): void => {
  changed = onChange;
  if ('manual' in config) return;
  try {
    if ('navigation' in window) navigation.addEventListener('currententrychange', follow);
    else {
      addEventListener('popstate', follow);
      // Throws where the page has frozen its history object.
      history.pushState = watched(history.pushState);
      history.replaceState = watched(history.replaceState);
    }
  } catch {
    // Then the page's own `comptoir('page')` speaks.
  }
};
