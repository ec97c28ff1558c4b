/** Ninety plausible days of the demo brand: who came, from where, what they read, as messages a tag or a kiosk would have sent. Pure and seeded. */
import { seeded } from './seeded.ts';
import { type Profile, profiles, referrals, webPaths } from './traffic-mix.ts';

export type PlannedMessage = { kind: string; id: string; [field: string]: unknown };
/** Messages of one sender that may travel together: same device and place, same kiosk. */
export type Planned = { at: number; profile: Profile; kiosk: number | null; messages: PlannedMessage[]; idless: boolean };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Visits by hour of the day, web: a morning rise, a lunch and an evening peak. */
const WEB_HOURS = [2, 1, 1, 1, 1, 2, 4, 8, 11, 12, 12, 12, 15, 13, 11, 11, 11, 12, 13, 15, 18, 20, 14, 6];
/** Visits at a store's screen by hour: opening hours, busiest in the afternoon. */
const STORE_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 9, 10, 8, 9, 12, 14, 15, 12, 3, 0, 0, 0, 0];

export type TrafficOptions = {
  seed: number;
  /** Local midnights of the days to fill, oldest first. */
  days: number[];
  /** Nothing is planned at or after this instant. */
  until: number;
  origin: string;
  /** Kiosk numbers with how busy each is. */
  kiosks: { kiosk: number; share: number; opensSunday: boolean; opensMonday: boolean }[];
  wording: string;
};

