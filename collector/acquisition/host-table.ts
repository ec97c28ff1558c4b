/** Looks a host up by its labels: the most specific suffix wins, and a few steps per label are enough whatever the table's size. */

/** Longest name that the DNS knows (https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4); anything longer costs no time. */
const MAX_CHARS = 253;
/** Where `google.*` may stand. A look-alike at `google.shop` or `google.abc.example` is just a website. */
const COUNTRY = /^[a-z]{2}$/;
const PUBLIC = new Set(['com', 'net', 'org', 'cat']);
/** Second labels under which countries register names, as in `google.co.uk`. */
const SECOND_LEVELS = new Set(['co', 'com', 'ne', 'or', 'org', 'net']);

/** Where the public ends of a host begin: `google|.fr`, `google|.co.uk`. */
function publicEnds(host: string): number[] {
  const last = host.lastIndexOf('.');
  const top = host.slice(last + 1);
  const isCountry = COUNTRY.test(top);
  if (last <= 0 || !(isCountry || PUBLIC.has(top))) return [];
  const before = host.lastIndexOf('.', last - 1);
  return isCountry && before > 0 && SECOND_LEVELS.has(host.slice(before + 1, last)) ? [last, before] : [last];
}

/** Values by host suffix; a suffix that ends in `.*` stands for that name under any country's domain. */
export class HostTable<T> {
  readonly #bySuffix: Map<string, T>;

  constructor(entries: Iterable<readonly [suffix: string, value: T]>) {
    this.#bySuffix = new Map(entries);
  }

  /** The value of the longest suffix of a lower-case host, or undefined. */
  find(host: string): T | undefined {
    if (host.length > MAX_CHARS) return undefined;
    const ends = publicEnds(host);
    for (let at = 0; ; ) {
      const exact = this.#bySuffix.get(host.slice(at));
      if (exact !== undefined) return exact;
      for (const end of ends) {
        const wild = end > at ? this.#bySuffix.get(`${host.slice(at, end)}.*`) : undefined;
        if (wild !== undefined) return wild;
      }
      const dot = host.indexOf('.', at);
      if (dot < 0) return undefined;
      at = dot + 1;
    }
  }
}
