/** Looks a host up by its labels: the most specific suffix wins, and a handful of steps are enough whatever the table's size. */

/** Second labels under which countries register names, as in `google.co.uk`. */
const SECOND_LEVELS = new Set(['co', 'com', 'ne', 'or', 'org', 'net']);
/** Where `google.*` may stand. A look-alike at `google.shop` or `google.abc.example` is just a website. */
const isPublicEnd = (labels: readonly string[]): boolean => {
  const [first = '', second] = labels;
  if (second === undefined) return /^([a-z]{2}|com|net|org|cat)$/.test(first);
  return labels.length === 2 && SECOND_LEVELS.has(first) && /^[a-z]{2}$/.test(second);
};

/** Values by host suffix; a suffix that ends in `.*` stands for that name under any country's domain. */
export class HostTable<T> {
  readonly #bySuffix = new Map<string, T>();

  constructor(entries: Iterable<readonly [suffix: string, value: T]>) {
    for (const [suffix, value] of entries) this.#bySuffix.set(suffix, value);
  }

  /** The value of the longest suffix of a lower-case host, or undefined. */
  find(host: string): T | undefined {
    // A name has at most 127 labels; a longer text is no host, and costs no time.
    const labels = host.split('.', 128);
    for (let i = 0; i < labels.length; i += 1) {
      const exact = this.#bySuffix.get(labels.slice(i).join('.'));
      if (exact !== undefined) return exact;
      for (const end of [1, 2]) {
        const cut = labels.length - end;
        if (cut <= i || !isPublicEnd(labels.slice(cut))) continue;
        const wild = this.#bySuffix.get(`${labels.slice(i, cut).join('.')}.*`);
        if (wild !== undefined) return wild;
      }
    }
    return undefined;
  }
}
