/** Geometry of the line chart in percent of its box, so that lines stretch with the page while labels keep their size. */
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';

/** One bucket: position across, and value or null where nothing was measured. */
export type Point = { x: number; value: number | null };
export type Geometry = {
  points: (Point & { y: number | null })[];
  /** Path of complete buckets, its filled area, and the dotted tail into buckets that are not over. */
  solid: string;
  fill: string;
  tail: string;
  yTicks: { y: number; value: number }[];
  /** Buckets that get a label; narrow screens show only those with `always`. */
  xTicks: { index: number; x: number; anchor: 'start' | 'middle' | 'end'; always: boolean }[];
};

/** The path's own coordinate system; it is stretched to the box without thickening its line. */
export const PATH_SIZE = 1_000;
const MAX_X_TICKS = 7;

export const positionOf = (index: number, count: number): number => (count < 2 ? 50 : (index / (count - 1)) * 100);

/** Round steps from zero to just above the largest value; whole numbers only, as people are counted. */
export function scaleY(values: (number | null)[], ticks = 4) {
  const top = Math.max(4, ...values.map((value) => value ?? 0));
  const scale = scaleLinear([0, top], [100, 0]).nice(ticks);
  return { scale, ticks: scale.ticks(ticks).filter(Number.isInteger) };
}

/** @param completeUntil index of the first bucket that is not over; the number of buckets when all are. */
export function drawSeries(values: (number | null)[], y: (value: number) => number, completeUntil: number) {
  const points = values.map((value, index) => ({
    x: positionOf(index, values.length),
    value,
    y: value === null ? null : y(value),
  }));
  const across = (p: { x: number }) => (p.x / 100) * PATH_SIZE;
  const down = (p: { y: number | null }) => ((p.y ?? 0) / 100) * PATH_SIZE;
  const measured = (p: { y: number | null }) => p.y !== null;
  const path = line<(typeof points)[number]>().x(across).y(down).defined(measured).digits(1);
  const under = area<(typeof points)[number]>().x(across).y0(PATH_SIZE).y1(down).defined(measured).digits(1);
  const complete = points.slice(0, completeUntil);
  const tail = completeUntil < points.length ? points.slice(Math.max(0, completeUntil - 1)) : [];
  return { points, solid: path(complete) ?? '', fill: under(complete) ?? '', tail: path(tail) ?? '' };
}

export function placeTicks(count: number): Geometry['xTicks'] {
  if (count === 0) return [];
  const step = Math.max(1, Math.ceil((count - 1) / (MAX_X_TICKS - 1)));
  const indexes: number[] = [];
  for (let i = 0; i < count; i += step) indexes.push(i);
  return indexes.map((index, n) => {
    const x = positionOf(index, count);
    return { index, x, anchor: count > 1 && x < 2 ? 'start' : x > 96 && count > 1 ? 'end' : 'middle', always: n % 2 === 0 };
  });
}

/** Everything the chart draws for one series. */
export function layOut(
  values: (number | null)[],
  completeUntil: number,
  alsoShown: (number | null)[] = [],
): Geometry & { yOf: (value: number) => number } {
  const { scale, ticks } = scaleY([...values, ...alsoShown]);
  return {
    ...drawSeries(values, scale, completeUntil),
    yTicks: ticks.map((value) => ({ value, y: scale(value) })),
    xTicks: placeTicks(values.length),
    yOf: scale,
  };
}
