/** Puts the tag into the page: `/c.js` of your Comptoir, with its settings as data attributes. */

export type Settings = {
  /** The public key of your site. */
  site: string;
  /** Where the tag's files are: `https://measure.brand.example`. Without it: the page's own host. */
  host?: string;
  /** `audience` (default), or `engagement` where the visitor has agreed. */
  mode?: 'audience' | 'engagement';
  /** `local` (default), or `none`: nothing is kept in the browser. */
  storage?: 'local' | 'none';
  /** Addresses like `#/page` are pages. */
  hash?: boolean;
  /** No automatic pageviews: each one is a call of `page`. */
  manual?: boolean;
  /** Replaces the path of the page that was loaded. */
  page?: string;
  /** Names the group of the page that was loaded: `product`, `help`… */
  pageGroup?: string;
  /** Paths that are never measured; a star stands for anything. */
  exclude?: string[];
  /** Where to send, if not to `/c` beside the script. */
  endpoint?: string;
  /** The nonce of your content security policy. */
  nonce?: string;
  /** The file to load: `c.js` (default), or a pinned `c.v1.….js`, whose `integrity` the browser can check. */
  file?: string;
  integrity?: string;
};

/** Data attributes as the tag reads them. One that is present counts, whatever it says, so `false` leaves it out. */
const attributesOf = ({ site, mode, storage, hash, manual, page, pageGroup, exclude, endpoint }: Settings) =>
  Object.entries({
    site,
    mode,
    storage,
    hash: hash ? '' : undefined,
    manual: manual ? '' : undefined,
    page,
    pageGroup,
    exclude: exclude?.join(','),
    endpoint,
  });

/** Pages with `require-trusted-types-for 'script'` take a script's address from a policy only: ours is called `comptoir`. */
const trusted = (url: string): string | object => {
  try {
    return window.trustedTypes?.createPolicy('comptoir', { createScriptURL: (own) => own }).createScriptURL(url) ?? url;
  } catch {
    // Not among the policies the page allows: the address goes to its default policy, if it has one.
    return url;
  }
};

const put = (settings: Settings): void => {
  const { host = '', file = 'c.js', nonce, integrity } = settings;
  const { href } = new URL(file, /\/\//.test(host) ? host : host ? `https://${host}` : location.origin);
  if (window.comptoir?.q === 1 || [...document.scripts].some(({ src }) => src === href)) return;
  const script = document.createElement('script');
  for (const [name, value] of attributesOf(settings)) if (value !== undefined) script.dataset[name] = value;
  if (nonce) script.nonce = nonce;
  if (integrity) {
    script.integrity = integrity;
    // Without it a browser refuses to check a file of another host, and does not run it.
    script.crossOrigin = 'anonymous';
  }
  // The type knows strings only; a trusted address is what the platform asks for.
  Object.assign(script, { src: trusted(href) });
  document.head.append(script);
};

/**
 * Puts the tag there, once: a second call with the same address changes nothing, and neither does a tag that is there already.
 * Never throws: a page that does not let the tag in is not measured, and says why in its console.
 */
export const install = (settings: Settings): void => {
  if (typeof document === 'undefined') return;
  try {
    put(settings);
  } catch (error) {
    console.warn('comptoir: no tag', error);
  }
};
