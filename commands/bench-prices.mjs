/**
 * The part of the bench that makes prices of what was counted: of a million pageviews' lives, and of a month of sites of three
 * sizes. Every price is a published one, with its page; what is assumed is printed.
 */

const WORKERS = 'https://developers.cloudflare.com/workers/platform/pricing/';
const D1 = 'https://developers.cloudflare.com/d1/platform/pricing/';
const QUEUES = 'https://developers.cloudflare.com/queues/platform/pricing/';
const R2 = 'https://developers.cloudflare.com/r2/pricing/';
/** Dollars a unit, and how many units of a month the Workers Paid plan includes. */
const PRICES = {
  requests: { what: 'Workers requests', dollars: 0.3e-6, included: 10e6, source: WORKERS },
  cpuMs: { what: 'Workers CPU, ms', dollars: 0.02e-6, included: 30e6, source: WORKERS },
  rowsWritten: { what: 'D1 rows written', dollars: 1e-6, included: 50e6, source: D1 },
  rowsRead: { what: 'D1 rows read', dollars: 0.001e-6, included: 25e9, source: D1 },
  rowsDeleted: { what: 'D1 rows deleted when their time is over', dollars: 1e-6, included: 0, source: D1 },
  gbMonths: { what: 'D1 storage, GB-months', dollars: 0.75, included: 5, source: D1 },
  queueOperations: { what: 'Queues operations', dollars: 0.4e-6, included: 1e6, source: QUEUES },
  historyGbMonths: { what: 'R2 storage, GB-months', dollars: 0.015, included: 10, source: R2 },
  historyWrites: { what: 'R2 class A operations', dollars: 4.5e-6, included: 1e6, source: R2 },
};
const PLAN = 5;
/** Dollars a million lives, while they are lived; more where more rows are written (docs/decisions/031). */
const BUDGETS = { computers: 4.5, phones: 6.8 };
const SMALL_SITE = { upTo: 30_000, more: 0.75 };
/** What these budgets name. */
const LIVED = ['requests', 'cpuMs', 'rowsWritten', 'queueOperations'];

/** One message in a hundred finds D1 slow or away and goes by the queue: three operations each. */
const SPILLED = 0.01;
const OPERATIONS = 3;
/** The tag's file is kept an hour by browsers: at most one request a visit, of 2.5 pageviews. */
const FILES = 1 / 2.5;
const MONTHS_KEPT = 397 / 30.4;
/** 14 months of visitor-days; rollups are kept for good, here as after two years. */
const VISITOR_MONTHS = 14;
const ROLLUP_MONTHS = 24;
const HISTORY_MONTHS = 25;
/** Each day is written the next morning and again 44 days later: its parts and a manifest. */
const EXPORTS = 2;
const CRON_A_MONTH = 30.4 * 1_440;
const GB = 1e9;
/** A database is full at 10 GB; a tenth is left for what else is in it. */
const ROOM = 9 * GB;

/** Units that a million lives use, spread over all the months in which they are kept. */
function unitsOf({ lives, month, cpuMs }) {
  const per = (n) => (n / lives.pageviews) * 1e6;
  const messages = per(lives.messages);
  const rollupBytes = month.windowBytes - month.visitorDayBytes;
  return {
    requests: messages + FILES * 1e6,
    // Processor time cannot be read on every system: then it is left out, and said to be.
    cpuMs: messages * (cpuMs ?? 0),
    rowsWritten: per(lives.rowsWritten),
    rowsRead: per(lives.rowsRead),
    rowsDeleted: 1e6 + per(lives.byTable.visitor_days ?? 0),
    gbMonths: (month.factBytes * MONTHS_KEPT + month.visitorDayBytes * VISITOR_MONTHS + rollupBytes * ROLLUP_MONTHS) * (1e6 / GB),
    queueOperations: messages * SPILLED * OPERATIONS,
    historyGbMonths: ((month.historyBytes * 1e6) / GB) * HISTORY_MONTHS,
    historyWrites: (month.historyFiles / month.pageviews) * EXPORTS * 1e6,
  };
}

