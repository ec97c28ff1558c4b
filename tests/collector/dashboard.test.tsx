/** The overview as a reader gets it: nothing executes, nothing unmeasured is a zero, every number is defined, links keep the state. */
import { expect, test } from 'vitest';
import type { Pinned } from '../../build/dashboard/generated.mjs';
import type { OverviewParts } from '../../collector/report/filtered-overview.ts';
import { METRICS, metricOf } from '../../collector/report/metrics.ts';
import { isProblem, type Problem, problem } from '../../collector/report/problem.ts';
import { REFUSALS } from '../../collector/wire.ts';
import { fairnessOf, measuredOnly } from '../../dashboard/comparison.ts';
import { linkOwn } from '../../dashboard/components/outbox.tsx';
import { Value } from '../../dashboard/components/value.tsx';
import { readNext, viewHref } from '../../dashboard/links.ts';
import { KiosksPage } from '../../dashboard/pages/kiosks.tsx';
import { MailsPage } from '../../dashboard/pages/mails.tsx';
import { OverviewPage } from '../../dashboard/pages/overview.tsx';
import { StartPage } from '../../dashboard/pages/start.tsx';
import { makeUi } from '../../dashboard/ui.ts';
import { readView, type View } from '../../dashboard/view.ts';
import { elementsOf, expectInert, linksOf, textOf } from './elements.ts';
import { HEADLINE, hostileFilters, makeNow, makeOverview, NOW, POLYGLOT, site } from './overview-fixture.ts';

const uiIn = (language: 'fr' | 'en') =>
  makeUi({
    language,
    theme: 'auto',
    url: new URL(`https://measure.example/s/${site.key}?period=7d`),
    nowMs: NOW,
    zone: site.zone,
  });
const frame = {
  name: POLYGLOT,
  sites: [site, { ...site, id: 2, key: 'other' }],
  site,
  figures: true,
  fleet: true,
  mails: true,
  settings: true,
  files: true,
};
const PINNED = { name: 'c.v1.0123456789ab.js', integrity: 'sha384-abc' };
const refused = [
  { reason: 'wrong_host', hits: 38, lastAt: NOW - 3_600_000 },
  { reason: POLYGLOT, hits: 1, lastAt: NOW },
];

async function overviewIn(
  language: 'fr' | 'en',
  view: View = { range: '7d', compare: 'previous_period', matchWeekdays: false, chart: null, filters: [] },
  overview: OverviewParts | Problem = makeOverview(),
) {
  return String(
    await (
      <OverviewPage
        ui={uiIn(language)}
        frame={frame}
        site={site}
        view={view}
        overview={overview}
        metrics={HEADLINE}
        days={'code' in overview ? makeOverview().meta : overview.meta}
        importedOnly={false}
        unread={null}
        now={makeNow()}
        refused={refused}
        live
      />
    ),
  );
}

const pages = async () => [
  await overviewIn('fr'),
  await overviewIn('en'),
  String(
    await (
      <StartPage
        ui={uiIn('fr')}
        frame={frame}
        site={site}
        origin="https://measure.example"
        refused={refused}
        imported={false}
        watching
        pinned={null}
      />
    ),
  ),
  String(
    await (
      <KiosksPage
        ui={uiIn('en')}
        frame={frame}
        site={site}
        fleet={[
          {
            store: { id: 1, name: POLYGLOT, zone: 'Europe/Paris', settings: {}, page: null },
            kiosks: [
              {
                id: 1,
                name: POLYGLOT,
                enrolledAt: 1,
                lastSeenAt: NOW,
                tagVersion: POLYGLOT,
                revokedAt: null,
                offlineSince: null,
                settings: {},
                setAside: 0,
                signs: {
                  enrolledAt: 1,
                  revokedAt: null,
                  clonedAt: null,
                  lastSeenAt: NOW,
                  skewMs: 600_000,
                  health: { waiting: 3, optIns: 1, refused: 1, oldestMs: 9e6, storage: 'resets', errors: [POLYGLOT] },
                  provisioned: false,
                  test: true,
                  hours: null,
                  zone: 'Europe/Paris',
                },
              },
            ],
          },
        ]}
        today={new Map([[1, 4]])}
        mayEnrol
        alerts={false}
        wrongZone={{ name: POLYGLOT, zone: POLYGLOT }}
        newCode={{ kiosk: POLYGLOT, store: POLYGLOT, page: 'https://shop.example/', code: 'abcdefghjkmn', until: NOW }}
      />
    ),
  ),
  String(
    await (
      <MailsPage
        ui={uiIn('fr')}
        frame={frame}
        site={site}
        way={{ kind: 'outbox', from: 'a@example.com' }}
        state={{ waiting: 1, nextAt: NOW + 60_000, sent: 3, failed: [{ why: POLYGLOT, n: 1 }] }}
        held={[
          {
            id: POLYGLOT,
            heldFor: 'late',
            capturedAt: NOW,
            receivedAt: NOW,
            store: POLYGLOT,
            kiosk: POLYGLOT,
            host: POLYGLOT,
            wording: POLYGLOT,
          },
        ]}
        counts={new Map([['late', 1]])}
        decided={null}
        settings={{ confirmedBy: 'mail', hourly: 10 }}
        problem={{ typed: POLYGLOT }}
        saved={false}
        outbox={[{ id: '1', at: NOW, sender: POLYGLOT, recipient: POLYGLOT, subject: POLYGLOT, text: POLYGLOT, html: POLYGLOT }]}
      />
    ),
  ),
];

