/** What must hold after every step: a report says exactly what the model says, or “updating” when something waits. */
import { isProblem, readQuery } from '../collector/report/query.ts';
import { runQuery } from '../collector/report/run-query.ts';
import type { Books } from './books.ts';
import type { WindowsNow } from './check-facts.ts';
import { type Days, dayIndex } from './days.ts';
import { EVENT_NAMES, type Figures, SUM_METRICS } from './figures.ts';
import { Model, VISITOR_METRICS } from './model.ts';
import { snapshot } from './snapshot.ts';
import type { World } from './world.ts';

/** The reports that are compared: one after every step in turn, all of them when a scenario ends. `part` is of some days only. */
export const REPORTS = ['total', 'time:day', 'page', 'touchpoint', 'time:hour', 'entry_page', 'event', 'known', 'part'] as const;
export type Report = (typeof REPORTS)[number];
type Rows = Map<string, (number | null)[]>;

const same = (a: number | null, b: number | null) =>
  a === b || (a !== null && b !== null && Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(a)));

function metricsIn(report: Report): string[] {
  if (report === 'entry_page') return ['visits', 'engaged_visits', 'known_visits'];
  const byVisitor = report === 'total' || report === 'part' || report === 'time:day' || report === 'touchpoint';
  return byVisitor ? [...SUM_METRICS, ...VISITOR_METRICS] : SUM_METRICS;
}

/** The figures of every row by the model. A time that is still to come is not measured. */
function wantedOf(
  report: Report,
  model: Model,
  books: Books,
  days: Days,
  [from, to]: [number, number],
  nowMs: number,
  rows: Rows,
) {
  const at = (day: number) => days.starts[day] ?? 0;
  const [start, end] = [at(from), at(to + 1)];
  const inTime = (a: number, z: number): Figures => (a > nowMs ? {} : model.figures(a, z));
  if (report === 'total' || report === 'part') return new Map([['', model.figures(start, end)]]);
  if (report === 'time:day')
    return new Map(days.dates.slice(from, to + 1).map((date, i) => [date, inTime(at(from + i), at(from + i + 1))]));
  if (report === 'time:hour') {
    // Hours are named by the instant they begin, with offset.
    const names = [...rows.keys()];
    const starts = names.map((name) => Date.parse(name));
    return new Map(names.map((name, i) => [name, inTime(starts[i] ?? 0, starts[i + 1] ?? end)]));
  }
  const valuesIn = () => [...books.stored.values()].map((f) => (report === 'touchpoint' ? (f.kiosk ? 'kiosk' : 'web') : f.page));
  const values = report === 'event' ? EVENT_NAMES : report === 'known' ? ['yes', 'no'] : valuesIn();
  return new Map([...new Set(values)].map((value) => [value, model.figures(start, end, { by: report, value })]));
}

/** Throws the first figure that differs. */
function compare(about: string, metrics: string[], rows: Rows, wanted: Map<string, Figures>): void {
  for (const name of new Set([...rows.keys(), ...wanted.keys()])) {
    const [row, figures] = [rows.get(name), wanted.get(name)];
    metrics.forEach((metric, i) => {
      const is = row?.[i] ?? null;
      const should = figures?.[metric] ?? null;
      // A value nobody counted under has no row; one that counts nothing has none in the model.
      if (same(is, should) || ((!row || !figures) && (is ?? 0) === (should ?? 0))) return;
      throw new Error(`report ${about}${name ? ` “${name}”` : ''}: ${metric} is ${is}, should be ${should}`);
    });
  }
}

/**
 * Asks reports as the API does and compares every metric of every row with the model.
 *
 * @param windows how far they are closed now; null when everything is closed, so that nothing may be updating.
 * @returns how many said “updating” and were not compared.
 */
export async function checkReports(
  world: World,
  books: Books,
  days: Days,
  nowMs: number,
  which: readonly Report[],
  windows: WindowsNow | null,
): Promise<number> {
  const model = new Model(books.segments(), days);
  const db = { EVENTS: snapshot(world.env.EVENTS), PEOPLE: world.standing };
  // A site that is not older than its first fact: what is before it is not measured, and the model knows zeros only.
  const site = { ...world.site, createdAt: days.starts[0] ?? 0 };
  const mayUpdate = windows !== null && (windows.dirty || model.mayGoOn(windows.detailBefore, windows.closedAt));
  const today = dayIndex(days, nowMs);
  const skipped = await Promise.all(
    which.map(async (report): Promise<number> => {
      const range: [number, number] = report === 'part' ? [Math.max(0, today - 1), Math.max(0, today - (nowMs % 2))] : [0, today];
      const dates = [days.dates[range[0]], days.dates[range[1]]];
      const metrics = metricsIn(report);
      const dimensions = report === 'total' || report === 'part' ? [] : [report];
      const query = readQuery({ metrics, date_range: dates, dimensions, limit: 1000 });
      if ('code' in query) throw new Error(query.detail);
      const answer = await runQuery(db, site, query, nowMs);
      if (isProblem(answer)) throw new Error(answer.detail);
      if (answer.meta.updating && mayUpdate) return 1;
      if (answer.meta.updating) throw new Error(`${report}: says “updating” though nothing waits`);
      const rows: Rows = new Map(answer.results.map((r) => [r.dimensions[0] ?? '', r.metrics]));
      compare(`${report} ${dates.join('–')}`, metrics, rows, wantedOf(report, model, books, days, range, nowMs, rows));
      return 0;
    }),
  );
  return skipped.reduce((a, b) => a + b, 0);
}
