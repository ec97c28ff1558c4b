/** Exactness: rollups and facts give the same numbers, a row is the question with its value as a filter, and sums add up to totals. */
import { expect, test } from 'vitest';
import { DIMENSIONS } from '../../collector/report/dimensions.ts';
import { METRICS } from '../../collector/report/metrics.ts';
import type { QueryResult } from '../../collector/report/result.ts';
import { dateOfDay } from '../../collector/store/calendar.ts';
import { ask } from './ask.ts';
import { makeTraffic } from './report-traffic.ts';

const ALL = METRICS.map((m) => m.name);
const SUMS = METRICS.filter((m) => m.counts !== 'visitors').map((m) => m.name);
const rowsOf = (r: QueryResult) => new Map(r.results.map((row) => [row.dimensions.join(' · '), row.metrics]));

test('each dimension', async () => {
  const t = await makeTraffic(3, 'Europe/Paris', Date.parse('2026-10-27T15:00:00Z'), 6, 60);
  const body = { date_range: [dateOfDay(t.firstDay), dateOfDay(t.lastDay)], limit: 1000 };
  for (const d of ['', ...DIMENSIONS.map((d) => d.name)]) {
    for (const metrics of [ALL, SUMS]) {
      const dimensions = d ? [d] : [];
      const auto = await ask(t.site, { ...body, metrics, dimensions }, t.nowMs);
      const raw = await ask(t.site, { ...body, metrics, dimensions, source: 'raw' }, t.nowMs);
      expect(rowsOf(raw), d).toEqual(rowsOf(auto));
      expect(raw.totals, d).toEqual(auto.totals);
    }
  }
});