test('what visitors and owners typed is text: no element, handler or style comes of it', async () => {
  for (const page of await pages()) {
    expect(page).toContain('DROP TABLE sites');
    expectInert(await elementsOf(page));
  }
});

test('a page has one main heading, unique ids, and no heading is skipped', async () => {
  for (const page of await pages()) {
    const elements = await elementsOf(page);
    const ids = elements.flatMap(({ attributes }) => attributes.filter(([name]) => name === 'id').map(([, value]) => value));
    expect(ids.length).toBe(new Set(ids).size);
    const levels = elements.flatMap(({ tag }) => (/^h[1-6]$/.test(tag) ? [Number(tag[1])] : []));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, i) => {
      expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  }
});

test('every metric on the overview opens a definition of its own', async () => {
  const elements = await elementsOf(await overviewIn('fr'));
  const valuesOf = (name: string) =>
    elements.flatMap(({ attributes }) => attributes.filter(([n]) => n === name).map(([, value]) => value));
  const targets = new Set(valuesOf('popovertarget'));
  const overview = makeOverview();
  for (const name of [...HEADLINE, ...overview.touchpoints.metrics, ...overview.pages.metrics, ...overview.sources.metrics])
    expect(targets).toContain(`what-${name}`);
  const ids = valuesOf('id');
  for (const target of targets) expect(ids).toContain(target);
  for (const metric of METRICS)
    for (const words of [metric.label, metric.definition]) expect(words.fr !== '' && words.en !== '').toBe(true);
});

test('not measured is never a zero, and a measured zero is never hidden', async () => {
  for (const metric of METRICS) {
    const unmeasured = String(await (<Value ui={uiIn('fr')} metric={metric} value={null} />));
    expect(unmeasured).toContain('non mesuré');
    expect(textOf(unmeasured)).not.toMatch(/\d/);
    expect(String(await (<Value ui={uiIn('en')} metric={metric} value={0} />))).toMatch(/>0/);
  }
  const page = await overviewIn('en');
  const recurring = page.slice(page.indexOf('popovertarget="what-recurring_visitors"'));
  expect(recurring.slice(0, recurring.indexOf('</div>'))).toContain('not measured');
  expect(page).toContain('No visitor in this period has a browser that keeps its id.');
  // The line breaks where a day was not measured.
  const chart = await overviewIn('en', { range: '7d', compare: null, matchWeekdays: false, chart: 'pageviews', filters: [] });
  expect(/class="line" d="([^"]*)"/.exec(chart)?.[1]?.match(/M/g)).toHaveLength(2);
  // Exposures happen on kiosks only.
  expect(page).toContain('not applicable');
});

test('a small base gets both numbers and no percentage', async () => {
  const page = await overviewIn('en');
  const optIns = page.slice(page.indexOf('popovertarget="what-opt_ins"'));
  const cell = optIns.slice(0, optIns.indexOf('</div>'));
  expect(cell).toContain('from 12');
  expect(cell).not.toContain('%');
});

