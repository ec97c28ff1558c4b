/** The golden set's site, filled with its acts in the order in which they would have come: windows close in between, one confirmation is late. */
import { env } from 'cloudflare:test';
import { commit } from '../../../collector/ingest/commit.ts';
import { runWindows } from '../../../collector/ingest/windows.ts';
import { type FactAbout, type Facts, noFacts } from '../../../collector/store/facts.ts';
import type { Site } from '../../../collector/store/sites.ts';
import { makeSite } from '../fixture.ts';
import { ACTS, type Act, type Wall } from './acts.ts';

export const NOW = Date.parse('2026-10-27T09:00:00Z');
/** Chrome, Safari, Firefox as in store/technology-names.ts; fr = 148, de = 83, en = 118. */
const [PC, PHONE, TABLET, SCREEN] = [
  { device: 1, browser: 1, os: 1, language: 148 },
  { device: 2, browser: 2, os: 3, language: 83 },
  { device: 3, browser: 3, os: 4, language: 118 },
  { device: 7, browser: 1, os: 5, language: 148 },
];
const PLACES = { paris: 31, rennes: 32, berlin: 33, none: 0 };
const ORIGINS = { Google: 21, Bing: 22, letter: 23, 'a.example': 24 };
const PAGES = ['/', '/shoes', '/help', '/kiosk', 'www.shop.example/'];

type Who = { kind: 0 | 1 | 2; mode: 0 | 1; place: keyof typeof PLACES; on: typeof PC; store?: 'Paris' | 'Lyon' };
const WHO: Record<string, Who> = {
  V1: { kind: 0, mode: 1, place: 'paris', on: PC },
  V2: { kind: 0, mode: 0, place: 'berlin', on: PHONE },
  V3: { kind: 0, mode: 1, place: 'rennes', on: PC },
  V4: { kind: 0, mode: 0, place: 'paris', on: PC },
  V5: { kind: 0, mode: 1, place: 'none', on: TABLET },
  D1: { kind: 1, mode: 0, place: 'none', on: TABLET },
  D2: { kind: 1, mode: 0, place: 'paris', on: PHONE },
  K1: { kind: 2, mode: 0, place: 'none', on: SCREEN, store: 'Paris' },
  K2: { kind: 2, mode: 0, place: 'none', on: SCREEN, store: 'Paris' },
  K3: { kind: 2, mode: 0, place: 'none', on: SCREEN, store: 'Lyon' },
  Paris: { kind: 2, mode: 0, place: 'none', on: SCREEN, store: 'Paris' },
  Lyon: { kind: 2, mode: 0, place: 'none', on: SCREEN, store: 'Lyon' },
};

/** Summer time is two hours ahead of UTC, winter time one. */
function instantOf(wall: Wall): number {
  const [day, time = '', winter] = wall.split(' ');
  return Date.parse(`2026-10-${day}T${time.length === 5 ? `${time}:00` : time}${winter ? '+01:00' : '+02:00'}`);
}

function addAct(facts: Facts, site: Site, act: Act, n: number): void {
  const who = WHO[act.who];
  if (!who) throw new Error(`nobody is called ${act.who}`);
  const at = instantOf(act.wall);
  const store = who.store ? site.id * 100 + (who.store === 'Paris' ? 1 : 2) : 0;
  const about: FactAbout = {
    ...{
      site: site.id,
      born: at,
      rand: n,
      at,
      visitor: 1_000 + Object.keys(WHO).indexOf(act.who),
      kind: who.kind,
      mode: who.mode,
    },
    ...{ store, kiosk: store, page: 11 + PAGES.indexOf(act.host ? `${act.host}${act.page}` : act.page), flags: 0 },
  };
  const ms = (seconds: number | undefined) => (seconds === undefined ? null : seconds * 1_000);
  if (act.what === 'pageview')
    facts.pageviews.push({
      ...{ ...about, ...who.on, origin: act.origin ? ORIGINS[act.origin] : 0, place: PLACES[who.place] },
      ...{ active_ms: ms(act.activeS), foreground_ms: ms(act.foregroundS), scroll: act.scroll ?? null },
    });
  else if (act.what === 'event')
    facts.events.push({ ...about, name: act.name === 'Download' ? 41 : 42, props: act.props ?? null });
  else if (act.what === 'opt-in') facts.opt_ins.push({ ...about, confirmed_at: null, ended_at: null });
  else if (act.what === 'identify') facts.identifications.push({ ...about, act: 1, ended_at: null });
  else if (act.what === 'visit') facts.kiosk_visits.push({ ...about, touches: 3, length_ms: ms(act.lengthS) ?? 0, ended: 3 });
  else
    facts.exposures.push({
      ...{ site: site.id, born: at, rand: n, at, store, kiosk: store, page: about.page, flags: 0, shown_ms: null },
    });
}

