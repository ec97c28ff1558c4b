/** Acquisition through the whole collector: what a visit is attributed to, a site's own rules, and the values of click ids nowhere. */
import { env } from 'cloudflare:test';
import { expect, test, vi } from 'vitest';
import { CLICK_IDS } from '../../collector/acquisition/click-ids.ts';
import { exportHistory } from '../../collector/ingest/export-history.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { type SiteRule, saveSiteRules, versionOfRules } from '../../collector/store/site-rules.ts';
import { forgetSites, type Site, siteOfKey } from '../../collector/store/sites.ts';
import { ROLLUP_DIMENSIONS } from '../../collector/store/visits-sql.ts';
import { dump, envelope, knock } from './door.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';
import { DAY, failing, optInAt } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const random = seeded(31);
const MINUTE = 60_000;

const view = (at: number, visitor: string, url: string, referrer?: string, mode = 'engagement') => ({
  kind: 'pageview',
  id: idAt(at, random),
  url,
  mode,
  visitor,
  ...(referrer === undefined ? {} : { referrer }),
});

/** Visits by source and channel, from closed windows. */
async function visitsOf(site: Site): Promise<Record<string, number>> {
  while (!(await runWindows(env.EVENTS, site, NOW + 3 * DAY, 100))) {
    /* close */
  }
  const { results } = await env.EVENTS.prepare(
    `SELECT coalesce(o.source || ', ' || o.channel, 'direct') AS origin, sum(r.visits) AS n FROM rollups r
     LEFT JOIN origins o ON o.site = r.site AND o.hash = r.value
     WHERE r.site = ?1 AND r.dimension = ?2 AND r.grain = 1 AND r.visits > 0 GROUP BY 1`,
  )
    .bind(site.id, ROLLUP_DIMENSIONS.origin)
    .all<{ origin: string; n: number }>();
  return Object.fromEntries(results.map(({ origin, n }) => [origin, n]));
}

async function sendEach(site: Site, views: ReturnType<typeof view>[]): Promise<void> {
  for (const one of views) {
    const at = Number.parseInt(one.id.slice(0, 12), 16);
    const { answer } = await send(makeCollector({ now: at }), site, at, [one]);
    expect(answer).toMatchObject({ ok: 1 });
  }
}

test('payment, sign-in and own referrers neither become a source nor split a visit', async () => {
  const site = await makeSite(NOW - DAY);
  const [bought, signedIn, late] = [idAt(NOW, random), idAt(NOW, random), idAt(NOW, random)];
  const page = 'https://shop.example/';
  await sendEach(site, [
    view(NOW, bought, `${page}?utm_source=letter&utm_medium=email`),
    view(NOW + 5 * MINUTE, bought, `${page}cart`, 'https://shop.example/'),
    view(NOW + 9 * MINUTE, bought, `${page}thanks`, 'https://www.paypal.com/checkoutnow'),
    view(NOW + 12 * MINUTE, bought, `${page}?utm_source=other&utm_medium=cpc`, 'https://t.co/'),
    view(NOW, signedIn, page, 'https://www.google.fr/'),
    view(NOW + MINUTE, signedIn, `${page}account`, 'https://accounts.google.com/'),
    view(NOW + 2 * MINUTE, signedIn, `${page}account`, 'https://help.shop.example/'),
    // The first page of a visit that comes from a payment page is nobody's.
    view(NOW, late, `${page}thanks`, 'https://3ds.bank.example/'),
  ]);
  expect(await visitsOf(site)).toEqual({ 'letter, email': 1, 'Google, organic_search': 1, direct: 1 });
});

