/** Imports: each tool's real format read exactly, mistakes by line, nothing half-imported, measured days first, removed as a whole. */
import { env } from 'cloudflare:test';
import { strToU8, zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { sweepAllImports } from '../../collector/import/imports.ts';
import { readImport } from '../../collector/import/read-import.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { readImported, readImportedDays } from '../../collector/report/imported.ts';
import { dayOfDate } from '../../collector/store/calendar.ts';
import type { ImportedCell } from '../../collector/store/imported-dimensions.ts';
import type { Site } from '../../collector/store/sites.ts';
import { expectProblem, newToken, openDoor } from './api-door.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';
import { goatCounterGz, plausibleTables, umamiCsv, zipOf } from './import-files.ts';

const NOW = Date.parse('2026-10-20T15:00:00Z');
const clock = { now: NOW };
const { ask, withToken } = openDoor(clock);
const day = (date: string) => dayOfDate(date) ?? 0;
let site: Site;
let token: string;

beforeAll(async () => {
  site = await makeSite(NOW - 20 * 86_400_000);
  token = (await newToken([site], ['admin', 'read'], NOW)).token;
});

/** `dimension day value → pageviews/visits/visitors/events`, with – for what is not said. */
const spell = (cells: ImportedCell[], from = '2024-01-01') =>
  Object.fromEntries(
    cells.map((c) => [
      `${c.dimension} ${c.day - day(from) + 1} ${c.value}`.trim(),
      [c.pageviews, c.visits, c.visitors, c.events].map((n) => n ?? '–').join('/'),
    ]),
  );
const read = (bytes: Uint8Array, name = 'export.zip') => readImport(bytes, name, site, NOW);

describe('formats', () => {
  test('Plausible: every table, our names for its devices, no figure it does not have', async () => {
    const { tool, cells, findings } = await read(zipOf(plausibleTables()));
    expect([tool, findings.total]).toEqual(['plausible', 0]);
    const figures = spell(cells);
    expect(figures).toMatchObject({
      'total 1': '30/12/10/0',
      'total 2': '50/25/20/4',
      'page 1 /': '22/10/–/–',
      'page 1 /shoes "red", size 40': '8/5/–/–',
      'page 3 /hello/(address)': '5/5/–/–',
      'entry_page 1 /': '30/12/–/–',
      'source 1 (direct)': '20/8/–/–',
      'source 1 Google': '10/4/–/–',
      'channel 1 organic_search': '10/4/–/–',
      'referrer 1 google.com': '10/4/–/–',
      'channel 2 email': '50/25/–/–',
      'utm_campaign 2 spring, sale': '50/25/–/–',
      'country 1 FR': '30/12/–/–',
      'device 1 desktop': '30/12/–/–',
      'event 2 Signup': '–/–/–/4',
    });
    expect(Object.keys(figures).some((key) => /engagement|lea@|bounces/.test(key))).toBe(false);
    expect(findings.leftOut.map(({ column }) => column)).toEqual(
      expect.arrayContaining(['bounces', 'visit_duration', 'city', 'hostname']),
    );
  });

  test("Umami: hits become days of the site's zone, visits on the day they began, visitors of a day", async () => {
    const bytes = umamiCsv([
      // 23:30 UTC is the next day in Paris; the visit goes on after its midnight.
      { created_at: '2024-01-01 22:50:00', url_path: '/a', referrer_domain: 'www.google.fr' },
      { created_at: '2024-01-01 23:30:00', url_path: '/b', referrer_domain: 'shop.example' },
      { created_at: '2024-01-01 23:31:00', url_path: '/b', event_type: '2', event_name: 'Buy' },
      {
        created_at: '2024-01-02 10:00:00',
        session_id: 's2',
        visit_id: 'v2',
        url_path: '/a?x=1',
        device: 'mobile',
        browser: 'ios',
        os: 'iOS',
      },
      {
        created_at: '2024-01-02 11:00:00',
        session_id: 's1',
        visit_id: 'v3',
        url_path: '/a',
        utm_source: 'letter',
        utm_medium: 'email',
      },
      { created_at: '2024-01-02 11:30:00', session_id: 's1', visit_id: 'v3', event_type: '3' },
    ]);
    const { tool, cells, findings } = await read(bytes, 'website_event.csv');
    expect([tool, findings.total]).toEqual(['umami', 0]);
    expect(spell(cells)).toEqual({
      'total 1': '1/1/1/0',
      'total 2': '3/2/2/1',
      'page 1 /a': '1/1/–/–',
      'page 1 /b': '0/1/–/–',
      'page 2 /b': '1/0/–/–',
      'page 2 /a': '2/2/–/–',
      'event 2 Buy': '–/–/–/1',
      'entry_page 1 /a': '2/1/–/–',
      'exit_page 1 /b': '2/1/–/–',
      'entry_page 2 /a': '2/2/–/–',
      'exit_page 2 /a': '2/2/–/–',
      ...Object.fromEntries(
        (
          [
            ['channel', 'organic_search', '(direct)', 'email'],
            ['source_channel', 'Google\norganic_search', '(direct)\n(direct)', 'letter\nemail'],
            ['source', 'Google', '(direct)', 'letter'],
            ['referrer', 'google.fr', '(none)', '(none)'],
            ['utm_source', '(none)', '(none)', 'letter'],
            ['utm_medium', '(none)', '(none)', 'email'],
            ['utm_campaign', '(none)', '(none)', '(none)'],
            ['utm_content', '(none)', '(none)', '(none)'],
            ['utm_term', '(none)', '(none)', '(none)'],
            ['country', 'FR', 'FR', 'FR'],
            ['city', 'Lyon', 'Lyon', 'Lyon'],
            ['device', 'desktop', 'mobile', 'desktop'],
            ['browser', 'Edge', 'Safari', 'Edge'],
            ['os', 'Windows', 'iOS', 'Windows'],
            ['language', 'fr', 'fr', 'fr'],
          ] as const
        ).flatMap(([dimension, v1, v2, v3]) => [
          [`${dimension} 1 ${v1}`, '2/1/–/–'],
          ...(v2 === v3
            ? [[`${dimension} 2 ${v2}`, '2/2/–/–']]
            : [
                [`${dimension} 2 ${v2}`, '1/1/–/–'],
                [`${dimension} 2 ${v3}`, '1/1/–/–'],
              ]),
        ]),
      ),
    });
    expect(findings.leftOut.find(({ column }) => column === 'event_type')?.rows).toBe(1);
  });

  test('GoatCounter: bots left out, sessions are visits, visitors are not said', async () => {
    const bytes = goatCounterGz([
      '/,Home,false,,Chrome 120,Mac OS,session-a,0,www.google.com/search,h,1440x900,FR-IDF,true,2024-01-01T09:00:00Z',
      '/p,"Pro, ducts",false,,Chrome 120,Mac OS,session-a,0,,,1440x900,FR-IDF,true,2024-01-01T09:05:00+01:00',
      'download-cv,CV,true,,Chrome 120,Mac OS,session-a,0,,,,FR,true,2024-01-01T09:06:00Z',
      '/,Home,false,,Chrome,Linux,session-c,1,,,1280x720,DE,true,2024-01-01T10:00:00Z',
      '/,Home,false,,Firefox 122,Linux,,0,Google,g,,DE,true,2024-01-02T10:00:00Z',
    ]);
    const { tool, cells, findings } = await read(bytes, 'goatcounter-export.csv.gz');
    expect([tool, findings.total]).toEqual(['goatcounter', 0]);
    expect(spell(cells)).toMatchObject({
      'total 1': '2/1/–/1',
      'total 2': '1/0/–/0',
      'page 1 /': '1/1/–/–',
      'entry_page 1 /p': '2/1/–/–',
      'exit_page 1 /': '2/1/–/–',
      'source 1 (direct)': '2/1/–/–',
      'browser 1 Chrome': '2/1/–/–',
      'os 1 macOS': '2/1/–/–',
      'country 1 FR': '2/1/–/–',
      'event 1 download-cv': '–/–/–/1',
    });
    expect(findings.leftOut.filter(({ rows }) => rows !== null).map(({ column, rows }) => [column, rows])).toEqual([
      ['Bot', 1],
      ['Session', 1],
    ]);
  });

  const total = '"date","visitors","pageviews","bounces","visits","visit_duration"';
  test.each<[string, Uint8Array, string, [number, string | null][]]>([
    ['not CSV at all', new Uint8Array([0, 1, 2, 3, 255]), 'x.bin', [[1, null]]],
    ['empty', new Uint8Array(), 'x.csv', [[1, null]]],
    ['a damaged zip', zipOf(plausibleTables()).slice(0, 300), 'x.zip', [[1, null]]],
    ['a damaged gzip', goatCounterGz(['x']).slice(0, 40), 'x.csv.gz', [[1, null]]],
    ['a zip without tables', zipSync({ 'readme.txt': strToU8('x') }), 'x.zip', [[1, null]]],
    [
      "Umami's tables without dates",
      zipOf({ events: ['x,y'], pages: ['x,y'], referrers: ['x,y'], browsers: ['x,y'] }),
      'x.zip',
      [[1, null]],
    ],
    ['no totals', zipOf({ imported_devices: plausibleTables().imported_devices_20240101_20240103 ?? [] }), 'x.zip', [[1, null]]],
    [
      'a missing column',
      zipOf({ imported_visitors: ['"date","visitors","visits"', '"2024-01-01",1,1'] }),
      'x.zip',
      [[1, 'pageviews']],
    ],
    [
      'bad cells, each by its line',
      zipOf({
        imported_visitors: [
          total,
          '"2024-02-30",1,1,1,1,1',
          '"2024-01-01",-1,1,1,1,1',
          '"2024-01-02",1,1',
          '"2024-01-03",1,1.5,1,1,1',
          '"2099-01-01",1,1,1,1,1',
        ],
      }),
      'x.zip',
      [
        [2, 'date'],
        [3, 'visitors'],
        [4, null],
        [5, 'pageviews'],
        [6, 'date'],
      ],
    ],
    ['a quote that never ends', zipOf({ imported_visitors: [total, '"2024-01-01,1,1,1,1,1'] }), 'x.zip', [[2, null]]],
    ['a bad time', umamiCsv([{ created_at: '2024-01-01 10:00:00' }, { created_at: 'yesterday' }]), 'x.csv', [[3, 'created_at']]],
  ])('%s is refused, and says where', async (_, bytes, name, places) => {
    const { cells, findings } = await read(bytes, name);
    expect(cells).toEqual([]);
    expect(findings.mistakes.map(({ line, column }) => [line, column])).toEqual(places);
    for (const { what } of findings.mistakes) expect(what.fr !== '' && what.en !== '').toBe(true);
  });

  test('unknown columns and files are left out, and said; nonsense in names shows nothing', async () => {
    const tables = plausibleTables();
    const { findings } = await read(
      zipOf({
        ...tables,
        imported_visitors_20240101_20240103: [`${total},"mood\u202e<b>"`, '"2024-01-01",10,30,4,12,3600,"good"'],
        imported_moods_20240101_20240103: ['"date"'],
      }),
    );
    expect(findings.total).toBe(0);
    expect(findings.leftOut).toContainEqual(
      expect.objectContaining({ file: 'imported_moods_20240101_20240103.csv', column: null }),
    );
    expect(findings.leftOut).toContainEqual(expect.objectContaining({ column: 'mood<b>' }));
  });
});

const upload = (bytes: Uint8Array, name = 'plausible.zip', as = token) =>
  ask(
    `/imports?name=${encodeURIComponent(name)}`,
    withToken(as, { method: 'POST', body: bytes, headers: { 'content-type': 'application/octet-stream' } }),
  );
type Listed = { id: string; state: string; days: number; days_in_file: number };
const list = async () => (await (await ask('/imports', withToken(token))).json<{ results: Listed[] }>()).results;
const shown = async (from: string, to: string, at: Site = site) => {
  const range = { from: day(from), to: day(to) };
  const { rows } = await readImported(env.EVENTS, at.id, range, 'total', true);
  return Object.fromEntries(
    rows.map((row) => [(row.day ?? 0) - range.from + 1, [row.pageviews, row.visits, row.visitors, row.events]]),
  );
};

describe('the life of an import', () => {
  test('out of sight until confirmed, the same file is the same import, gone when removed', async () => {
    const bytes = zipOf(plausibleTables());
    const answered = await upload(bytes);
    expect(answered.status).toBe(201);
    const staged: Listed & { from: string; to: string; pageviews: number } = await answered.json();
    expect(staged).toMatchObject({
      state: 'staged',
      tool: 'plausible',
      from: '2024-01-01',
      to: '2024-01-03',
      days: 3,
      days_in_file: 3,
      pageviews: 85,
      visits: 42,
      events: 4,
      values: { page: 3, country: 1 },
    });
    expect(await shown('2024-01-01', '2024-01-31')).toEqual({});
    expect((await readImportedDays(env.EVENTS, site.id, day('2024-01-01'), day('2024-12-31'))).days).toBeNull();
    expect((await (await upload(bytes, 'again.zip')).json<Listed>()).id).toBe(staged.id);
    const confirmed = await ask(`/imports/${staged.id}/confirm`, withToken(token, { method: 'POST' }));
    expect([confirmed.status, await confirmed.json()]).toMatchObject([200, { state: 'shown', days: 3 }]);
    expect(await shown('2024-01-01', '2024-01-31')).toEqual({ 1: [30, 12, 10, 0], 2: [50, 25, 20, 4], 3: [5, 5, 5, 0] });
    expect((await readImportedDays(env.EVENTS, site.id, day('2024-01-02'), day('2024-12-31'))).days).toEqual({
      from: day('2024-01-02'),
      to: day('2024-01-03'),
      days: 2,
      tools: ['plausible'],
    });
    const range = { from: day('2024-01-01'), to: day('2024-01-31') };
    const { rows } = await readImported(env.EVENTS, site.id, range, 'source', false);
    expect(
      rows.sort((a, b) => (a.value < b.value ? -1 : 1)).map(({ value, visits, visitors }) => [value, visits, visitors]),
    ).toEqual([
      ['(direct)', 13, null],
      ['Google', 4, null],
      ['letter', 25, null],
    ]);
    // Another export of some of the same days gets the others only.
    const more = plausibleTables();
    more.imported_visitors_20240101_20240103?.push('"2024-01-04",1,2,0,1,9');
    const second: Listed = await (await upload(zipOf(more))).json();
    expect([second.days, second.days_in_file]).toEqual([1, 4]);
    await ask(`/imports/${second.id}/confirm`, withToken(token, { method: 'POST' }));
    expect(Object.keys(await shown('2024-01-01', '2024-01-31'))).toHaveLength(4);
    expect((await list()).map(({ id, days }) => [id, days]).sort()).toEqual(
      [
        [staged.id, 3],
        [second.id, 1],
      ].sort(),
    );
    expect((await ask(`/imports/${staged.id}`, withToken(token, { method: 'DELETE' }))).status).toBe(200);
    expect(await shown('2024-01-01', '2024-01-31')).toEqual({ 4: [2, 1, 1, 0] });
    await expectProblem(await ask(`/imports/${staged.id}`, withToken(token, { method: 'DELETE' })), 404, 'unknown_import', 'id');
    await ask(`/imports/${second.id}`, withToken(token, { method: 'DELETE' }));
    await sweepAllImports(env, clock.now);
    for (const table of ['imports', 'imported_days', 'imported_cells'])
      expect(await env.EVENTS.prepare(`SELECT count(*) AS n FROM ${table} WHERE site = ?1`).bind(site.id).first(), table).toEqual(
        { n: 0 },
      );
    const trace = await env.PEOPLE.prepare("SELECT action FROM audit WHERE site = ?1 AND action LIKE '%import' ORDER BY at")
      .bind(site.id)
      .all();
    expect(trace.results.length).toBe(4);
  });

  test('mistakes store nothing, and are told by line', async () => {
    const tables = plausibleTables();
    tables.imported_pages_20240101_20240103?.push('"2024-01-03","h","/x",many,1,1,0,0');
    const refused = await upload(zipOf(tables));
    await expectProblem(refused, 422, 'bad_import', 'body');
    expect(await refused.clone().json()).toMatchObject({
      total: 1,
      mistakes: [
        { file: 'imported_pages_20240101_20240103.csv', line: 6, column: 'visits', detail: '“many” is not a whole number.' },
      ],
    });
    expect(await list()).toEqual([]);
    await expectProblem(await upload(new Uint8Array(17 * 1024 * 1024)), 413, 'too_large', 'body');
    const { token: reader } = await newToken([site], ['read'], NOW);
    await expectProblem(await upload(zipOf(tables), 'x.zip', reader), 403, 'missing_scope');
    await expectProblem(await ask('/imports/nothing/confirm', withToken(token, { method: 'POST' })), 404, 'unknown_import', 'id');
  });

  test('measured wins: on upload, and when a kiosk comes home weeks late', async () => {
    const measured = await makeSite(NOW - 20 * 86_400_000);
    const { token: own } = await newToken([measured], ['admin'], NOW);
    const settle = async () => {
      while (!(await runWindows(env.EVENTS, measured, clock.now, 100))) {
        /* until every window behind us is closed */
      }
    };
    const view = (at: number) => ({
      kind: 'pageview',
      id: idAt(at, seeded(at % 1000)),
      url: 'https://shop.example/',
      mode: 'audience',
      visitor: idAt(at, seeded(3)),
    });
    const collector = makeCollector(clock);
    const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);
    await send(collector, measured, NOW, [view(noon('2026-10-10'))]);
    await settle();
    const days = ['2026-10-09', '2026-10-10', '2026-10-11', '2026-10-20'];
    const csv = umamiCsv(days.map((date, i) => ({ created_at: `${date} 08:00:00`, visit_id: `v${i}` })));
    const staged: Listed & { left_out: { why: string }[] } = await (await upload(csv, 'website_event.csv', own)).json();
    // Today is not over and is not taken at all; the tenth was measured.
    expect([staged.days_in_file, staged.days]).toEqual([3, 2]);
    expect(staged.left_out.some(({ why }) => why.startsWith('2026-10-20 is not over'))).toBe(true);
    await ask(`/imports/${staged.id}/confirm`, withToken(own, { method: 'POST' }));
    expect(Object.keys(await shown('2026-10-09', '2026-10-20', measured))).toEqual(['1', '3']);
    await send(collector, measured, NOW, [view(noon('2026-10-11'))]);
    clock.now = NOW + 2 * 3_600_000;
    await settle();
    expect(Object.keys(await shown('2026-10-09', '2026-10-20', measured))).toEqual(['1']);
    clock.now = NOW;
  });

  test('what nobody says yes to is forgotten after a day, what was broken off after an hour', async () => {
    const staged: Listed = await (await upload(zipOf(plausibleTables()))).json();
    await env.EVENTS.prepare("INSERT INTO imports VALUES (?1, 7, 'umami', 'x', 0, ?2, '{}')").bind(site.id, NOW).run();
    await env.EVENTS.prepare("INSERT INTO imported_cells VALUES (?1, 0, 19000, 7, '', 1, 1, 1, 1)").bind(site.id).run();
    await sweepAllImports(env, NOW + 3_700_000);
    expect((await list()).map(({ id }) => id)).toEqual([staged.id]);
    expect(await env.EVENTS.prepare('SELECT count(*) AS n FROM imports WHERE site = ?1').bind(site.id).first()).toEqual({ n: 1 });
    await sweepAllImports(env, NOW + 25 * 3_600_000);
    expect(await list()).toEqual([]);
    expect(await env.EVENTS.prepare('SELECT count(*) AS n FROM imported_cells WHERE site = ?1').bind(site.id).first()).toEqual({
      n: 0,
    });
  });
});
