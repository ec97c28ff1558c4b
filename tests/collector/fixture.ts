/** A site with stores, a collector around the real databases, and messages as a tag would send them. */
import { env } from 'cloudflare:test';
import type { Collector } from '../../collector/collect/collector.ts';
import { type Received, receive, type Sender } from '../../collector/collect/receive.ts';
import { openWindows } from '../../collector/ingest/windows.ts';
import { addWording } from '../../collector/people/wordings.ts';
import { makeSiteKey } from '../../collector/store/site-key.ts';
import { forgetSites, type Site } from '../../collector/store/sites.ts';
import { seeded } from '../../demo/seeded.ts';

export { seeded };

export const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

export const randomBytes = (random: () => number) => (n: number) =>
  Uint8Array.from({ length: n }, () => Math.floor(random() * 256));

/** A wire id made at a moment. */
export function idAt(at: number, random: () => number): string {
  const tail =
    Math.floor(random() * 0x1000000)
      .toString(16)
      .padStart(6, '0') +
    Math.floor(random() * 0x1000000)
      .toString(16)
      .padStart(6, '0');
  return at.toString(16).padStart(12, '0') + tail;
}

export const WORDING = {
  id: 'newsletter-fr-1',
  language: 'fr',
  title: 'Nouvelles',
  boxes: [
    { name: 'news', label: 'Oui' },
    { name: 'link', label: 'Relier' },
  ],
  note: '',
  privacyUrl: 'https://shop.example/privacy',
};

let made = 0;
/** Makes a site created at a moment, with its windows open and one wording. */
export async function makeSite(createdAt: number, options: { zone?: string; hosts?: string[] } = {}): Promise<Site> {
  made += 1;
  const random = randomBytes(seeded(made * 7919));
  const site: Site = {
    id: made,
    key: makeSiteKey(env.SITE_SECRET, random),
    name: `Site ${made}`,
    hosts: options.hosts ?? ['shop.example'],
    zone: options.zone ?? 'Europe/Paris',
    language: 'fr',
    createdAt,
  };
  await env.PEOPLE.prepare(
    'INSERT INTO sites (id, key, name, hosts, zone, language, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)',
  )
    .bind(site.id, site.key, site.name, JSON.stringify(site.hosts), site.zone, site.language, createdAt)
    .run();
  forgetSites();
  await openWindows(env.EVENTS, site);
  await addWording(env.PEOPLE, site.id, WORDING, createdAt);
  return site;
}

export type Clock = { now: number };

/** A collector whose clock is `clock.now`; work for later is awaited by `settle`. */
export function makeCollector(clock: Clock, seed = 1): Collector & { settle: () => Promise<void> } {
  const waiting: Promise<unknown>[] = [];
  return {
    events: env.EVENTS,
    people: env.PEOPLE,
    spillway: null,
    secrets: env,
    countsHeadless: false,
    now: () => clock.now,
    random: randomBytes(seeded(seed)),
    sendMails: async () => {},
    later: (work) => waiting.push(work),
    settle: async () => {
      await Promise.all(waiting.splice(0));
    },
  };
}

export const sender = (headers: Record<string, string> = {}): Sender => ({
  headers: new Headers({ 'user-agent': BROWSER, 'accept-language': 'fr-FR,fr;q=0.9', ...headers }),
  ip: '203.0.113.7',
  place: { country: 'FR', region: 'Île-de-France', city: 'Paris' },
});

/** Sends messages of one site as one request and awaits what is done after the answer. */
export async function send(
  collector: Collector & { settle: () => Promise<void> },
  site: Site,
  sentAt: number,
  messages: unknown[],
  headers: Record<string, string> = {},
): Promise<Received> {
  const received = await receive(
    JSON.stringify({ v: 1, site: site.key, sentAt, tag: 'test', messages }),
    sender(headers),
    collector,
  );
  await collector.settle();
  return received;
}
