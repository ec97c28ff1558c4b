/** Adds the 28 days that end with each row's time to an answer. */
import { startOfDay } from '../store/calendar.ts';
import { packTouchpoint } from '../store/visits-sql.ts';
import { tailFor } from './answer.ts';
import { compile, matchNames } from './filters/match.ts';
import { type Answered, keyOf } from './groups.ts';
import { addLack, everywhere } from './lacks.ts';
import type { Figures } from './metric.ts';
import type { Span } from './period.ts';
import type { Query } from './query.ts';
import type { CutSpan, Question } from './question.ts';
import { isByTouchpoint, isHourly, rollupOf } from './rollup-plan.ts';
import { readSticky, stickyWindow } from './stickiness.ts';
import type { Piece } from './time-cut.ts';
import { namesOf } from './value-names.ts';

function add(figures: Figures, more: { visitors: number; daily: number }): void {
  const days = figures.days ?? { visitors: 0, daily: 0 };
  figures.days = { visitors: days.visitors + more.visitors, daily: days.daily + more.daily };
}

/** @returns rows read. */
export async function addStickiness(question: Question, { span, pieces }: CutSpan, answered: Answered): Promise<number> {
  const { events, site, query, state, stores, nowMs } = question;
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
  const texts = { stores, columns: new Map() };
  const keeps = compile<number>(query.filters, (c) => {
    const fits = matchNames(c);
    return (value) => fits(namesOf(c.dimension, value, texts));
  });
  const keyAt = (value: number, labels: readonly string[]) => {
    let kind = 0;
    return keyOf(query.dimensions.map((d) => (d.bucket ? labels[kind++] : namesOf(d, value, texts)[0]) ?? ''));
  };
  for (const [i, touchpoints] of days.entries()) {
    for (const { store, kiosk, sticky } of touchpoints) {
      const value = packTouchpoint(store, kiosk);
      if (!keeps(value)) continue;
      if (i === 0) add(answered.total, sticky);
      const figures = i === 0 ? undefined : answered.groups.get(keyAt(value, times[i]?.labels ?? []));
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