function dictionaries(site: number): Facts {
  const facts = noFacts();
  facts.pages = PAGES.map((path, i) => ({
    ...{ site, hash: 11 + i, host: path.startsWith('/') ? 'shop.example' : 'www.shop.example' },
    ...{ path: path.replace('www.shop.example', ''), page_group: { '/shoes': 'product', '/help': 'help' }[path] ?? null },
  }));
  const origin = (hash: number, referrer: string | null, source: string, channel: string, campaign: string | null) => ({
    ...{ site, hash, referrer, source, channel, utm_source: campaign && source, utm_medium: campaign && channel },
    ...{ utm_campaign: campaign, utm_content: null, utm_term: null },
  });
  facts.origins = [
    origin(ORIGINS.Google, 'google.fr', 'Google', 'organic_search', null),
    origin(ORIGINS.Bing, 'bing.com', 'Bing', 'organic_search', null),
    origin(ORIGINS.letter, null, 'letter', 'email', 'spring'),
    origin(ORIGINS['a.example'], 'a.example', 'a.example', 'referral', null),
  ];
  facts.places = [
    { site, hash: PLACES.paris, country: 'FR', region: 'Île-de-France', city: 'Paris' },
    { site, hash: PLACES.rennes, country: 'FR', region: 'Bretagne', city: 'Rennes' },
    { site, hash: PLACES.berlin, country: 'DE', region: 'Berlin', city: 'Berlin' },
  ];
  facts.names = [
    { site, hash: 41, name: 'Download' },
    { site, hash: 42, name: 'Add to basket' },
  ];
  return facts;
}

async function closeWindows(site: Site, nowMs: number): Promise<void> {
  while (!(await runWindows(env.EVENTS, site, nowMs, 200))) {
    /* until everything due is done */
  }
}

export async function makeGoldenSite(): Promise<Site> {
  const site = await makeSite(Date.parse('2026-10-20T00:00:00Z'), { zone: 'Europe/Paris' });
  const store = 'INSERT INTO stores (id, site, name, zone, created_at) VALUES (?1, ?2, ?3, ?4, 0)';
  const kiosk = 'INSERT INTO kiosks (id, site, store, name, created_at) VALUES (?1, ?2, ?1, ?3, 0)';
  await env.PEOPLE.batch(
    ['Paris', 'Lyon'].flatMap((name, i) => [
      env.PEOPLE.prepare(store).bind(site.id * 100 + i + 1, site.id, name, 'Europe/Paris'),
      env.PEOPLE.prepare(kiosk).bind(site.id * 100 + i + 1, site.id, name === 'Paris' ? 'Entrance' : 'Hall'),
    ]),
  );
  for (const day of ['24', '25', '26']) {
    const facts = dictionaries(site.id);
    for (const [i, act] of ACTS.entries()) if (act.wall.startsWith(day)) addAct(facts, site, act, i);
    await commit(env.EVENTS, facts);
    await closeWindows(site, Date.parse(`2026-10-${day}T23:00:00+01:00`));
  }
  // Monday evening: V1 confirms the opt-in of Saturday, whose windows are closed by now.
  const late = noFacts();
  const optIn = ACTS.findIndex((act) => act.who === 'V1' && act.what === 'opt-in');
  for (const [i, act] of ACTS.entries()) if (i === optIn) addAct(late, site, act, i);
  late.opt_ins = late.opt_ins.map((fact) => ({ ...fact, confirmed_at: Date.parse('2026-10-26T20:05:00+01:00') }));
  await commit(env.EVENTS, late);
  await closeWindows(site, NOW);
  return site;
}
