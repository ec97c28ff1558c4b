/**
 * The golden set's traffic: 32 facts over the weekend in which clocks go back, small enough to be counted by hand (answers.csv). Times
 * are those on the wall in Paris; `W` marks winter time where the hour is there twice or the day has changed over.
 *
 * V1 engagement mode, opts in on Saturday and confirms on Monday. V2 audience mode, visits through midnight. V3 comes at 02:30 twice,
 * in summer and in winter time, and is identified the second time. V4 sees two hosts in one visit. V5 opens a link of a letter.
 * D1, D2 without storage. K1, K2 in Paris, K3 in Lyon.
 */
export type Wall = `${'24' | '25' | '26'} ${string}`;
export type Act = {
  who: string;
  wall: Wall;
  what: 'pageview' | 'event' | 'opt-in' | 'identify' | 'visit' | 'exposure';
  page: string;
  host?: string;
  origin?: 'Google' | 'Bing' | 'letter' | 'a.example';
  activeS?: number;
  foregroundS?: number;
  scroll?: number;
  name?: string;
  props?: string;
  lengthS?: number;
};

const view = (
  who: string,
  wall: Wall,
  page: string,
  activeS: number | null,
  scroll: number | null,
  more: Partial<Act> = {},
): Act => ({
  ...{ who, wall, what: 'pageview', page },
  ...(activeS === null ? {} : { activeS, foregroundS: activeS }),
  ...(scroll === null ? {} : { scroll }),
  ...more,
});

export const ACTS: readonly Act[] = [
  view('V1', '24 10:00', '/', 12, 80, { origin: 'Google', foregroundS: 20 }),
  view('V1', '24 10:05', '/shoes', 30, 50, { foregroundS: 60 }),
  { who: 'V1', wall: '24 10:06', what: 'event', page: '/shoes', name: 'Add to basket', props: '{"size":42}' },
  { who: 'V1', wall: '24 10:07', what: 'opt-in', page: '/shoes' },
  view('V1', '25 09:00 W', '/', 4, null),
  view('V1', '26 20:00 W', '/help', null, null, { origin: 'letter' }),

  view('V2', '24 23:50', '/', 8, 20, { origin: 'Bing', foregroundS: 300 }),
  view('V2', '25 00:10', '/shoes', 6, 60),
  { who: 'V2', wall: '25 00:39', what: 'event', page: '/shoes', name: 'Download', props: '{"format":"pdf"}' },
  view('V2', '26 11:00 W', '/shoes', 3, 10),

  view('V3', '25 02:30', '/', 2, 30),
  view('V3', '25 02:30 W', '/shoes', 11, 90),
  { who: 'V3', wall: '25 02:31 W', what: 'identify', page: '/shoes' },

  view('V4', '24 08:00', '/help', 7, 40, { origin: 'Google' }),
  view('V4', '26 12:00 W', '/', 1, 15, { origin: 'Google' }),
  view('V4', '26 12:01 W', '/', 2, 25, { host: 'www.shop.example' }),
  view('V4', '26 13:00 W', '/shoes', 5, 35),

  view('V5', '25 18:00 W', '/help', 9, 70, { origin: 'letter' }),
  { who: 'V5', wall: '25 18:01 W', what: 'identify', page: '/help' },

  view('D1', '24 12:00', '/help', 15, 100, { origin: 'a.example' }),
  view('D2', '25 12:00 W', '/', 1, 5),

  { who: 'K1', wall: '24 15:00', what: 'visit', page: '/kiosk', lengthS: 60 },
  view('K1', '24 15:00:01', '/kiosk', 20, null),
  { who: 'K1', wall: '24 15:00:40', what: 'opt-in', page: '/kiosk' },
  { who: 'K2', wall: '25 16:00 W', what: 'visit', page: '/kiosk', lengthS: 10 },
  view('K2', '25 16:00:01 W', '/kiosk', 5, null),
  // Touched on its start page: no act on that page, so no visit of it.
  { who: 'K3', wall: '26 10:00 W', what: 'visit', page: '/help', lengthS: 30 },
  view('K3', '26 10:00:01 W', '/kiosk', 9, null),
  { who: 'K3', wall: '26 10:00:20 W', what: 'event', page: '/kiosk', name: 'Download', props: '{"format":"epub"}' },

  { who: 'Paris', wall: '24 14:00', what: 'exposure', page: '/kiosk' },
  { who: 'Paris', wall: '25 14:00 W', what: 'exposure', page: '/kiosk' },
  { who: 'Lyon', wall: '26 09:00 W', what: 'exposure', page: '/kiosk' },
];