/** Plans the traffic of all days. */
export function planTraffic(o: TrafficOptions): Planned[] {
  const random = seeded(o.seed);
  const chance = (p: number) => random() < p;
  const between = (a: number, b: number) => a + random() * (b - a);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? (list[0] as T);
  const weighted = <T extends { weight: number }>(list: readonly T[]): T => {
    let left = random() * list.reduce((sum, item) => sum + item.weight, 0);
    for (const item of list) {
      left -= item.weight;
      if (left <= 0) return item;
    }
    return pick(list);
  };
  const idAt = (at: number) => {
    const half = () =>
      Math.floor(random() * 0x1000000)
        .toString(16)
        .padStart(6, '0');
    return Math.floor(at).toString(16).padStart(12, '0') + half() + half();
  };
  /** Reading time: most look briefly, some read long (log-normal, median 17 s, at most 10 min). */
  const reading = () =>
    Math.round(
      Math.min(600_000, Math.exp(9.75 + 0.95 * Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random()))),
    );
  const hourOf = (weights: readonly number[]) => weighted(weights.map((weight, hour) => ({ weight, hour }))).hour + random();
  const planned: Planned[] = [];
  const regulars: { visitor: string; profile: Profile; engagement: boolean; customer: string | null }[] = [];
  let people = 0;
  const nextPerson = () => {
    people += 1;
    return people;
  };

  const webVisit = (start: number, weekend: boolean) => {
    const returning = regulars.length > 40 && chance(0.34);
    const someone = returning
      ? pick(regulars)
      : {
          visitor: idAt(start),
          profile: weighted(profiles),
          engagement: chance(0.42),
          customer: chance(0.09) ? `client-${nextPerson()}` : null,
        };
    const idless = !returning && chance(0.03);
    if (!returning && !idless && chance(0.45)) regulars.push(someone);
    if (regulars.length > 1500) regulars.splice(0, 200);
    const mode = someone.engagement && !idless ? 'engagement' : 'audience';
    const from = weighted(referrals);
    const about = (at: number, path: string, extra: Record<string, unknown> = {}): PlannedMessage => ({
      kind: 'pageview',
      id: idAt(at),
      url: `${o.origin}${path}`,
      mode,
      ...(idless ? {} : { visitor: someone.visitor }),
      ...extra,
    });
    const messages: PlannedMessage[] = [];
    let at = start;
    let path = from.lands ?? weighted(webPaths).path;
    const length = chance(0.38) ? 1 : Math.min(14, 1 + Math.floor(-Math.log(random() + 1e-9) * 3.1));
    for (let i = 0; i < length && at < o.until; i += 1) {
      const activeMs = reading();
      const foregroundMs = Math.round(activeMs + (chance(0.15) ? between(0, 90_000) : between(0, 1500)));
      const campaign = i === 0 && mode === 'engagement' && from.campaign ? `?${from.campaign}` : '';
      const referrer = i === 0 && from.referrer ? { referrer: from.referrer } : {};
      // One view in thirty ends with its device: the time of it was never heard.
      const time = chance(0.03)
        ? {}
        : { activeMs, foregroundMs, scroll: Math.min(100, Math.round(between(20, 60) + activeMs / 900)) };
      messages.push(about(at, path + campaign, { ...referrer, ...time }));
      if (path.startsWith('/produits/') && chance(0.08))
        messages.push({
          ...about(at + activeMs * 0.8, path),
          kind: 'event',
          name: 'Add to basket',
          props: { product: path.slice(10) },
        });
      if (i === 0 && mode === 'engagement' && someone.customer)
        messages.push({ ...about(at + 900, path), kind: 'identify', user: someone.customer });
      if (!idless && chance(path === '/newsletter' ? 0.3 : 0.004)) {
        messages.push({
          ...about(at + activeMs * 0.7, path),
          kind: 'opt-in',
          email: `lectrice${nextPerson()}@example.fr`,
          boxes: { news: true, link: chance(0.4) },
          wording: o.wording,
          language: 'fr',
        });
      }
      at += foregroundMs + between(200, 4_000);
      path = weighted(webPaths).path;
    }
    planned.push({ at: start, profile: someone.profile, kiosk: null, messages, idless });
    void weekend;
  };

  const kioskVisit = (start: number, kiosk: number) => {
    const visitor = idAt(start);
    const about = (at: number, path: string, kind: string, extra: Record<string, unknown>): PlannedMessage => ({
      kind,
      id: idAt(at),
      url: `${o.origin}${path}`,
      mode: 'audience',
      visitor,
      ...extra,
    });
    const messages: PlannedMessage[] = [];
    let at = start;
    const length = 1 + Math.floor(-Math.log(random() + 1e-9) * 2.4);
    for (let i = 0; i < Math.min(length, 9); i += 1) {
      const activeMs = Math.round(between(3_000, 26_000));
      messages.push(
        about(
          at,
          i === 0 ? '/kiosk/accueil' : `/kiosk${pick(webPaths.filter((p) => p.path.startsWith('/produits/'))).path}`,
          'pageview',
          { activeMs, foregroundMs: activeMs },
        ),
      );
      at += activeMs;
    }
    const joined = chance(0.11);
    if (joined)
      messages.push(
        about(at, '/kiosk/inscription', 'opt-in', {
          email: `passant${nextPerson()}@example.fr`,
          boxes: { news: true, link: chance(0.5) },
          wording: o.wording,
          language: 'fr',
        }),
      );
    messages.push({
      ...about(start, '/kiosk/accueil', 'visit', {
        touches: 2 + length * 2,
        lengthMs: Math.round(at - start),
        end: joined || chance(0.3) ? 'done' : 'idle',
      }),
      id: visitor,
    });
    planned.push({ at: start, profile: profiles[0] as Profile, kiosk, messages, idless: false });
  };

  o.days.forEach((midnight, day) => {
    const weekday = new Date(midnight + 12 * HOUR).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    const growth = 0.82 + (0.36 * day) / o.days.length;
    const visits = Math.round(52 * growth * (weekend ? 1.18 : 1) * between(0.85, 1.15));
    for (let i = 0; i < visits; i += 1) {
      const at = midnight + hourOf(WEB_HOURS) * HOUR;
      if (at < o.until) webVisit(at, weekend);
    }
    for (const { kiosk, share, opensSunday, opensMonday } of o.kiosks) {
      if ((weekday === 0 && !opensSunday) || (weekday === 1 && !opensMonday)) continue;
      const n = Math.round(11 * share * (weekday === 6 ? 1.7 : 1) * between(0.8, 1.2));
      for (let i = 0; i < n; i += 1) {
        const at = midnight + hourOf(STORE_HOURS) * HOUR;
        if (at < o.until) kioskVisit(at, kiosk);
      }
      for (let hour = 10; hour < 19; hour += 1) {
        const at = midnight + (hour + random()) * HOUR;
        const url = `${o.origin}/kiosk/`;
        if (at < o.until)
          planned.push({
            at,
            profile: profiles[0] as Profile,
            kiosk,
            idless: false,
            messages: [{ kind: 'exposure', id: idAt(at), url, mode: 'audience', shownMs: Math.round(between(60_000, 900_000)) }],
          });
      }
    }
  });
  return planned.sort((a, b) => a.at - b.at);
}
