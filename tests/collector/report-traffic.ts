/** Random facts of a site with everything reports tell apart, written by `commit` as they are: quick, and rich in ties and edges. */
import { env } from 'cloudflare:test';
import { commit } from '../../collector/ingest/commit.ts';
import { runWindows } from '../../collector/ingest/windows.ts';
import { dayOf, startOfDay } from '../../collector/store/calendar.ts';
import { type FactAbout, noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { makeSite, seeded } from './fixture.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

export type Traffic = { site: Site; firstDay: number; lastDay: number; nowMs: number };

const PAGES = [
  ['shop.example', '/', null],
  ['shop.example', '/a', 'product'],
  ['shop.example', '/a/b', 'product'],
  ['www.shop.example', '/', null],
  ['shop.example', '/été', 'help'],
] as const;
const ORIGINS = [
  ['google.fr', 'Google', 'organic_search', null],
  ['bing.com', 'Bing', 'organic_search', null],
  [null, 'letter', 'email', 'spring'],
  ['a.example', 'a.example', 'referral', null],
] as const;
const PLACES = [
  ['FR', 'Île-de-France', 'Paris'],
  ['FR', 'Bretagne', 'Rennes'],
  ['DE', null, null],
] as const;
const PROPS = [null, '{"format":"pdf"}', '{"format":"epub","size":3}', '{"size":3}'];

/** @param days whole days before the one of `endAt`, which is open. @param close whether windows are closed as cron would. */
export async function makeTraffic(
  seed: number,
  zone: string,
  endAt: number,
  days: number,
  acts: number,
  close = true,
): Promise<Traffic> {
  const random = seeded(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const lastDay = dayOf(zone, endAt);
  const firstDay = lastDay - days;
  const start = startOfDay(zone, firstDay);
  const site = await makeSite(start - 40 * DAY, { zone, hosts: ['shop.example', '*.shop.example'] });
  const id = site.id * 100;
  await env.PEOPLE.batch([
    env.PEOPLE.prepare("INSERT INTO stores (id, site, name, zone, created_at) VALUES (?1, ?2, 'Paris', ?3, 0)").bind(
      id + 1,
      site.id,
      zone,
    ),
    env.PEOPLE.prepare("INSERT INTO stores (id, site, name, zone, created_at) VALUES (?1, ?2, 'Lyon', ?3, 0)").bind(
      id + 2,
      site.id,
      zone,
    ),
    ...[1, 2, 3].map((k) =>
      env.PEOPLE.prepare('INSERT INTO kiosks (id, site, store, name, created_at) VALUES (?1, ?2, ?3, ?4, 0)')
        // Two kiosks of one name.
        .bind(id + k, site.id, id + (k === 3 ? 2 : 1), k === 2 ? 'Hall' : 'Entrance'),
    ),
  ]);
  const facts = noFacts();
  facts.pages = PAGES.map(([host, path, page_group], i) => ({ site: site.id, hash: 11 + i, host, path, page_group }));
  facts.origins = ORIGINS.map(([referrer, source, channel, campaign], i) => ({
    ...{ site: site.id, hash: 21 + i, referrer, source, channel, utm_source: campaign && 'letter' },
    ...{ utm_medium: campaign && 'email', utm_campaign: campaign, utm_content: null, utm_term: null },
  }));
  facts.places = PLACES.map(([country, region, city], i) => ({ site: site.id, hash: 31 + i, country, region, city }));
  facts.names = ['Download', 'Add to basket'].map((name, i) => ({ site: site.id, hash: 41 + i, name }));
  /** Instants gather around midnights, and around each other. */
  const midnights = Array.from({ length: days + 1 }, (_, i) => startOfDay(zone, firstDay + i));
  const anyTime = () => {
    const near =
      random() < 0.3 ? (midnights[pick(midnights.length)] ?? start) + (pick(80) - 40) * MINUTE : start + pick(endAt - start);
    return Math.min(Math.max(near, start), endAt);
  };
  let n = 0;
  for (let act = 0; act < acts; act += 1) {
    // A burst of acts of one visitor: some 29, some 30, some 31 minutes apart.
    const kiosk = random() < 0.25 ? 1 + pick(3) : 0;
    const kind = kiosk ? 2 : random() < 0.2 ? 1 : 0;
    const visitor = kiosk ? 50_000 + act : kind === 1 ? 40_000 + pick(5) : 1_000 + pick(9);
    const mode = random() < 0.4 ? 1 : 0;
    let at = anyTime();
    for (let i = 1 + pick(4); i > 0 && at <= endAt; i -= 1) {
      n += 1;
      const far = random() < 0.1;
      const about: FactAbout = {
        ...{
          site: site.id,
          born: far ? at - DAY : at,
          rand: n,
          at,
          visitor,
          kind,
          mode,
          page: 11 + pick(PAGES.length),
          flags: 0,
        },
        ...{ store: kiosk ? id + (kiosk === 3 ? 2 : 1) : 0, kiosk: kiosk ? id + kiosk : 0 },
      };
      const foreground = pick(4) === 0 ? null : pick(20) * MINUTE;
      const dice = pick(20);
      if (dice < 11)
        facts.pageviews.push({
          ...about,
          ...{
            origin: kiosk || pick(3) === 0 ? 0 : 21 + pick(ORIGINS.length),
            place: pick(4) === 0 ? 0 : 31 + pick(PLACES.length),
          },
          ...{ device: 1 + pick(2), browser: 1 + pick(3), os: 1 + pick(3), language: 148 + pick(2) },
          ...{ active_ms: foreground === null ? null : Math.min(foreground, pick(30_000)), foreground_ms: foreground },
          scroll: pick(3) === 0 ? null : pick(101),
        });
      else if (dice < 14) facts.events.push({ ...about, name: 41 + pick(2), props: PROPS[pick(PROPS.length)] ?? null });
      else if (dice < 16)
        facts.opt_ins.push({
          ...about,
          confirmed_at: pick(2) ? at + pick(2 * DAY) : null,
          ended_at: pick(5) ? null : at + pick(2 * DAY),
        });
      else if (dice === 16 && mode && !kiosk) facts.identifications.push({ ...about, act: 1, ended_at: null });
      else if (dice >= 16 && dice <= 17 && kiosk)
        facts.kiosk_visits.push({ ...about, touches: 3, length_ms: pick(5) * MINUTE, ended: 1 });
      else if (dice === 18)
        facts.exposures.push({
          ...{ site: site.id, born: at, rand: n, at, page: 11, flags: 0, shown_ms: 900 },
          ...{ store: id + 1, kiosk: id + 1 + pick(2) },
        });
      at += pick(3) === 0 ? (29 + pick(3)) * MINUTE : pick(10) * MINUTE;
    }
  }
  await commit(env.EVENTS, facts);
  const nowMs = endAt + MINUTE;
  while (close && !(await runWindows(env.EVENTS, site, nowMs, 200, seed % 2 ? 20 : undefined))) {
    /* until everything due is done */
  }
  return { site, firstDay, lastDay, nowMs };
}
