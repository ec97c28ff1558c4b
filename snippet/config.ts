/** What the site owner wrote on our own script element, read while that element is still the current one. */
const { currentScript } = document;
const script = currentScript instanceof HTMLScriptElement ? currentScript : document.createElement('script');

/** The `data-*` attributes, live: a page may still change `data-page` after we have started. */
export const config = script.dataset;

/** A file on the host we came from, so that a first-party route needs no further setting. */
export const beside = (name: string): string => new URL(name, script.src).href;
