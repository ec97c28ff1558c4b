/** The part of the bench that counts what D1 bills for pageviews' lives, on sites of different sizes, on computers and phones. */
import { withBench } from './bench-worker.mjs';

/**
 * Rows a life. A message is a row at the least, and a phone has more to say than a computer; of a small site, every page has its row in the
 * day though hardly anybody saw it (docs/decisions/031).
 */
const BUDGETS = { computers: 3.5, phones: 5.25 };
const SMALL_SITE = { upTo: 30_000, more: 0.9 };
const MONTH_DAYS = 30;
const two = (value) => Number(value.toFixed(2));

/** Sizes by pageviews a month: how many a day, and for how many days they are played. */
export const SIZES = [
  { month: 10_000, days: 6 },
  { month: 300_000, days: 1 },
  { month: 1_000_000, days: 1 },
];
/** What CI has time for: a site of 120,000 pageviews a month. */
export const CI_SIZES = [{ month: 120_000, days: 1 }];
/** Played only by `--full`: a day of it is 330,000 lives. */
export const FULL_SIZES = [{ month: 10_000_000, days: 1 }];
export const DEVICES = ['computers', 'phones'];

const key = (device, month) => `${device} ${month}`;

/** @returns rows of name, value, unit, budget or null, and whether CI holds it; and the counts by `device month`. */
export async function measureLives(sizes, say = () => {}) {
  const rows = [];
  const counts = new Map();
  await withBench(async (bench) => {
    let site = 100;
    for (const device of DEVICES)
      for (const { month, days } of sizes) {
        site += 1;
        const touch = device === 'phones' ? '&touch' : '';
        const lives = await bench.call(`/lives?site=${site}&n=${Math.round(month / MONTH_DAYS)}&days=${days}${touch}`);
        say(
          `  ${device}, ${month.toLocaleString('en')} pageviews a month: ${lives.pageviews.toLocaleString('en')} lives played\n`,
        );
        counts.set(key(device, month), lives);
        const per = (n) => two((n ?? 0) / lives.pageviews);
        const { pageviews, ...others } = lives.byTable;
        rows.push(
          [
            `rows written per pageview's life: ${device}, a site of ${month.toLocaleString('en')} a month`,
            per(lives.rowsWritten),
            'rows',
            two(BUDGETS[device] + (month <= SMALL_SITE.upTo ? SMALL_SITE.more : 0)),
            true,
          ],
          ['  pageviews: a row for each message', per(pageviews), 'rows', null, false],
          ...Object.entries(others)
            .sort(([, a], [, b]) => b - a)
            .filter(([, n]) => n / lives.pageviews >= 0.005)
            .map(([table, n]) => [`  ${table}`, per(n), 'rows', null, false]),
          ['  rows read by commits and windows', Math.round(lives.rowsRead / lives.pageviews), 'rows', null, false],
          ['  requests, p95', lives.requestsP95, 'requests', null, false],
          ['  rows written by 50 repeats', lives.repeatRows, 'rows', 0, true],
        );
      }
  });
  return { rows, countsOf: (device, month) => counts.get(key(device, month)) };
}
