/** Which hosts are the site's own. */

/** Whether a host is one the site owner allowed: itself, or for `*.example.com` that domain and its subdomains. */
export function isAllowedHost(hosts: readonly string[], host: string): boolean {
  return hosts.some((allowed) =>
    allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) || host === allowed.slice(2) : host === allowed,
  );
}

/**
 * Whether a referrer is the site itself: an allowed host, the page's own, the same with or without `www.`, or a subdomain of one
 * of them, measured or not (a shop's checkout, its help centre).
 */
export function isOwnReferrer(hosts: readonly string[], pageHost: string, referrer: string): boolean {
  return [pageHost, ...hosts].some((own) => {
    const bare = own.replace(/^(\*|www)\./, '');
    return bare !== '' && (referrer === bare || referrer.endsWith(`.${bare}`));
  });
}
