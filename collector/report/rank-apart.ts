/** Ranks by proportions only where they can be told apart: where 95 % intervals do not overlap (reference/domain.md §2.8). */

/** `from` and `to` are the first and last rank it may have; the same where it stands apart from all others. Null without an interval. */
export type Ranked<T> = { item: T; rank: { from: number; to: number } | null };
type Interval = readonly [low: number, high: number];

/**
 * Best first; those that cannot be told apart, directly or over others between them, follow each other by name. What has no interval
 * comes last, by name.
 *
 * @param language of the names' alphabet.
 */
export function rankApart<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  intervalOf: (item: T) => Interval | null,
  language: string,
): Ranked<T>[] {
  const byName = (a: T, b: T) => nameOf(a).localeCompare(nameOf(b), language);
  const measured = items.flatMap((item) => {
    const interval = intervalOf(item);
    return interval ? [{ item, low: interval[0], high: interval[1] }] : [];
  });
  const groups: { items: T[]; low: number }[] = [];
  for (const { item, low, high } of measured.sort((a, b) => b.high - a.high)) {
    const last = groups.at(-1);
    if (last && high >= last.low) {
      last.items.push(item);
      last.low = Math.min(last.low, low);
    } else groups.push({ items: [item], low });
  }
  const ranked: Ranked<T>[] = [];
  for (const group of groups) {
    const rank = { from: ranked.length + 1, to: ranked.length + group.items.length };
    ranked.push(...group.items.sort(byName).map((item) => ({ item, rank })));
  }
  const rest = items.filter((item) => intervalOf(item) === null).sort(byName);
  return [...ranked, ...rest.map((item) => ({ item, rank: null }))];
}
