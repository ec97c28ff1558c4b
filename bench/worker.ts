/** Measures the collector inside workerd with real D1: rows and bytes of pageviews' lives, rows and time of the overview. */
import { commit, splitFacts } from '../collector/ingest/commit.ts';
import { openWindows, runWindows } from '../collector/ingest/windows.ts';
import { readOverview } from '../collector/report/overview.ts';
import { noFacts, type PageviewFact } from '../collector/store/facts.ts';
import { hashText } from '../collector/store/hash.ts';
import type { Site } from '../collector/store/sites.ts';
import { seeded } from '../demo/seeded.ts';
import { type Counts, counting } from './counting.ts';
import { handlers } from './handlers.ts';
import { liveOf } from './lives.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-20T15:20:00Z');
const site: Site = {
  id: 1,
  key: 'bench',
  name: 'Bench',
  hosts: ['shop.example'],
  zone: 'Europe/Paris',
  language: 'fr',
  createdAt: NOW - 29 * DAY,
};

/** Bytes of the database file as D1 reports them. */
async function sizeOf(db: D1Database): Promise<number> {
  return (await db.prepare('SELECT 1').run()).meta.size_after;
}

type Traffic = { views: PageviewFact[]; dictionaries: ReturnType<typeof noFacts> };

/** Pageviews of 29 days: Zipf over 300 pages, 40 origins, a third of visitors come again, about 2.6 pageviews a visit. */
function traffic(pageviews: number, random: () => number): Traffic {
  const dictionaries = noFacts();
  const pages = Array.from({ length: 300 }, (_, i) => hashText('page', i));
  pages.forEach((hash, i) => {
    dictionaries.pages.push({
      site: 1,
      hash,
      host: 'shop.example',
      path: `/collection/${i % 12}/product-${i}`,
      page_group: null,
    });
  });
  const origins = Array.from({ length: 40 }, (_, i) => hashText('origin', i));
  origins.forEach((hash, i) => {
    dictionaries.origins.push({
      site: 1,
      hash,
      referrer: `source-${i}.example`,
      source: `Source ${i}`,
      channel: 'referral',
      utm_source: null,
      utm_medium: null,
      utm_campaign: null,
      utm_content: null,
      utm_term: null,
    });
  });
  const places = [hashText('place', 1), hashText('place', 2), hashText('place', 3)];
  places.forEach((hash, i) => {
    dictionaries.places.push({ site: 1, hash, country: 'FR', region: `R${i}`, city: `C${i}` });
  });
  const zipf = () => Math.min(299, Math.floor(Math.exp(random() * Math.log(300))) - 1);
  const any = (list: number[]) => list[Math.floor(random() * list.length)] ?? 0;
  const views: PageviewFact[] = [];
  const regulars: number[] = [];
  while (views.length < pageviews) {
    const born = Math.floor(NOW - random() * 28.6 * DAY);
    const again = regulars.length > 50 && random() < 0.33;
    const visitor = again ? any(regulars) : Math.floor(random() * 2 ** 53);
    if (!again && random() < 0.4) regulars.push(visitor);
    const origin = random() < 0.5 ? any(origins) : 0;
    let at = born;
    for (let i = 0, n = 1 + Math.floor(-Math.log(random()) * 1.9); i < n && views.length < pageviews; i += 1) {
      const active = Math.round(2_000 + random() * 60_000);
      views.push({
        site: 1,
        born: at,
        rand: Math.floor(random() * 2 ** 47),
        at,
        visitor,
        kind: 0,
        store: 0,
        kiosk: 0,
        mode: 0,
        page: pages[zipf()] ?? 0,
        flags: 0,
        origin: i === 0 ? origin : 0,
        place: any(places),
        device: 1 + (visitor % 2),
        browser: 1 + (visitor % 4),
        os: 1 + (visitor % 4),
        language: 148,
        active_ms: active,
        foreground_ms: active + 900,
        scroll: Math.floor(random() * 100),
      });
      at += active + 3_000;
    }
  }
  return { views: views.filter((v) => v.at < NOW).sort((a, b) => a.born - b.born), dictionaries };
}

