/** Load on the real server while it is killed: what senders were told, and whether it is true afterwards. Runs in Node. */
import { isProblem, readQuery } from '../collector/report/query.ts';
import { runQuery } from '../collector/report/run-query.ts';
import { makeSiteKey } from '../collector/store/site-key.ts';
import type { Site } from '../collector/store/sites.ts';
import { seeded } from '../demo/seeded.ts';
import type { Stored } from './books.ts';
import { daysFrom, startsOfDays } from './days.ts';
import { Model, SUM_METRICS, VISITOR_METRICS } from './model.ts';

const DAY = 86_400_000;
const AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
type Sent = {
  what: 'pageview' | 'event';
  id: string;
  visitor: string;
  page: string;
  foregroundMs: number;
  ackedMs: number | null;
};
type Databases = { EVENTS: D1Database; PEOPLE: D1Database };

/** Registers the site that the load is sent to; its windows begin today. */
export async function makeKillSite(people: D1Database, secret: string, nowMs: number): Promise<Site> {
  const random = seeded(nowMs);
  const key = makeSiteKey(secret, (n) => Uint8Array.from({ length: n }, () => Math.floor(random() * 256)));
  const site: Site = {
    id: 900_001,
    key,
    name: 'Kills',
    hosts: ['shop.example'],
    zone: 'UTC',
    language: 'en',
    createdAt: nowMs + 31 * DAY,
  };
  await people
    .prepare('INSERT INTO sites (id, key, name, hosts, zone, language, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)')
    .bind(site.id, key, site.name, '["shop.example"]', site.zone, site.language, site.createdAt)
    .run();
  return site;
}

/** Several senders that post, repeat, and keep what was not acknowledged, as the tag does. */
export class Load {
  readonly sent: Sent[] = [];
  posts = 0;
  failed = 0;
  private stopping = false;
  private readonly random = seeded(20);

  constructor(
    private readonly origin: string,
    private readonly site: Site,
  ) {}

  private idNow = () =>
    Date.now().toString(16).padStart(12, '0') +
    Array.from({ length: 12 }, () => Math.floor(this.random() * 16).toString(16)).join('');

  private async sender(): Promise<void> {
    const visitors = Array.from({ length: 5 }, this.idNow);
    const open: Sent[] = [];
    while (!this.stopping) {
      for (let n = 1 + Math.floor(this.random() * 3); n > 0; n -= 1) {
        const what = this.random() < 0.75 ? 'pageview' : 'event';
        const visitor = visitors[Math.floor(this.random() * visitors.length)] ?? '';
        const message: Sent = {
          what,
          id: this.idNow(),
          visitor,
          page: `/p${Math.floor(this.random() * 4)}`,
          foregroundMs: 0,
          ackedMs: null,
        };
        this.sent.push(message);
        open.push(message);
      }
      // New ones, grown ones, and everything that was never answered for.
      const batch = open.filter((m) => m.ackedMs === null || this.random() < 0.2).slice(0, 50);
      for (const m of batch) if (m.what === 'pageview') m.foregroundMs += Math.floor(this.random() * 5_000);
      const states = batch.map((m) => m.foregroundMs);
      if (!(await this.post(batch))) await new Promise((resolve) => setTimeout(resolve, 50));
      else
        batch.forEach((m, i) => {
          m.ackedMs = Math.max(m.ackedMs ?? 0, states[i] ?? 0);
        });
      if (open.length > 100) open.splice(0, 50);
    }
  }

  private async post(batch: Sent[]): Promise<boolean> {
    this.posts += 1;
    const messages = batch.map((m) => ({
      ...{ kind: m.what, id: m.id, url: `https://shop.example${m.page}`, mode: 'audience', visitor: m.visitor },
      ...(m.what === 'pageview' ? { foregroundMs: m.foregroundMs, activeMs: m.foregroundMs } : { name: 'Brochure' }),
    }));
    try {
      const response = await fetch(`${this.origin}/c`, {
        method: 'POST',
        headers: { 'user-agent': AGENT },
        body: JSON.stringify({ v: 1, site: this.site.key, sentAt: Date.now(), messages }),
        signal: AbortSignal.timeout(10_000),
      });
      const answer: { ok?: number } = await response.json();
      if (response.status === 202 && answer.ok === batch.length) return true;
      if (response.status === 202) throw new Error(`refused: ${JSON.stringify(answer)}`);
    } catch (error) {
      if (String(error).includes('refused:')) throw error;
    }
    this.failed += 1;
    return false;
  }

