/** Days of many instants: the calendar asks Intl each time, this one only once a day. */
import { dayOf, startOfDay } from '../../store/calendar.ts';

/** @returns number of the site-local day of an instant between `start` and `end`. */
export function dayFinder(zone: string, start: number, end: number): (at: number) => number {
  const first = dayOf(zone, start);
  const starts: number[] = [];
  for (let day = first; startOfDay(zone, day) <= end; day += 1) starts.push(startOfDay(zone, day));
  return (at) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (at >= (starts[middle] ?? 0)) low = middle;
      else high = middle;
    }
    return first + low;
  };
}