test('a day that has just begun is not compared as a whole one, nor anything with days before the first', async () => {
  const overview = makeOverview();
  expect(fairnessOf(site, overview.meta, NOW)).toBe('fair');
  const today = {
    ...overview,
    meta: { ...overview.meta, from: '2026-11-21', compared_from: '2026-11-20', compared_to: '2026-11-20' },
  };
  expect(fairnessOf(site, today.meta, NOW)).toBe('open');
  expect(fairnessOf(site, today.meta, NOW + 86_400_000)).toBe('fair');
  const page = await overviewIn('en', undefined, today);
  expect(page).toContain('not over yet');
  expect(page).toContain('from 1,376');
  expect(page).not.toMatch(/class="change (good|bad)"/);
  const young = { ...site, createdAt: Date.parse('2026-11-11T10:00:00Z') };
  const measured = measuredOnly(young, overview, NOW);
  expect(measured.headline.comparison).toBeUndefined();
  if (isProblem(measured.series)) throw new Error(measured.series.detail);
  expect(measured.series.rows.map((row) => row.metrics[1] === null)).toEqual([...Array(3).fill(true), ...Array(11).fill(false)]);
});

test('an address says everything that is shown, and links change one thing of it', () => {
  const views: View[] = [
    { range: '91d', compare: 'year', matchWeekdays: true, chart: 'opt_ins', filters: [] },
    { range: { from: 20_700, to: 20_712 }, compare: null, matchWeekdays: false, chart: 'visits', filters: [] },
    { range: 'all', compare: 'previous_period', matchWeekdays: false, chart: null, filters: hostileFilters() },
  ];
  for (const view of views) {
    const read = (href: string) => readView(new URL(href, 'https://measure.example').searchParams, site, NOW);
    expect(read(viewHref(site, view))).toEqual(view);
    expect(read(viewHref(site, view, { compare: 'year' }))).toEqual({ ...view, compare: 'year' });
    expect(read(viewHref(site, view, { chart: 'pageviews' }))).toEqual({ ...view, chart: 'pageviews' });
    expect(read(viewHref(site, view, { range: '7d' }))).toEqual({ ...view, range: '7d' });
    expect(read(viewHref(site, view, { compare: null }))).toEqual({ ...view, compare: null, matchWeekdays: false });
  }
});

test('every link and form of the overview keeps period, comparison and chart', async () => {
  const page = await overviewIn('fr', {
    range: { from: 20_700, to: 20_712 },
    compare: 'year',
    matchWeekdays: true,
    chart: 'visits',
    filters: hostileFilters(),
  });
  const elements = await elementsOf(page);
  const hrefs = elements.flatMap(({ tag, attributes }) =>
    tag === 'a' ? attributes.filter(([name]) => name === 'href').map(([, value]) => value) : [],
  );
  const views = hrefs.filter((href) => href.startsWith(`/s/${site.key}?`) && !/[?&](lang|theme)=/.test(href));
  expect(views.length).toBeGreaterThan(15);
  for (const href of views) {
    const params = new URL(href, 'https://measure.example').searchParams;
    expect(params.has('period') || (params.has('from') && params.has('to'))).toBe(true);
    expect(params.has('compare')).toBe(true);
    expect(params.has('chart')).toBe(true);
  }
  // Two links drop it: the one that takes it back, and the one that compares with nothing.
  expect(views.filter((href) => !/[?&]match=weekdays/.test(href))).toHaveLength(2);
  const form = page.slice(page.indexOf('class="dates"'), page.indexOf('</form>', page.indexOf('class="dates"')));
  expect(form).toMatch(/name="compare" value="year"/);
  expect(form).toMatch(/name="chart" value="visits"/);
  expect(form).toMatch(/name="match" value="weekdays"/);
});

test('a view that is too much to read says what to leave out; a part of one leaves the others', async () => {
  const tooMuch = problem('too_much', 'date_range', { fr: 'Demandez 9 jours environ.', en: 'Ask for about 9 days.' });
  const view: View = { range: '91d', compare: 'year', matchWeekdays: false, chart: 'visits', filters: hostileFilters() };
  const page = await overviewIn('en', view, tooMuch);
  expect(textOf(page)).toContain('Ask for about 9 days.');
  expect(page).not.toContain('id="over-time"');
  const ways = await elementsOf(/<p class="ways">.*?<\/p>/s.exec(page)?.[0] ?? '');
  const read = (href: string) => readView(new URL(href, 'https://measure.example').searchParams, site, NOW);
  expect(linksOf(ways).map(read)).toEqual([
    { ...view, range: '7d' },
    { ...view, range: 'day' },
    { ...view, compare: null },
    { ...view, filters: [] },
  ]);
  const part = await overviewIn('fr', view, { ...makeOverview(), pages: tooMuch, series: tooMuch, touchpoints: tooMuch });
  expect(textOf(part).match(/Demandez 9 jours environ\./g)).toHaveLength(3);
  expect(part).toContain('popovertarget="what-engagement_rate"');
});

