/** The order of rows: as asked, else time first, then the most of the first metric; ties by name, so that pages of rows never overlap. */
import type { Order, Query } from './query.ts';
import type { Row } from './result.ts';

type Compare = (a: Row, b: Row) => number;

/** Not measured comes last in either direction. */
function byMetric(at: number, direction: Order['direction']): Compare {
  const sign = direction === 'asc' ? 1 : -1;
  return (a, b) => {
    const [x, y] = [a.metrics[at] ?? null, b.metrics[at] ?? null];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return sign * (x - y);
  };
}

/** @param ranks places of the names of time: the repeated hour of autumn comes after the first, whatever its name. */
function byName(at: number, direction: Order['direction'], ranks: Map<string, number> | undefined): Compare {
  const sign = direction === 'asc' ? 1 : -1;
  return (a, b) => {
    const [x, y] = [a.dimensions[at] ?? '', b.dimensions[at] ?? ''];
    if (x === y) return 0;
    const less = ranks ? (ranks.get(x) ?? 0) < (ranks.get(y) ?? 0) : x < y;
    return less ? -sign : sign;
  };
}

/** @param names of the buckets of each time dimension, in their order. */
export function orderRows(rows: Row[], query: Query, names: readonly (readonly string[])[]): Row[] {
  let kind = 0;
  const ranks = query.dimensions.map((d) => (d.bucket ? new Map((names[kind++] ?? []).map((name, i) => [name, i])) : undefined));
  const named = (at: number, direction: Order['direction']) => byName(at, direction, ranks[at]);
  const wanted: Compare[] =
    query.orderBy.length > 0
      ? query.orderBy.map(({ by, direction }) =>
          'metric' in by ? byMetric(by.metric, direction) : named(by.dimension, direction),
        )
      : [...query.dimensions.flatMap((d, i) => (d.bucket ? [named(i, 'asc')] : [])), byMetric(0, 'desc')];
  const all = [...wanted, ...query.dimensions.map((_, i) => named(i, 'asc'))];
  return rows.sort((a, b) => {
    for (const compare of all) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
}