const cost = (units, names) => names.reduce((sum, name) => sum + units[name] * PRICES[name].dollars, 0);
const dollars = (value) => Number(value.toFixed(2));

/** What a site of so many pageviews a month pays once its databases are as full as they get: the plan, and what goes beyond it. */
function billOf(units, size, idle) {
  const times = size / 1e6;
  const used = Object.fromEntries(Object.entries(units).map(([name, n]) => [name, n * times]));
  used.requests += CRON_A_MONTH;
  used.rowsWritten += idle.rowsWritten * CRON_A_MONTH + used.rowsDeleted;
  used.rowsRead += idle.rowsRead * CRON_A_MONTH;
  used.rowsDeleted = 0;
  const beyond = Object.entries(used).reduce(
    (sum, [name, n]) => sum + Math.max(0, n - PRICES[name].included) * PRICES[name].dollars,
    0,
  );
  return { beyond, bytes: used.gbMonths * GB };
}

/**
 * @param {{month: any, countsOf: (device: string, month: number) => any, sizes: number[], devices: string[], cpuMs: number}} measured
 * @returns rows of name, value, unit, budget or null, and whether CI holds it; and the table as text.
 */
export function priceOf({ month, countsOf, sizes, devices, cpuMs }) {
  const rows = [];
  const text = [];
  for (const device of devices)
    for (const size of sizes) {
      // Rows written a life fall once a day has its 24 pieces; rows read do not, as each piece looks back a day.
      const played = [size, 10_000_000, 1_000_000].find((n) => countsOf(device, n));
      const lives = countsOf(device, played);
      const units = unitsOf({ lives, month, cpuMs });
      const site = `${device}, a site of ${size.toLocaleString('en')} a month`;
      const all = Object.keys(PRICES);
      const { beyond, bytes } = billOf(units, size, month.idle);
      const databases = Math.ceil(bytes / ROOM);
      rows.push(
        [
          `price of a million pageviews' lives: ${site}`,
          dollars(cost(units, LIVED)),
          '$',
          BUDGETS[device] + (size <= SMALL_SITE.upTo ? SMALL_SITE.more : 0),
          false,
        ],
        ['  and with reading, keeping, history and deletion', dollars(cost(units, all)), '$', null, false],
        ['  a month of that site, beyond the plan of $5', dollars(beyond), '$', null, false],
        [
          '  its share of databases of 10 GB, when it is as full as it gets',
          databases,
          databases > 1 ? 'databases' : 'database',
          null,
          false,
        ],
      );
      text.push(
        `\n${site[0].toUpperCase()}${site.slice(1)}${played === size ? '' : ` (counted at ${played.toLocaleString('en')}; not measured at this size, where more rows are read)`}`,
        ...all.map((name) => {
          const { what, source } = PRICES[name];
          const amount = units[name] >= 100 ? Math.round(units[name]).toLocaleString('en') : units[name].toFixed(2);
          return `  ${what.padEnd(42)} ${amount.padStart(14)} a million lives  $${cost(units, [name]).toFixed(2).padStart(6)}  ${source}`;
        }),
        `  a month: plan $${PLAN} and $${beyond.toFixed(2)} beyond what it includes (requests 10 M, CPU 30 M ms, rows 50 M written and 25 G read, D1 5 GB, queue 1 M, R2 10 GB)`,
      );
    }
  text.unshift(
    "What a million pageviews' lives cost, at published prices, from what was counted above.",
    `Assumed: ${SPILLED * 100} % of messages go by the queue; the tag's file is asked for once a visit; facts are kept 397 days, rollups two years, the history 25 months;`,
    `bytes a pageview are those of the month of ${month.pageviews.toLocaleString('en')} above: a larger site has fewer of rollups;`,
    'one site alone in its databases. Storage and deletion are what a million lives cost over all the months they are kept.',
    ...(cpuMs === null ? ['Processor time could not be read on this system: it is missing in these prices.'] : []),
  );
  return { rows, text: text.join('\n') };
}
