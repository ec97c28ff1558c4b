/** A site with facts of many weeks, written by `commit` as they are: for tests of what happens to old days. */
import { env } from 'cloudflare:test';
import { commit } from '../../collector/ingest/commit.ts';
import { exportHistory } from '../../collector/ingest/export-history.ts';
import { purgeFacts } from '../../collector/ingest/purge.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { type FactAbout, type Facts, noFacts, type PageEntry, type PageviewFact } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { seeded } from './fixture.ts';

export const DAY = 86_400_000;

/** A pageview of a site; `n` makes its id. */
export const viewOf = (site: number, at: number, visitor: number, n: number, more: Partial<PageviewFact> = {}): PageviewFact => ({
  site,
  born: at,
  rand: n,
  at,
  visitor,
  kind: 0,
  store: 0,
  kiosk: 0,
  mode: 0,
  page: 70 + (n % 3),
  flags: 0,
  origin: n % 2 ? 5 : 0,
  place: 0,
  device: 1,
  browser: 1,
  os: 1,
  language: 148,
  active_ms: 4_000 * (n % 5),
  foreground_ms: 5_000 * (n % 5),
  scroll: n % 100,
  ...more,
});

/** The pages that `viewOf` names. */
export const pagesOf = (site: number): PageEntry[] =>
  [70, 71, 72].map((hash) => ({ site, hash, host: 'shop.example', path: `/${hash}`, page_group: null }));

/** What any act says beside its kind, out of a pageview's. */
export function actOf(view: PageviewFact): FactAbout {
  const { site, born, rand, at, visitor, kind, store, kiosk, mode, page, flags } = view;
  return { site, born, rand, at, visitor, kind, store, kiosk, mode, page, flags };
}

/** Everything a site says in `days` days up to `until`: pageviews, events, acts, kiosks with wrong clocks. */
export function weeksOf(site: number, until: number, days: number, seed: number): Facts[] {
  const random = seeded(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const batches: Facts[] = [];
  let n = 0;
  for (let day = days; day > 0; day -= 1) {
    const facts = noFacts();
    facts.pages.push(...pagesOf(site));
    facts.origins.push({
      ...{ site, hash: 5, referrer: 'a.example', source: 'A', channel: 'referral' },
      ...{ utm_source: null, utm_medium: null, utm_campaign: null, utm_content: null, utm_term: null },
    });
    facts.names.push({ site, hash: 9, name: 'Download "x"\n' });
    for (let i = pick(7); i > 0; i -= 1) {
      n += 1;
      const at = until - day * DAY + pick(DAY);
      const about = viewOf(site, at, 1_000 + pick(12), n);
      const act = actOf(about);
      const dice = pick(10);
      if (dice === 0) facts.events.push({ ...act, name: 9, props: '{"format":"pdf"}' });
      else if (dice === 1) facts.opt_ins.push({ ...act, confirmed_at: at + 60_000, ended_at: null });
      else if (dice === 2) facts.identifications.push({ ...act, act: 1, ended_at: null, mode: 1 });
      else if (dice === 3)
        facts.exposures.push({ site, born: 1_000_000 + n, rand: n, at, store: 1, kiosk: 1, page: 70, flags: 1, shown_ms: 900 });
      else if (dice === 4)
        facts.pageviews.push({ ...about, born: 2_000_000 + n, kind: 2, store: 1, kiosk: 1, visitor: 5_000 + n });
      else facts.pageviews.push(about);
    }
    batches.push(facts);
  }
  return batches;
}

/** Closes, exports and purges until nothing is left to do. */
export async function upkeep(events: D1Database, site: Site, nowMs: number, partRows = 1_000): Promise<void> {
  while (!(await runWindows(events, site, nowMs, 100))) {
    /* until every window behind is closed */
  }
  while (!(await exportHistory(events, env.HISTORY, site, nowMs, { days: 100, rows: 1_000_000 }, partRows))) {
    /* until the history is up to date */
  }
  while (!(await purgeFacts(events, site, nowMs, 100, 3))) {
    /* until what is over is gone */
  }
}

export async function commitAll(events: D1Database, batches: Facts[]): Promise<void> {
  for (const facts of batches) await commit(events, facts);
}

/** Rows of a site in a table, without the site's number. */
export async function rowsOf(events: D1Database, table: string, site: number, where = '1'): Promise<Record<string, unknown>[]> {
  const { results } = await events.prepare(`SELECT * FROM ${table} WHERE site = ?1 AND ${where}`).bind(site).all();
  return results.map(({ site: _site, ...row }) => row);
}
