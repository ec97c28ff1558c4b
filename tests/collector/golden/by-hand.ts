/**
 * One cell of each metric, worked out on paper from acts.ts; the working stands beside the answer. The sixteen visits, by letter:
 *
 * V1: a 24th 10:00 / (Google), /shoes, event, opt-in · b 25th 09:00 / · c 26th 20:00 /help (letter, time unknown)
 * V2: d 24th 23:50 / (Bing), 00:10 /shoes, 00:39 event: 29 minutes after the page · e 26th 11:00 /shoes
 * V3: f 25th 02:30 summer time / · g 02:30 winter time, an hour later, /shoes, identified
 * V4: h 24th 08:00 /help (Google) · i 26th 12:00 / (Google), 12:01 / on www · j 26th 13:00 /shoes, 59 minutes later
 * V5: k 25th 18:00 /help (letter), identified · D1: l 24th 12:00 /help · D2: m 25th 12:00 /
 * K1: n 24th, opt-in · K2: o 25th · K3: p 26th, event
 */
type Cell = readonly [metric: string, dimension: string, value: string, working: string, answer: number | null];

export const BY_HAND: readonly Cell[] = [
  ['visitors', '', '', 'V1–V5, D1, D2, K1–K3: 5 + 2 + 3', 10],
  ['visits', 'page', '/', 'a, b, d, f, i (once, though on two hosts), m', 6],
  ['pageviews', 'source', 'Google', 'a: 2, h: 1, i: 2', 5],
  [
    'pages_per_visit',
    'time:day',
    '2026-10-24',
    'begun that day: a 2, d 2 (one after midnight), h 1, l 1, n 1 = 7 in 5 visits',
    7 / 5,
  ],
  ['time_on_page', 'page', '/help', 'h 7 s, k 9 s, l 15 s = 31 s on 3 pages; c was not measured', 31 / 3],
  ['time_on_page_median', 'source', '(direct)', 'm 1, f 2, e 3, b 4, j 5, g 11: the third of six', 3],
  ['time_on_page_p75', 'source', '(direct)', '0.75 × 6 = 4.5: the fifth of six', 5],
  ['time_coverage', 'page', '/help', 'h, k, l of c, h, k, l', 3 / 4],
  ['visit_time', 'touchpoint', 'kiosk', 'n 20 s, o 5 s, p 9 s = 34 s in 3 visits', 34 / 3],
  ['scroll_depth', 'device', 'tablet', 'k 70 %, l 100 %', 170 / 2],
  ['engaged_visits', 'store', 'web', 'a 42 s, d 14 s, g 11 s, i two pages, l 15 s', 5],
  ['engagement_rate', 'store', 'web', 'those 5 of a to m, 13 visits', 5 / 13],
  ['bounce_rate', 'store', 'web', 'b, c, e, f, h, j, k, m: 8 of 13', 8 / 13],
  ['known_visitors', 'country', 'FR', 'V1 confirmed, V3 was identified; V4, D2 nothing', 2],
  ['known_ratio', 'country', 'FR', 'V1, V3 of V1, V3, V4, D2', 2 / 4],
  ['known_visits', 'channel', 'email', 'c: known since the 24th; k: identified in it', 2],
  ['recurring_visitors', 'time:day', '2026-10-26', 'V1 (24th, 25th), V2 (24th), V4 (24th); K3 cannot', 3],
  ['recurring_ratio', 'device', 'desktop', 'V1 and V4 of V1, V3, V4', 2 / 3],
  ['stickiness', '', '', '28 days end on the 26th; the site was made on the 20th', null],
  ['opt_ins', 'touchpoint', 'kiosk', 'K1', 1],
  ['opt_ins_confirmed', 'time:day', '2026-10-24', 'V1: confirmed on Monday, counted on Saturday, when asked for', 1],
  ['opt_in_rate', 'page', '/shoes', 'a, d, e, g, j saw it; a asked there', 1 / 5],
  ['events', 'event', 'Download', 'V2 in d, K3 in p', 2],
  ['exposures', 'store', 'Paris', '24th 14:00, 25th 14:00', 2],
];
