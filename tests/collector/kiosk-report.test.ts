/** Figures of stores and kiosks, against a count by hand on the wall clock: lengths, touches, and the opening hours they are held against. */
import { env } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { keepStoreSettings } from '../../collector/fleet/settings.ts';
import { commit } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { answerQuery } from '../../collector/report/answers.ts';
import { isProblem } from '../../collector/report/problem.ts';
import { dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { TIMES_ERROR } from '../../collector/store/times.ts';
import { ask, toQuery } from './ask.ts';
import { makeSite, seeded } from './fixture.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const ZONE = 'Europe/Paris';
/** Through the hour that comes twice, on Sunday 25 October 2026. */
const NOW = Date.parse('2026-10-28T14:30:00+01:00');
const FIRST = dayOf(ZONE, NOW) - 9;
type Made = { store: number; kiosk: number; at: number; touches: number; length: number };
type Week = ([number, number] | null)[];
/** A shop, closed on Sunday, and a bar that closes at two in the morning. */
const SHOP: Week = [...Array.from({ length: 6 }, (): [number, number] => [600, 1_170]), null];
const BAR: Week = Array.from({ length: 7 }, (): [number, number] => [1_080, 120]);
const KIOSKS = [
  { kiosk: 1, store: 1, since: startOfDay(ZONE, FIRST - 3), until: null },
  { kiosk: 2, store: 1, since: startOfDay(ZONE, FIRST + 4) + 12 * 60 * MINUTE, until: null },
  { kiosk: 3, store: 2, since: startOfDay(ZONE, FIRST - 3), until: startOfDay(ZONE, FIRST + 6) },
  { kiosk: 4, store: 3, since: startOfDay(ZONE, FIRST - 3), until: null },
] as const;
const HOURS = new Map<number, Week>([
  [1, SHOP],
  [2, BAR],
]);

let site: Site;
let visits: Made[] = [];
const METRICS = ['visits', 'meaningful_visits', 'visit_length_median', 'utilisation', 'opt_in_rate', 'exposures'];
const body = { metrics: METRICS, date_range: ['2026-10-19', '2026-10-28'], limit: 1_000 };

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const shownAt = new Map<number, boolean>();
/** The oracle: what the clock on the shop's wall says about a minute. */
function isOpen(store: number, at: number): boolean {
  const key = at * 4 + store;
  const known = shownAt.get(key);
  if (known !== undefined) return known;
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const [minutes, day] = [Number(part.hour) * 60 + Number(part.minute), DAYS.indexOf(part.weekday ?? '')];
  const hours = HOURS.get(store);
  const [today, yesterday] = [hours?.[day], hours?.[(day + 6) % 7]];
  const open =
    (today && minutes >= today[0] && (minutes < today[1] || today[1] <= today[0])) ||
    (yesterday && yesterday[1] <= yesterday[0] && minutes < yesterday[1]) ||
    false;
  shownAt.set(key, open);
  return open;
}

/** Utilisation by walking through every quarter and every visit. */
function utilisation(kiosks: readonly number[], from: number, to: number): number | null {
  let [used, open] = [0, 0];
  for (const { store, since, until } of KIOSKS.filter((one) => kiosks.includes(one.kiosk) && HOURS.has(one.store)))
    for (let at = Math.max(from, since); at < Math.min(to, until ?? NOW, NOW); at += 15 * MINUTE)
      if (isOpen(store, at)) open += 15 * MINUTE;
  for (const v of visits.filter((one) => kiosks.includes(one.kiosk) && one.at >= from && one.at < to))
    for (let at = v.at; at < v.at + v.length && isOpen(v.store, at); at += MINUTE) used += MINUTE;
  return open > 0 ? used / open : null;
}
const lengthsOf = (kiosks: readonly number[], from: number, to: number) =>
  visits
    .filter((v) => kiosks.includes(v.kiosk) && v.at >= from && v.at < to)
    .map(({ length }) => length)
    .sort((a, b) => a - b);

beforeAll(async () => {
  const random = seeded(61);
  const pick = (n: number) => Math.floor(random() * n);
  site = await makeSite(startOfDay(ZONE, FIRST - 10), { zone: ZONE });
  const place = (id: number) => site.id * 100 + id;
  for (const id of [1, 2, 3])
    await env.PEOPLE.prepare('INSERT INTO stores (id, site, name, zone, created_at) VALUES (?1, ?2, ?3, ?4, 0)')
      .bind(place(id), site.id, ['Marais', 'Le Bar', 'Sans heures'][id - 1], ZONE)
      .run();
  for (const [id, hours] of HOURS) await keepStoreSettings(env.PEOPLE, site.id, place(id), { hours });
  for (const { kiosk, store, since, until } of KIOSKS)
    await env.PEOPLE.prepare(
      'INSERT INTO kiosks (id, site, store, name, created_at, first_enrolled_at, revoked_at) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6)',
    )
      .bind(place(kiosk), site.id, place(store), `Kiosk ${kiosk}`, since, until)
      .run();
  const start = startOfDay(ZONE, FIRST);
  visits = KIOSKS.flatMap(({ kiosk, store, since, until }) =>
    Array.from({ length: 60 }, () => start + pick((NOW - start) / MINUTE) * MINUTE)
      .filter((at) => at >= since && at < (until ?? NOW))
      .map((at) => ({ store, kiosk, at, touches: 1 + pick(4), length: pick(25) * MINUTE })),
  );
  // One that goes on past closing, and one of yesterday whose clock was far off.
  visits.push({ store: 1, kiosk: 1, at: Date.parse('2026-10-27T19:20:00+01:00'), touches: 9, length: 25 * MINUTE });
  const facts = noFacts();
  facts.pages.push({ site: site.id, hash: 1, host: 'shop.example', path: '/', page_group: null });
  const born = (at: number, i: number) => (i % 11 === 0 ? at - 3 * DAY : at);
  facts.kiosk_visits = visits.map(({ store, kiosk, at, touches, length }, i) => ({
    ...{
      site: site.id,
      born: born(at, i),
      rand: i,
      at,
      visitor: 1_000 + i,
      kind: 2 as const,
      store: place(store),
      kiosk: place(kiosk),
    },
    ...{ mode: 0 as const, page: 1, flags: 0, touches, length_ms: length, ended: 1 as const },
  }));
  facts.opt_ins = visits.slice(0, 20).map(({ store, kiosk, at }, i) => ({
    ...{
      site: site.id,
      born: at,
      rand: 9_000 + i,
      at,
      visitor: 1_000 + i,
      kind: 2 as const,
      store: place(store),
      kiosk: place(kiosk),
    },
    ...{ mode: 0 as const, page: 1, flags: 0, confirmed_at: null, ended_at: null },
  }));
  facts.exposures = [3, 4, 5].map((day) => {
    const at = startOfDay(ZONE, FIRST + day) + 660 * MINUTE;
    return { site: site.id, born: at, rand: day, at, store: place(1), kiosk: place(1), page: 1, flags: 0, shown_ms: null };
  });
  // Somebody on the web, who is no matter of kiosks.
  facts.events.push({
    ...{ site: site.id, born: start + DAY, rand: 1, at: start + DAY, visitor: 5, kind: 0, store: 0, kiosk: 0, mode: 0, page: 1 },
    ...{ flags: 0, name: 1, props: null },
  });
  await commit(env.EVENTS, facts);
  while (!(await runWindows(env.EVENTS, site, NOW, 200))) {
    /* until everything due is closed */
  }
});

const expectRow = (row: (number | null)[] | undefined, kiosks: readonly number[], from: number, to: number) => {
  const lengths = lengthsOf(kiosks, from, to);
  const all = visits.filter((v) => kiosks.includes(v.kiosk) && v.at >= from && v.at < to);
  const [n, meaningful, median, used] = row ?? [];
  expect(n).toBe(all.length);
  expect(meaningful).toBe(all.filter(({ touches }) => touches >= 2).length);
  const exact = (lengths[Math.ceil(lengths.length / 2) - 1] ?? 0) / 1000;
  if (lengths.length === 0) expect(median).toBeNull();
  else expect(Math.abs((median ?? -1) - exact)).toBeLessThanOrEqual(exact * TIMES_ERROR);
  const wanted = utilisation(kiosks, from, to);
  if (wanted === null) expect(used).toBeNull();
  else expect(used).toBeCloseTo(wanted, 12);
};
const [START, END] = [startOfDay(ZONE, FIRST), startOfDay(ZONE, FIRST + 10)];

test.each(['auto', 'raw'])('by store, by kiosk and in all, from %s', async (source) => {
  const stores = await ask(site, { ...body, source, dimensions: ['store'] }, NOW);
  const row = (name: string) => stores.results.find(({ dimensions }) => dimensions[0] === name)?.metrics;
  expectRow(row('Marais'), [1, 2], START, END);
  expectRow(row('Le Bar'), [3], START, END);
  expectRow(row('Sans heures'), [4], START, END);
  expect(row('Sans heures')?.[3]).toBeNull();
  expect(row('Marais')?.[5]).toBe(3);
  expect(row('web')?.slice(1, 4)).toEqual([null, null, null]);
  expect(stores.meta.not_measured.meaningful_visits?.code).toBe('no_kiosk');
  expect(stores.meta.coverage.utilisation).toBe(3 / 4);
  expect(stores.totals.metrics[3]).toBeCloseTo(utilisation([1, 2, 3, 4], START, END) ?? -1, 12);
  const kiosks = await ask(site, { ...body, source, dimensions: ['kiosk'], filters: [['is', 'store', ['Marais']]] }, NOW);
  for (const { dimensions, metrics } of kiosks.results) expectRow(metrics, [Number(dimensions[0]?.slice(-1))], START, END);
  expectRow(kiosks.totals.metrics, [1, 2], START, END);
});

test('by day, by week and by hour, and a day on which nobody came is measured as nothing', async () => {
  const marais = { ...body, filters: [['is', 'store', [`#${site.id * 100 + 1}`]]] };
  const days = await ask(site, { ...marais, dimensions: ['time:day'] }, NOW);
  expect(days.results).toHaveLength(10);
  for (const [i, { metrics }] of days.results.entries())
    expectRow(metrics, [1, 2], startOfDay(ZONE, FIRST + i), startOfDay(ZONE, FIRST + i + 1));
  // On Sunday the shop was closed: there are no hours to divide by.
  expect(days.results[6]?.metrics[3]).toBeNull();
  const hours = await ask(site, { ...marais, date_range: ['2026-10-25', '2026-10-26'], dimensions: ['time:hour'] }, NOW);
  expect(hours.results).toHaveLength(49);
  for (const { dimensions, metrics } of hours.results) {
    const at = Date.parse(dimensions[0] ?? '');
    expectRow(metrics, [1, 2], at, at + 60 * MINUTE);
  }
  const before = await ask(site, { ...marais, date_range: ['2026-10-01', '2026-10-02'] }, NOW);
  expect(before.totals.metrics.slice(1, 4)).toEqual([null, null, null]);
});

test('by a page, a source or a known visitor it is not measured, and says why', async () => {
  for (const dimension of ['page', 'channel', 'known', 'event']) {
    const { results, meta } = await ask(site, { ...body, dimensions: [dimension] }, NOW);
    for (const { metrics } of results) expect(metrics.slice(1, 4)).toEqual([null, null, null]);
    expect(meta.not_measured.utilisation?.code).toBe('whole_site');
  }
});

test('an answer that was kept is not given any more when the opening hours have changed', async () => {
  const query = toQuery({ ...body, date_range: ['2026-10-20', '2026-10-22'], metrics: ['utilisation'] });
  const read = async () => {
    const answer = await answerQuery(env, site, query, NOW);
    if (isProblem(answer)) throw new Error(answer.code);
    return answer.totals.metrics[0] ?? null;
  };
  const before = await read();
  await keepStoreSettings(env.PEOPLE, site.id, site.id * 100 + 1, { hours: SHOP.map((day) => day && [day[0], day[1] - 60]) });
  const after = await read();
  expect(after).not.toBe(before);
  await keepStoreSettings(env.PEOPLE, site.id, site.id * 100 + 1, { hours: SHOP });
  expect(await read()).toBe(before);
});