/** Fills one month, closes its windows, and reads the overview. */
async function overviewAt(env: Env, pageviews: number) {
  const random = seeded(7);
  const { views, dictionaries } = traffic(pageviews, random);
  await openWindows(env.EVENTS, site);
  const before = await sizeOf(env.EVENTS);
  await commit(env.EVENTS, { ...dictionaries, pageviews: views.slice(0, 1) });
  for (const part of splitFacts({ ...noFacts(), pageviews: views })) await commit(env.EVENTS, part);
  const facts = await sizeOf(env.EVENTS);
  while (!(await runWindows(env.EVENTS, site, NOW, 200))) {
    /* until every window behind is closed */
  }
  const all = await sizeOf(env.EVENTS);
  // Two closed days are dirty: a late pageview each, not yet recomputed.
  for (const day of [3, 9]) {
    const late = views.find((v) => v.at > NOW - day * DAY);
    if (late) await commit(env.EVENTS, { ...noFacts(), pageviews: [{ ...late, rand: day, at: late.at + 1 }] });
  }
  const timesMs: number[] = [];
  let rowsRead = 0;
  for (let i = 0; i < 7; i += 1) {
    const began = performance.now();
    const overview = await readOverview(
      env,
      site,
      { range: { from: dayNumber(NOW) - 28, to: dayNumber(NOW) }, compare: 'previous_period' },
      NOW,
    );
    timesMs.push(performance.now() - began);
    rowsRead = overview.meta.rows_read;
  }
  timesMs.sort((a, b) => a - b);
  return {
    pageviews: views.length,
    factBytes: (facts - before) / views.length,
    windowBytes: (all - facts) / views.length,
    rowsRead,
    medianMs: timesMs[3],
  };
}

const dayNumber = (at: number) => Math.floor((at + 3_600_000) / DAY);

/** Lives of pageviews over one day, windows closing every hour as cron would: what D1 bills for each. */
async function lives(env: Env, visits: number, touch: boolean) {
  const random = seeded(3);
  const counts: Counts = { rowsWritten: 0, rowsRead: 0 };
  const events = counting(env.EVENTS, counts);
  const other: Site = { ...site, id: 2, createdAt: NOW - DAY };
  await openWindows(env.EVENTS, other);
  const messages: { at: number; fact: PageviewFact }[] = [];
  let pageviews = 0;
  const requests: number[] = [];
  for (let i = 0; i < visits; i += 1) {
    const visitor = random() < 0.3 ? hashText('regular', Math.floor(random() * 400)) : Math.floor(random() * 2 ** 53);
    let born = Math.floor(NOW - DAY + random() * 0.9 * DAY);
    for (let n = 1 + Math.floor(-Math.log(random()) * 1.9); n > 0; n -= 1) {
      const states = liveOf(random, born, touch);
      const rand = Math.floor(random() * 2 ** 47);
      for (const s of states) {
        messages.push({
          at: Math.round(s.at),
          fact: {
            site: 2,
            born,
            rand,
            at: born,
            visitor,
            kind: 0,
            store: 0,
            kiosk: 0,
            mode: 0,
            page: hashText('page', Math.floor(Math.exp(random() * 5))),
            flags: 0,
            origin: 0,
            place: 1,
            device: 1,
            browser: 1 + (visitor % 4),
            os: 1,
            language: 148,
            active_ms: s.activeMs,
            foreground_ms: s.activeMs,
            scroll: 50,
          },
        });
      }
      requests.push(states.length);
      pageviews += 1;
      born = Math.round(states.at(-1)?.at ?? born) + 2_000;
    }
  }
  messages.sort((a, b) => a.at - b.at);
  let closed = NOW - DAY;
  // Messages of different pageviews may share a commit: D1 bills rows. Two states of one would become one row.
  let pending = new Map<number, PageviewFact>();
  const flush = async () => {
    if (pending.size > 0) await commit(events, { ...noFacts(), pageviews: [...pending.values()] });
    pending = new Map();
  };
  for (const { at, fact } of messages) {
    if (pending.has(fact.rand) || pending.size >= 50 || closed + 3_600_000 < at) await flush();
    while (closed + 3_600_000 < at) {
      closed += 3_600_000;
      await runWindows(events, other, closed, 100);
    }
    pending.set(fact.rand, fact);
  }
  await flush();
  const written = counts.rowsWritten;
  while (!(await runWindows(events, other, NOW + DAY, 100))) {
    /* until the days it touches are closed as days */
  }
  const repeat: Counts = { rowsWritten: 0, rowsRead: 0 };
  const again = counting(env.EVENTS, repeat);
  for (const { fact } of messages.slice(0, 50)) await commit(again, { ...noFacts(), pageviews: [fact] });
  requests.sort((a, b) => a - b);
  return {
    pageviews,
    rowsPerPageview: counts.rowsWritten / pageviews,
    factRowsPerPageview: messages.length / pageviews,
    rowsBeforeDayEnd: written / pageviews,
    repeatRows: repeat.rowsWritten,
    requestsMean: requests.reduce((a, b) => a + b, 0) / requests.length,
    requestsP95: requests[Math.floor(requests.length * 0.95)],
  };
}

export default {
  async fetch(request, env, context) {
    const url = new URL(request.url);
    const n = Number(url.searchParams.get('n'));
    if (url.pathname === '/overview') return Response.json(await overviewAt(env, n));
    if (url.pathname === '/lives') return Response.json(await lives(env, n, url.searchParams.has('touch')));
    return handlers.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;
