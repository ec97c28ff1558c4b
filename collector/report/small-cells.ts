/**
 * Small cells of figures about persons. Where a question narrows down in two ways or more, cells under ten are not told, and the next
 * smallest is not told with them, so that subtraction does not undo it (docs/decisions/021-small-cells.md).
 */
import type { Dimension } from './dimension.ts';
import type { Figures, Metric } from './metric.ts';
import type { Query } from './query.ts';
import { dimensionsIn } from './rollup-plan.ts';

/** A cell with fewer than this is small. */
export const SMALL = 10;

/** What lies in each other is one way of narrowing down: a kiosk in its store, a source in its channel. */
const NESTED: Record<string, string> = {
  touchpoint: 'contact',
  store: 'contact',
  kiosk: 'contact',
  channel: 'origin',
  source: 'origin',
  referrer: 'origin',
  country: 'place',
  region: 'place',
  city: 'place',
  hostname: 'page',
  page_group: 'page',
};
const axisOf = (d: Dimension) => (d.bucket ? 'time' : (NESTED[d.name] ?? d.name));

/** The figures about persons of a question that narrows down in two ways or more, by breakdowns and filters; else none. */
export function hidingMetrics(query: Query): Metric[] {
  const axes = new Set(dimensionsIn(query).map(axisOf));
  return axes.size < 2 || query.showsSmall ? [] : query.metrics.filter((m) => m.persons);
}

/** One cell: how many stand behind each figure, and how many could at most, as the answer tells beside it. Null = not measured. */
export type Cell = { key: string; counts: readonly (number | null)[]; most: readonly number[] };
/** @property total the figures of the whole are not told either: with them a cell could be worked out. */
export type Hidden = { keys: ReadonlySet<string>; total: boolean };

const isSmall = (n: number | null | undefined) => n !== null && n !== undefined && n < SMALL;
const first = (cell: Cell) => cell.counts.find((n) => n !== null) ?? 0;
const inOrder = (a: Cell, b: Cell) => first(a) - first(b) || (a.key < b.key ? -1 : 1);

/** What is known of a cell that is not told, by whoever knows this rule: it is one of the small ones, or the next. */
type Bounds = { low: number; high: number; count: number };
function boundsOf(cells: readonly Cell[], extra: Cell | undefined, next: Cell | undefined, at: number): Bounds[] {
  return cells.flatMap((cell) => {
    const count = cell.counts[at];
    if (count === null || count === undefined) return [];
    const most = cell.most[at] ?? Number.POSITIVE_INFINITY;
    if (isSmall(count)) return [{ low: 0, high: Math.min(SMALL - 1, most), count }];
    // The first figure chose it: it is no more than the smallest that is told.
    const before = cell === extra && at === 0 && next ? first(next) - (cell.key < next.key ? 0 : 1) : Number.POSITIVE_INFINITY;
    return [{ low: SMALL, high: Math.min(most, before), count }];
  });
}

/** Whether the sum of the cells that are not told leaves one of them only one value. */
function isTold(bounds: readonly Bounds[]): boolean {
  const whole = bounds.reduce((sum, { count }) => sum + count, 0);
  return bounds.some((one) => {
    const rest = (of: 'low' | 'high') => bounds.reduce((sum, b) => (b === one ? sum : sum + b[of]), 0);
    return one.low < one.high && Math.max(one.low, whole - rest('high')) >= Math.min(one.high, whole - rest('low'));
  });
}

/** Which cells are not told. Follows from the cells alone: asked again, in any order, the answer is the same. */
export function hideSmall(cells: readonly Cell[]): Hidden {
  const small = cells.filter(({ counts }) => counts.some(isSmall));
  if (small.length === 0) return { keys: new Set(), total: false };
  const [extra, next] = cells.filter((cell) => !small.includes(cell)).sort(inOrder);
  const hidden = extra ? [...small, extra] : small;
  const figures = Math.max(...cells.map(({ counts }) => counts.length));
  const total = Array.from({ length: figures }, (_, at) => boundsOf(hidden, extra, next, at)).some(isTold);
  return { keys: new Set(hidden.map(({ key }) => key)), total };
}

/** The cells of an answer's rows, or of the whole where it has no rows. */
export function hideSmallIn(metrics: readonly Metric[], groups: readonly (readonly [key: string, figures: Figures])[]): Hidden {
  if (metrics.length === 0) return { keys: new Set(), total: false };
  return hideSmall(
    groups.map(([key, figures]) => ({
      key,
      counts: metrics.map((m) => m.persons?.count(figures) ?? null),
      most: metrics.map((m) => m.persons?.most(figures) ?? Number.POSITIVE_INFINITY),
    })),
  );
}
