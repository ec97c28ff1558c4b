/** Adds the 28 days that end with each row's time to an answer. */
import { startOfDay } from '../store/calendar.ts';
import { tailFor } from './answer.ts';
import { byTouchpoint } from './by-touchpoint.ts';
import { type Answered, keyOf } from './groups.ts';
import { addLack, everywhere } from './lacks.ts';
import type { Figures } from './metric.ts';
import type { Span } from './period.ts';
import type { Query } from './query.ts';
import type { CutSpan, Question } from './question.ts';
import { isByTouchpoint, isHourly, rollupOf } from './rollup-plan.ts';
import { readSticky, stickyWindow } from './stickiness.ts';
import type { Piece } from './time-cut.ts';

function add(figures: Figures, more: { visitors: number; daily: number }): void {
  const days = figures.days ?? { visitors: 0, daily: 0 };
  figures.days = { visitors: days.visitors + more.visitors, daily: days.daily + more.daily };
}

/** @returns rows read. */
export async function addStickiness(question: Question, { span, pieces }: CutSpan, answered: Answered): Promise<number> {
  const { events, site, query, state, nowMs } = question;
  if (!isByTouchpoint(rollupOf(query)) || isHourly(query, span)) {
    everywhere(answered, 'days', 'whole_site');
    return 0;
  }
  const times: readonly (Span & { labels?: readonly string[] })[] = [span, ...(query.dimensions.length > 0 ? pieces : [])];
  const windows = times.map((s) => stickyWindow(site, s, nowMs, state.visitors_from));
  const tail = await tailFor(
    question,
    windows.flatMap((w) => (w ? [{ end: startOfDay(site.zone, w[1] + 1) }] : [])),
  );
  const { days, rowsRead } = await readSticky(events, site, windows, tail);
  const { keeps, keyAt } = byTouchpoint(question);
  for (const [i, touchpoints] of days.entries()) {
    for (const { sticky, ...place } of touchpoints) {
      if (!keeps(place)) continue;
      if (i === 0) add(answered.total, sticky);
      const figures = i === 0 ? undefined : answered.groups.get(keyAt(place, times[i]?.labels ?? []));
      if (figures) add(figures, sticky);
    }
  }
  markYoung(answered, query, windows, pieces);
  return rowsRead + tail.rowsRead;
}

/** Where 28 days have not been measured, nothing is said of them. */
function markYoung(
  answered: Answered,
  query: Query,
  windows: readonly (readonly number[] | null)[],
  pieces: readonly Piece[],
): void {
  if (!windows[0]) addLack(answered.total, 'days', 'not_28_days');
  const isTimeOnly = query.dimensions.every((d) => d.bucket);
  if (!isTimeOnly) {
    if (windows.slice(1).some((w) => !w)) for (const figures of answered.groups.values()) addLack(figures, 'days', 'not_28_days');
    return;
  }
  pieces.forEach((piece, i) => {
    const figures = answered.groups.get(keyOf(piece.labels));
    if (figures && query.dimensions.length > 0 && !windows[i + 1]) addLack(figures, 'days', 'not_28_days');
  });
}