test('a wrong address shows the default, never an error', () => {
  const read = (query: string) => readView(new URLSearchParams(query), site, NOW);
  const usual: View = { range: '28d', compare: 'previous_period', matchWeekdays: false, chart: null, filters: [] };
  for (const query of [
    '',
    'period=__proto__',
    'from=2026-02-30&to=2026-03-01',
    'from=2026-10-01',
    'compare=x&chart=constructor',
    'filters=is,nothing,1',
    'filters=or(',
    `period=${encodeURIComponent(POLYGLOT)}`,
  ]) {
    expect(read(query)).toEqual(usual);
  }
  expect(read('from=2026-10-31&to=2026-10-01')).toEqual(read('from=2026-10-01&to=2026-10-31'));
  expect(readView(new URLSearchParams(), { ...site, createdAt: NOW - 3_600_000 }, NOW).range).toBe('day');
});

test('signing in leads to our own pages only', () => {
  expect(readNext('/s/k7m2p9qxw4?period=7d')).toBe('/s/k7m2p9qxw4?period=7d');
  for (const next of [
    null,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '/%5C',
  ]) {
    expect(readNext(next)).toMatch(/^\/(?!\/|\\)/);
    expect(new URL(readNext(next), 'https://measure.example').host).toBe('measure.example');
  }
});

test('a mail links to our own pages only', async () => {
  const parts = linkOwn(
    'see https://measure.example/confirm/abc and https://measure.example.evil.example/x',
    'https://measure.example',
  );
  const html = String(await (<p>{parts}</p>));
  expect(html.match(/<a /g)).toHaveLength(1);
  expect(html).toContain('<a href="https://measure.example/confirm/abc">');
});

test('French is set as French is read, and code is left alone', async () => {
  const { say, format } = uiIn('fr');
  expect(say({ fr: "L'écart : « oui » ? 30 minutes, 95 %", en: '' })).toBe(
    'L’écart\u202f: «\u202foui\u202f»\u202f? 30\u00a0minutes, 95\u202f%',
  );
  expect(say({ fr: 'https://a.example?b=1', en: '' })).toBe('https://a.example?b=1');
  const time = metricOf('time_on_page');
  const rate = metricOf('opt_in_rate');
  if (!time || !rate) throw new Error('metrics of the overview are registered');
  expect(format.value(time, 84.3)).toBe('1\u00a0min 24\u00a0s');
  expect(format.change(rate, 0.02, 0.024)).toEqual({ text: '\u22120,4\u00a0pt', direction: 'down' });
  expect(await overviewIn('fr')).toContain('Fréquentation');
});

test('every reason of a refusal has its words on the waiting page', async () => {
  const rows = REFUSALS.map((reason) => ({ reason, hits: 1, lastAt: NOW }));
  const page = String(
    await (
      <StartPage
        ui={uiIn('en')}
        frame={frame}
        site={site}
        origin="https://measure.example"
        refused={rows}
        imported={false}
        watching={false}
        pinned={PINNED}
      />
    ),
  );
  for (const reason of REFUSALS) expect(page).not.toContain(`"reason">${reason} `);
  expect(page).not.toContain('http-equiv="refresh"');
});

test('both forms of the tag are there to be copied, the pinned one once there is a released file', async () => {
  const start = async (pinned: Pinned | null) =>
    String(
      await (
        <StartPage
          ui={uiIn('fr')}
          frame={frame}
          site={site}
          origin="https://m.example"
          refused={[]}
          imported={false}
          watching
          pinned={pinned}
        />
      ),
    ).replaceAll('&quot;', '"');
  const moving = `src="https://m.example/c.js" data-site="${site.key}"`;
  expect(await start(null)).toContain(moving);
  expect(await start(null)).not.toContain('integrity=');
  const both = await start(PINNED);
  expect(both).toContain(moving);
  expect(both).toContain(
    `src="https://m.example/${PINNED.name}" integrity="${PINNED.integrity}" crossorigin="anonymous" data-site="${site.key}"`,
  );
});
