/** Adds to an answer what kiosks say of their visits, held against the hours in which their stores were open. */
import { openTimes } from '../fleet/opening-hours.ts';
import { type OnDuty, readRoster } from '../fleet/roster.ts';
import { type ByTouchpoint, byTouchpoint } from './by-touchpoint.ts';
import type { Answered } from './groups.ts';
import { type OpenTimes, readKioskVisits, type VisitRow } from './kiosk-visits.ts';
import { everywhere } from './lacks.ts';
import type { Figures, KioskFigures } from './metric.ts';
import type { Span } from './period.ts';
import type { CutSpan, Question } from './question.ts';
import { isByTouchpoint, rollupOf } from './rollup-plan.ts';
import { type Piece, pieceFinder } from './time-cut.ts';

export { type OnDuty, readRoster };

const NOTHING: KioskFigures = { visits: 0, meaningful: 0, lengths: '', usedMs: 0, openMs: 0, screens: 0, withHours: 0 };
const NONE: Partial<KioskFigures> = {};

function add(figures: Figures | undefined, more: Partial<KioskFigures>): void {
  if (!figures) return;
  const before = figures.kiosks ?? NOTHING;
  figures.kiosks = {
    visits: before.visits + (more.visits ?? 0),
    meaningful: before.meaningful + (more.meaningful ?? 0),
    lengths: before.lengths + (more.lengths ?? ''),
    usedMs: before.usedMs + (more.usedMs ?? 0),
    openMs: before.openMs + (more.openMs ?? 0),
    screens: before.screens + (more.screens ?? 0),
    withHours: before.withHours + (more.withHours ?? 0),
  };
}

/** What one screen has of a time: nothing before it was in service, after it was revoked, or in the future. */
function dutyIn(duty: OnDuty, open: OpenTimes, time: Pick<Span, 'start' | 'end'>, nowMs: number): Partial<KioskFigures> {
  const [from, to] = [Math.max(time.start, duty.since), Math.min(time.end, duty.until ?? nowMs, nowMs)];
  if (from >= to) return NONE;
  const times = open.get(duty.store);
  if (!times) return { screens: 1 };
  const openMs = times.reduce((sum, [opens, closes]) => sum + Math.max(0, Math.min(closes, to) - Math.max(opens, from)), 0);
  return { screens: 1, withHours: 1, openMs };
}

/** The rows of the answer: all of it, and each piece of time of each place. */
function addTo(answered: Answered, pieces: readonly Piece[], { keeps, keyAt }: ByTouchpoint, isGrouped: boolean) {
  const find = pieceFinder(pieces);
  const rowAt = (row: VisitRow) => answered.groups.get(keyAt(row, find(row.at)?.labels ?? []));
  return {
    visits: (rows: readonly VisitRow[], isCut: boolean) => {
      for (const row of rows.filter(keeps)) {
        const more = { visits: row.n, meaningful: row.meaningful, lengths: row.lengths, usedMs: row.usedMs };
        add(answered.total, more);
        if (isGrouped) add(isCut ? rowAt(row) : answered.groups.get(keyAt(row, [])), more);
      }
    },
    duty: (roster: readonly OnDuty[], open: OpenTimes, span: Span, nowMs: number) => {
      for (const duty of roster.filter(keeps)) {
        const whole = dutyIn(duty, open, span, nowMs);
        if (whole === NONE) continue;
        add(answered.total, whole);
        for (const piece of isGrouped ? pieces : []) {
          const more = dutyIn(duty, open, piece, nowMs);
          if (more !== NONE) add(answered.groups.get(keyAt(duty, piece.labels)), more);
        }
      }
    },
  };
}

/** @returns rows read. */
export async function addKioskVisits(
  question: Question,
  roster: readonly OnDuty[],
  { span, pieces }: CutSpan,
  answered: Answered,
): Promise<number> {
  const { events, site, query, state, nowMs } = question;
  if (!isByTouchpoint(rollupOf(query))) {
    everywhere(answered, 'kiosk_visits', 'whole_site');
    return 0;
  }
  if (span.start < state.factsFrom) {
    everywhere(answered, 'kiosk_visits', 'facts_purged');
    return 0;
  }
  const until = Math.min(span.end, nowMs);
  const stores = new Map(roster.flatMap(({ store, hours, zone }) => (hours ? [[store, { hours, zone }] as const] : [])));
  const open: OpenTimes = new Map([...stores].map(([id, { hours, zone }]) => [id, openTimes(hours, zone, span.start, until)]));
  const isCut = query.dimensions.some((d) => d.bucket);
  const { rows, rowsRead } = await readKioskVisits(events, site.id, span, isCut, open);
  if (!rows) everywhere(answered, 'kiosk_visits', 'over_budget');
  else {
    const to = addTo(answered, pieces, byTouchpoint(question), query.dimensions.length > 0);
    to.visits(rows, isCut);
    to.duty(roster, open, span, nowMs);
  }
  return rowsRead;
}