test("a site's own rules come first, for new pageviews only, and only while they stand", async () => {
  const site = await makeSite(NOW - DAY);
  const rules: SiteRule[] = [{ referrer: 'partner.example', channel: 'affiliate', name: 'Partenaire' }];
  const from = 'https://www.partner.example/';
  const arrive = (minutes: number) =>
    sendEach(site, [view(NOW + minutes * MINUTE, idAt(NOW + minutes, random), 'https://shop.example/', from, 'audience')]);
  await arrive(0);
  const repeated = view(NOW + MINUTE, idAt(NOW, random), 'https://shop.example/', from, 'audience');
  await sendEach(site, [repeated]);
  expect(await saveSiteRules(env.PEOPLE, site.id, versionOfRules([]), rules)).toEqual({ saved: true, rules });
  // Another isolate remembers the site for a minute; then it reads the rules with it.
  expect((await siteOfKey(env.PEOPLE, env.SITE_SECRET, site.key, NOW + 50_000))?.rules).toBeUndefined();
  expect((await siteOfKey(env.PEOPLE, env.SITE_SECRET, site.key, NOW + 4 * MINUTE))?.rules).toEqual(rules);
  await arrive(5);
  // What was counted before stays, even when its message comes again.
  await sendEach(site, [{ ...repeated, id: repeated.id }]);
  expect(await saveSiteRules(env.PEOPLE, site.id, versionOfRules([]), [])).toEqual({ saved: false, rules });
  expect(await saveSiteRules(env.PEOPLE, site.id, versionOfRules(rules), [])).toEqual({ saved: true, rules: [] });
  forgetSites();
  await arrive(6);
  expect(await visitsOf(site)).toEqual({ 'partner.example, referral': 3, 'Partenaire, affiliate': 1 });
});

test('the value of a click id is in no table, queue, history file, answer or log, whatever carries it', async () => {
  const site = await makeSite(NOW - 2 * DAY);
  const logged: string[] = [];
  for (const level of ['error', 'warn', 'log', 'info', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...said: unknown[]) => void logged.push(said.map(String).join(' ')));
  const queued: unknown[] = [];
  const spillway = new Proxy(env.SPILLWAY, { get: () => async (body: unknown) => void queued.push(body) });
  const answers: string[] = [];
  const query = `?${CLICK_IDS.map(({ name }) => `${name}=CANARY-${name}`).join('&')}`;
  for (const mode of ['engagement', 'audience'])
    for (const url of [`https://shop.example/${query}`, `https://shop.example/#/route${query}`, `https://shop.example/#${query}`])
      for (const collector of [{ events: failing(env.EVENTS), spillway }, {}, { people: failing(env.PEOPLE) }]) {
        const about = { url, mode, visitor: idAt(NOW, random) };
        const messages = [
          view(NOW, about.visitor, url, `https://ads.example/${query}`, mode),
          { kind: 'event', id: idAt(NOW, random), ...about, name: 'Download' },
          { kind: 'identify', id: idAt(NOW, random), ...about, user: 'customer-1' },
          optInAt(NOW, `${about.visitor}@example.com`, about),
          { ...view(NOW, about.visitor, url), id: 'wrong' },
        ];
        answers.push((await knock(envelope(site, NOW, messages), { now: NOW, collector })).text);
      }
  vi.restoreAllMocks();
  while (!(await runWindows(env.EVENTS, site, NOW + 3 * DAY, 100))) {
    /* close, so that the day can go into the history */
  }
  await exportHistory(env.EVENTS, env.HISTORY, site, NOW + 3 * DAY, { days: 100, rows: 10_000 });
  const files = await Promise.all(
    (await env.HISTORY.list()).objects.map(async ({ key }) => {
      const file = await env.HISTORY.get(key);
      const plain = file && (key.endsWith('.gz') ? file.body.pipeThrough(new DecompressionStream('gzip')) : file.body);
      return `${key} ${plain ? await new Response(plain).text() : ''}`;
    }),
  );
  const kept = [await dump(env.EVENTS), await dump(env.PEOPLE), files.join('\n'), JSON.stringify(queued)];
  // What could have held it is there: pageviews in the tables, in the queue and in the history.
  expect([kept[0], kept[2], kept[3]].map((text) => text?.includes('paid_other'))).toEqual([true, true, true]);
  for (const text of [...kept, ...answers, ...logged]) expect(/.{0,80}canary.{0,40}/i.exec(text)?.[0]).toBeUndefined();
});
