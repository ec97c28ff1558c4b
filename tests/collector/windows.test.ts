/** Rollups, open hours and gap cells against the model: random traffic, late and repeated messages, windows closing in between. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { relayOptIns } from '../../collector/ingest/relay-opt-ins.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { sha256 } from '../../collector/people/sha256.ts';
import { addSums, type Cell, noSums } from '../../collector/report/cell.ts';
import { spanOfDays } from '../../collector/report/period.ts';
import { readQuery } from '../../collector/report/query.ts';
import { readCells } from '../../collector/report/read-cells.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import { readTail } from '../../collector/report/tail.ts';
import { cellsOfTail } from '../../collector/report/tail-cells.ts';
import { dateOfDay, dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { closingOf } from '../../collector/store/closings.ts';
import { quantileOf, TIMES_ERROR, tidyTimes } from '../../collector/store/times.ts';
import { idAt, makeCollector, makeSite, seeded, send } from './fixture.ts';
import { figuresOf, type ModelFact } from './model.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const METRICS = [
  'visitors',
  'visits',
  'pageviews',
  'pages_per_visit',
  'time_on_page',
  'visit_time',
  'engaged_visits',
  'known_visitors',
  'known_visits',
  'recurring_visitors',
  'opt_ins',
  'opt_ins_confirmed',
  'opt_in_rate',
  'events',
] as const;

async function ask(site: Parameters<typeof runQuery>[1], from: number, to: number, nowMs: number, dimension?: string) {
  const query = readQuery({
    metrics: METRICS,
    date_range: [dateOfDay(from), dateOfDay(to)],
    dimensions: dimension ? [dimension] : [],
    limit: 1000,
  });
  if ('code' in query) throw new Error(query.detail);
  const answer = await runQuery(env, site, query, nowMs);
  if ('code' in answer) throw new Error(answer.detail);
  const { results } = answer;
  return new Map(results.map((r) => [r.dimensions[0] ?? '', Object.fromEntries(METRICS.map((m, i) => [m, r.metrics[i]]))]));
}

/** Cells by dimension and value, without those that count nothing: a fact may stand for no figure. */
function merged(cells: readonly Cell[]): Map<string, Cell['sums']> {
  const all = new Map<string, Cell['sums']>();
  for (const { dimension, value, sums } of cells) {
    const key = `${dimension} ${value}`;
    const sum = all.get(key) ?? noSums();
    addSums(sum, sums);
    all.set(key, sum);
  }
  for (const [key, sum] of all) {
    sum.times = tidyTimes(sum.times);
    if (Object.values(sum).every((figure) => figure === 0 || figure === '')) all.delete(key);
  }
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function scenario(seed: number, zone: string, startAt: number, days: number, steps: number) {
  const random = seeded(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const clock = { now: startAt };
  // Older than any fact: before that, zeros would be “not measured”.
  const site = await makeSite(startAt - 10 * DAY, { zone });
  const collector = makeCollector(clock, seed);
  const visitors = Array.from({ length: 3 + pick(6) }, () => idAt(startAt, random));
  const facts = new Map<string, ModelFact>();
  const open: Record<string, unknown>[] = [];
  const tokens: { id: string; token: string }[] = [];
  // Half of the scenarios roll up the open day's detail in small pieces.
  const detailFacts = seed % 2 ? 5 : undefined;
  const today = () => dayOf(zone, clock.now);
  const model = (from: number, to: number) =>
    figuresOf(
      [...facts.values()],
      startOfDay(zone, from),
      startOfDay(zone, to + 1),
      (at) => dayOf(zone, at),
      (day) => startOfDay(zone, day + 1),
    );

  for (let step = 0; step < steps; step += 1) {
    clock.now += pick(4) === 0 ? pick(((days * DAY) / steps) * 3) : pick(20 * MINUTE);
    const dice = pick(20);
    const visitor = visitors[pick(visitors.length)] ?? '';
    const mode = pick(3) === 0 ? 'engagement' : 'audience';
    // Some messages were kept offline for hours or days before they are sent.
    const at = clock.now - (pick(5) === 0 ? pick(3 * DAY) : pick(1000));
    const url = `https://shop.example/p${pick(4)}`;
    const about = { id: idAt(at, random), url, mode, visitor };
    const fact = (what: ModelFact['what']): ModelFact => ({
      what,
      id: about.id,
      at,
      visitor,
      page: new URL(url).pathname,
      source: '',
      mode: mode === 'audience' ? 'audience' : 'engagement',
      activeMs: null,
      foregroundMs: 0,
      confirmed: false,
    });
    if (dice < 9) {
      const message = { kind: 'pageview', ...about };
      open.push(message);
      facts.set(about.id, fact('pageview'));
      await send(collector, site, clock.now, pick(6) === 0 ? [message, message] : [message]);
    } else if (dice < 14 && open.length > 0) {
      const message = open[pick(open.length)];
      const found = facts.get(String(message?.id));
      if (message && found) {
        // Cumulative state, sometimes an older one that was overtaken, sometimes a repeat.
        const foregroundMs = pick(40 * MINUTE);
        const activeMs = Math.min(foregroundMs, pick(15_000));
        found.foregroundMs = Math.max(found.foregroundMs, foregroundMs);
        found.activeMs = Math.max(found.activeMs ?? 0, activeMs);
        await send(collector, site, clock.now, [{ ...message, activeMs, foregroundMs }]);
      }
    } else if (dice < 16) {
      facts.set(about.id, fact('event'));
      await send(collector, site, clock.now, [{ kind: 'event', ...about, name: `n${pick(3)}` }]);
    } else if (dice === 16) {
      facts.set(about.id, fact('opt-in'));
      const email = `p${pick(1000)}@example.com`;
      expect(
        (
          await send(collector, site, clock.now, [
            { kind: 'opt-in', ...about, email, boxes: { news: true }, wording: 'newsletter-fr-1' },
          ])
        ).answer,
      ).toMatchObject({ ok: 1 });
      const token = `token-${seed}-${step}`;
      await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1').bind(about.id, sha256(token)).run();
      tokens.push({ id: about.id, token });
    } else if (dice === 17 && tokens.length > 0) {
      const chosen = tokens[pick(tokens.length)];
      if (chosen && (await confirmOptIn(env, chosen.token, clock.now)) === 'confirmed') {
        await relayOptIns(env.PEOPLE, env.EVENTS, 100);
        const found = facts.get(chosen.id);
        if (found) found.confirmed = true;
      }
    } else if (dice === 18) {
      const answer = (await send(collector, site, clock.now, [{ kind: 'identify', ...about, user: `customer-${pick(3)}` }]))
        .answer;
      if (mode === 'engagement') facts.set(about.id, fact('identify'));
      else expect(answer).toMatchObject({ ok: 0, rej: [[0, 'needs_engagement']] });
    } else {
      while (!(await runWindows(env.EVENTS, site, clock.now, 50, detailFacts))) {
        /* until everything due is done */
      }
    }
  }
  while (!(await runWindows(env.EVENTS, site, clock.now, 50, detailFacts))) {
    /* until everything due is done */
  }
  for (let i = 0; i < 4; i += 1) {
    const to = today() - pick(days);
    const from = to - pick(days);
    expect(await ask(site, from, to, clock.now), `seed ${seed}: days ${from}–${to}`).toEqual(new Map([['', model(from, to)]]));
  }
  const from = today() - days;
  expect(await ask(site, from, today(), clock.now), `seed ${seed}: whole`).toEqual(new Map([['', model(from, today())]]));
  // The two derivations, of open and of closed time, agree cell by cell in every dimension.
  const span = spanOfDays(zone, from, today());
  const tail = await readTail(env.EVENTS, site, span.start, clock.now);
  const dimensions = [
    'page',
    'entry_page',
    'exit_page',
    'origin',
    'place',
    'technology',
    'touchpoint',
    'event',
    'known',
  ] as const;
  const key = <C extends { dimension: number; value: number }>(cells: C[]) =>
    cells.sort((a, b) => a.dimension - b.dimension || a.value - b.value);
  const tidy = (cells: Cell[]) => cells.map((c) => ({ ...c, sums: { ...c.sums, times: tidyTimes(c.sums.times) } }));
  const derived = key(tidy(cellsOfTail(tail, [[span.start, span.end]], dimensions)));
  expect(derived, `seed ${seed}: cells`).toEqual(
    key((await readCells(env.EVENTS, site, null, span, 'whole', dimensions, tail)).cells),
  );
  // What goes on from closed time is the same whether its visits were noted or are derived from the facts before.
  const since = (await closingOf(env.EVENTS, site.id))?.detail_before ?? 0;
  const noted = await env.EVENTS.prepare('SELECT count(*) AS n FROM open_visits WHERE site = ?1 AND before = ?2')
    .bind(site.id, since)
    .first<{ n: number }>();
  expect(noted?.n, `seed ${seed}: open visits are noted`).toBeGreaterThan(0);
  const resumed = await readTail(env.EVENTS, site, since, clock.now);
  const after: [number, number][] = [[since, span.end]];
  expect(key(tidy(cellsOfTail(resumed, after, dimensions))), `seed ${seed}: resumed`).toEqual(
    key(tidy(cellsOfTail(tail, after, dimensions))),
  );
  // Windows, with all that came late or made somebody known, say the same in every dimension.
  const windows = await closingOf(env.EVENTS, site.id);
  const stored = await readCells(env.EVENTS, site, windows, span, 'whole', dimensions, resumed);
  expect(merged(stored.cells), `seed ${seed}: windows`).toEqual(merged(derived));
  // Histograms of rollups: the exact quantiles of the facts, within the stated error, in any range.
  const closing = await closingOf(env.EVENTS, site.id);
  for (const closed of [closing, null]) {
    const { cells } = await readCells(env.EVENTS, site, closed, span, 'whole', ['touchpoint'], resumed);
    const sums = cells.reduce((all, cell) => addSums(all, cell.sums), noSums());
    const exact = [...facts.values()]
      .flatMap((f) => (f.at >= span.start && f.activeMs !== null ? [f.activeMs] : []))
      .sort((a, b) => a - b);
    for (const share of [0.1, 0.5, 0.75, 1]) {
      const should = exact[Math.ceil(share * exact.length) - 1] ?? Number.NaN;
      const is = quantileOf(sums.times, share, exact.length) ?? Number.NaN;
      expect(Math.abs(is - should), `seed ${seed}: quantile ${share}`).toBeLessThanOrEqual(TIMES_ERROR * should);
    }
  }
  const byDay = await ask(site, from, today(), clock.now, 'time:day');
  for (let day = from; day <= today(); day += 1)
    expect(byDay.get(dateOfDay(day)), `seed ${seed}: day ${dateOfDay(day)}`).toEqual(model(day, day));
}

const runs: [number, string, number][] = [
  [1, 'Europe/Paris', Date.parse('2026-10-23T20:00:00Z')],
  [2, 'UTC', Date.parse('2026-10-23T20:00:00Z')],
  [3, 'Asia/Kolkata', Date.parse('2024-02-27T08:00:00Z')],
  [4, 'America/New_York', Date.parse('2026-03-06T03:00:00Z')],
  [5, 'Australia/Lord_Howe', Date.parse('2026-04-03T03:00:00Z')],
  [6, 'Europe/Paris', Date.parse('2026-03-27T20:00:00Z')],
];
test.each(env.LONG ? runs : runs.slice(2, 5))(
  'seed %i in %s: every figure equals the model',
  (seed, zone, startAt) => scenario(seed, zone, startAt, 5, 120),
  60_000,
);