  /** Posts with so many senders until `stop`. */
  run(senders: number): Promise<unknown> {
    return Promise.all(Array.from({ length: senders }, () => this.sender()));
  }

  stop(): void {
    this.stopping = true;
  }
}

type Row = { born: number; rand: number; at: number; visitor: number; foreground_ms: number | null; path: string };

/** Compares the database with what was acknowledged, and the reports with the model. Returns what is wrong. */
export async function judge(
  db: Databases,
  site: Site,
  load: Load,
  nowMs: number,
): Promise<{ wrong: string[]; stored: number; acknowledged: number }> {
  const wrong: string[] = [];
  const stored: Stored[] = [];
  const sent = new Map(load.sent.map((m) => [m.id, m]));
  for (const what of ['pageview', 'event'] as const) {
    const { results } = await db.EVENTS.prepare(
      `SELECT t.born, t.rand, t.at, t.visitor, ${what === 'pageview' ? 't.foreground_ms' : 'NULL AS foreground_ms'}, p.path FROM ${what}s t
       JOIN pages p ON p.site = t.site AND p.hash = t.page WHERE t.site = ?1`,
    )
      .bind(site.id)
      .all<Row>();
    for (const r of results) {
      const id = r.born.toString(16).padStart(12, '0') + r.rand.toString(16).padStart(12, '0');
      const m = sent.get(id);
      if (!m || m.what !== what || m.page !== r.path) wrong.push(`${what} ${id} is stored and nobody sent it so`);
      stored.push({
        ...{
          id,
          what,
          at: r.at,
          visitor: '',
          kind: 0,
          key: r.visitor,
          kiosk: 0,
          page: r.path,
          mode: 0,
          referred: false,
          confirmedAt: null,
        },
        ...{ activeMs: r.foreground_ms, foregroundMs: r.foreground_ms, scroll: null, touches: null, lengthMs: null },
      });
    }
  }
  const found = new Map(stored.map((f) => [f.id, f]));
  if (found.size !== stored.length) wrong.push(`${stored.length - found.size} facts are stored twice`);
  const acknowledged = load.sent.filter((m) => m.ackedMs !== null);
  for (const m of acknowledged) {
    const f = found.get(m.id);
    if (!f) wrong.push(`${m.what} ${m.id} was acknowledged and is lost`);
    else if (m.what === 'pageview' && (f.foregroundMs ?? -1) < (m.ackedMs ?? 0))
      wrong.push(`${m.id}: ${m.ackedMs} ms acknowledged, ${f.foregroundMs} stored`);
    else if ((f.foregroundMs ?? 0) > m.foregroundMs)
      wrong.push(`${m.id}: counted more than once, ${f.foregroundMs} of ${m.foregroundMs} ms`);
  }
  const [today = 0] = startsOfDays('UTC', new Date(nowMs - 2 * DAY).toISOString().slice(0, 10), 1);
  const days = daysFrom('UTC', today, 4);
  const metrics = [...SUM_METRICS, ...VISITOR_METRICS];
  const query = readQuery({ metrics, date_range: [days.dates[0], days.dates[2]] });
  if ('code' in query) throw new Error(query.detail);
  const figures = new Model(stored, days).figures(days.starts[0] ?? 0, days.starts[3] ?? 0);
  const answer = await runQuery(db, site, query, nowMs);
  if (isProblem(answer)) throw new Error(answer.detail);
  const { results, meta } = answer;
  if (meta.updating) wrong.push('windows still wait to be recomputed');
  metrics.forEach((metric, i) => {
    const [is, should] = [results[0]?.metrics[i] ?? null, figures[metric] ?? null];
    if (is !== should && Math.abs((is ?? Number.NaN) - (should ?? Number.NaN)) > 1e-9)
      wrong.push(`${metric} is ${is}, should be ${should}`);
  });
  return { wrong, stored: stored.length, acknowledged: acknowledged.length };
}
