/** Whether what senders were told while the server was killed is true afterwards. Runs in Node. */
import { isProblem, readQuery } from '../collector/report/query.ts';
import { runQuery } from '../collector/report/run-query.ts';
import type { Site } from '../collector/store/sites.ts';
import type { Stored } from './books.ts';
import { daysFrom, startsOfDays } from './days.ts';
import { SUM_METRICS } from './figures.ts';
import type { Load, Sent } from './kill-load.ts';
import { Model, VISITOR_METRICS } from './model.ts';

const DAY = 86_400_000;
type Databases = { EVENTS: D1Database; PEOPLE: D1Database };
type Row = { born: number; rand: number; at: number; visitor: number; foreground_ms: number | null; path: string };

/** The facts of a site as they are stored, in the words of the books. */
async function readStored(events: D1Database, site: number, what: Sent['what']): Promise<Stored[]> {
  const foreground = what === 'pageview' ? 't.foreground_ms' : 'NULL AS foreground_ms';
  const { results } = await events
    .prepare(
      `SELECT t.born, t.rand, t.at, t.visitor, ${foreground}, p.path FROM ${what}s t JOIN pages p ON p.site = t.site AND p.hash = t.page WHERE t.site = ?1`,
    )
    .bind(site)
    .all<Row>();
  return results.map((r) => ({
    id: r.born.toString(16).padStart(12, '0') + r.rand.toString(16).padStart(12, '0'),
    ...{ what, at: r.at, visitor: '', kind: 0, key: r.visitor, kiosk: 0, page: r.path, mode: 0, referred: false },
    ...{
      activeMs: r.foreground_ms,
      foregroundMs: r.foreground_ms,
      scroll: null,
      touches: null,
      lengthMs: null,
      confirmedAt: null,
    },
  }));
}

/** What is lost, stored twice, or not what was sent. */
function judgeFacts(sent: Sent[], stored: Stored[]): string[] {
  const wrong: string[] = [];
  const told = new Map(sent.map((m) => [m.id, m]));
  for (const f of stored) {
    const m = told.get(f.id);
    if (!m || m.what !== f.what || m.page !== f.page) wrong.push(`${f.what} ${f.id} is stored and nobody sent it so`);
  }
  const found = new Map(stored.map((f) => [f.id, f]));
  if (found.size !== stored.length) wrong.push(`${stored.length - found.size} facts are stored twice`);
  for (const m of sent) {
    if (m.ackedMs === null) continue;
    const f = found.get(m.id);
    if (!f) wrong.push(`${m.what} ${m.id} was acknowledged and is lost`);
    else if (m.what === 'pageview' && (f.foregroundMs ?? -1) < m.ackedMs)
      wrong.push(`${m.id}: ${m.ackedMs} ms acknowledged, ${f.foregroundMs} stored`);
    else if ((f.foregroundMs ?? 0) > m.foregroundMs)
      wrong.push(`${m.id}: counted more than once, ${f.foregroundMs} of ${m.foregroundMs} ms`);
  }
  return wrong;
}

/** What the report of three days says that the model does not. */
async function judgeReport(db: Databases, site: Site, stored: Stored[], nowMs: number): Promise<string[]> {
  const [today = 0] = startsOfDays('UTC', new Date(nowMs - 2 * DAY).toISOString().slice(0, 10), 1);
  const days = daysFrom('UTC', today, 4);
  const metrics = [...SUM_METRICS, ...VISITOR_METRICS];
  const query = readQuery({ metrics, date_range: [days.dates[0], days.dates[2]] });
  if ('code' in query) throw new Error(query.detail);
  const model = new Model([{ until: Number.POSITIVE_INFINITY, facts: stored }], days);
  const figures = model.figures(days.starts[0] ?? 0, days.starts[3] ?? 0);
  const answer = await runQuery(db, site, query, nowMs);
  if (isProblem(answer)) throw new Error(answer.detail);
  const wrong = answer.meta.updating ? ['windows still wait to be recomputed'] : [];
  metrics.forEach((metric, i) => {
    const [is, should] = [answer.results[0]?.metrics[i] ?? null, figures[metric] ?? null];
    if (is !== should && Math.abs((is ?? Number.NaN) - (should ?? Number.NaN)) > 1e-9)
      wrong.push(`${metric} is ${is}, should be ${should}`);
  });
  return wrong;
}

/** Compares the database with what was acknowledged, and the report with the model. Returns what is wrong. */
export async function judge(
  db: Databases,
  site: Site,
  load: Load,
  nowMs: number,
): Promise<{ wrong: string[]; stored: number; acknowledged: number }> {
  const [pageviews, events] = [await readStored(db.EVENTS, site.id, 'pageview'), await readStored(db.EVENTS, site.id, 'event')];
  const stored = [...pageviews, ...events];
  return {
    wrong: [...judgeFacts(load.sent, stored), ...(await judgeReport(db, site, stored, nowMs))],
    stored: stored.length,
    acknowledged: load.sent.filter((m) => m.ackedMs !== null).length,
  };
}
