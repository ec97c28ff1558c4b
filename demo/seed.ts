/** Fills an empty database with the demo brand: its history goes through the real request path, with the clock of its time. */
import { addAccount } from '../collector/access/accounts.ts';
import { makeToken } from '../collector/access/tokens.ts';
import type { Collector } from '../collector/collect/collector.ts';
import { receive } from '../collector/collect/receive.ts';
import { enrol, issueCode } from '../collector/fleet/enrolment.ts';
import { hashPin } from '../collector/fleet/pin.ts';
import { keepPage, keepStoreSettings } from '../collector/fleet/settings.ts';
import { addKiosk, addStore } from '../collector/fleet/stores.ts';
import { relayOptIns } from '../collector/ingest/relay-opt-ins.ts';
import { openWindows, runWindows } from '../collector/ingest/windows.ts';
import { addWording } from '../collector/people/wordings.ts';
import { dayOf, startOfDay } from '../collector/store/calendar.ts';
import { makeSiteKey } from '../collector/store/site-key.ts';
import { forgetSites, type Site } from '../collector/store/sites.ts';
import { confirmSome } from './confirm-some.ts';
import { seeded } from './seeded.ts';
import { type Planned, planTraffic } from './traffic.ts';
import { demoWordings } from './wordings.ts';

const ZONE = 'Europe/Paris';
const SEED = 20_261_121;
const HOUR_MS = 3_600_000;
/** Messages of several senders that share device and place may travel in one envelope; the collector takes fifty. */
const AT_ONCE = 50;
/** Of the demo's kiosks: three seconds in the upper left corner, then this. */
const STAFF_PIN = '4711';
export const DEMO_ACCOUNT = { name: 'Camille Amarante', email: 'demo@comptoir.example', password: 'maison-amarante' } as const;
/** Answers for personal data: sees addresses, withdraws, erases. An admin does none of it. */
export const DEMO_STEWARD = { ...DEMO_ACCOUNT, name: 'Noa Amarante', email: 'donnees@comptoir.example' } as const;

export type SeedOptions = { shopOrigin: string; nowMs: number; days: number };
export type Seeded = { siteKey: string; kiosk: number; token: string; messages: number };

const STORES = [
  { name: 'Paris Marais', share: 1.4, opensSunday: true, opensMonday: true },
  { name: 'Lyon Presqu’île', share: 1, opensSunday: false, opensMonday: false },
  { name: 'Bordeaux Chartrons', share: 0.7, opensSunday: true, opensMonday: false },
] as const;

const OPEN: [number, number] = [10 * 60, 19 * 60];
/** From Monday on. */
const hoursOf = ({ opensMonday, opensSunday }: (typeof STORES)[number]) => [
  opensMonday ? OPEN : null,
  ...Array.from({ length: 5 }, () => OPEN),
  opensSunday ? OPEN : null,
];

type Signer = { device: string; sign: (body: string) => Promise<string> };

/** Enrols a kiosk the way its browser does. */
async function enrolKiosk(env: Env, site: Site, kiosk: number, collector: Collector): Promise<Signer> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error('seed: no key pair');
  const spki = await crypto.subtle.exportKey('spki', keys.publicKey);
  if (!(spki instanceof ArrayBuffer)) throw new Error('seed: no public key');
  const code = await issueCode(env.PEOPLE, kiosk, collector.now(), collector.random);
  const answer = await enrol(
    env.PEOPLE,
    site.id,
    { v: 1, site: site.key, enrol: code, publicKey: Buffer.from(spki).toString('base64url') },
    collector.now(),
    collector.random,
  );
  if (typeof answer === 'string') throw new Error(`seed: enrolment refused: ${answer}`);
  let sequence = 0;
  return {
    device: answer.device,
    sign: async (body) => {
      sequence += 1;
      const signature = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        keys.privateKey,
        new TextEncoder().encode(`${answer.device}.${sequence}.${body}`),
      );
      return JSON.stringify({
        v: 1,
        device: answer.device,
        sequence,
        signature: Buffer.from(signature).toString('base64url'),
        body,
      });
    },
  };
}

/** Groups what was planned into requests: per device, place and hour; visitors without storage alone, as their address tells them apart. */
function* requestsOf(planned: Planned[]): Generator<{ first: Planned; messages: Planned['messages']; receivedAt: number }> {
  const waiting = new Map<string, { first: Planned; messages: Planned['messages']; receivedAt: number }>();
  for (const plan of planned) {
    const last = Math.max(...plan.messages.map((m) => Number.parseInt(m.id.slice(0, 12), 16)));
    const key = plan.idless
      ? ''
      : `${plan.kiosk} ${plan.profile.agent} ${plan.profile.place.city} ${Math.floor(plan.at / (24 * HOUR_MS))}`;
    const found = waiting.get(key);
    if (!plan.idless && found && found.messages.length + plan.messages.length <= AT_ONCE) {
      found.messages.push(...plan.messages);
      found.receivedAt = Math.max(found.receivedAt, last + 2_000);
    } else {
      if (found) yield found;
      const request = { first: plan, messages: [...plan.messages], receivedAt: last + 2_000 };
      if (plan.idless) yield request;
      else waiting.set(key, request);
    }
  }
  yield* waiting.values();
}

/**
 * Makes the demo brand with so many days of history up to now.
 *
 * @returns null when there is a site already: a second start keeps the data.
 */
export async function seedDemo(env: Env, o: SeedOptions): Promise<Seeded | null> {
  if (await env.PEOPLE.prepare('SELECT 1 FROM sites LIMIT 1').first()) return null;
  const draw = seeded(SEED);
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const clock = { now: startOfDay(ZONE, dayOf(ZONE, o.nowMs) - o.days) };
  const site: Site = {
    id: 1,
    key: makeSiteKey(env.SITE_SECRET, random),
    name: 'Maison Amarante',
    hosts: [new URL(o.shopOrigin).hostname, 'localhost'],
    zone: ZONE,
    language: 'fr',
    createdAt: clock.now,
  };
  const collector: Collector = {
    events: env.EVENTS,
    people: env.PEOPLE,
    spillway: null,
    secrets: env,
    countsHeadless: false,
    now: () => clock.now,
    random,
    sendMails: async () => {},
    later: (work) => void work.catch(() => {}),
  };
  await env.PEOPLE.prepare(
    'INSERT INTO sites (id, key, name, hosts, zone, language, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)',
  )
    .bind(site.id, site.key, site.name, JSON.stringify(site.hosts), site.zone, site.language, site.createdAt)
    .run();
  forgetSites();
  await openWindows(env.EVENTS, site);
  for (const w of demoWordings)
    await addWording(env.PEOPLE, site.id, { ...w, privacyUrl: new URL(w.privacyUrl, o.shopOrigin).href }, clock.now);
  const signers = new Map<number, Signer>();
  const kiosks = [];
  let spare = 0;
  const pin = hashPin(STAFF_PIN, random);
  for (const store of STORES) {
    const id = await addStore(env.PEOPLE, site.id, store.name, ZONE, clock.now);
    await keepStoreSettings(env.PEOPLE, site.id, id, { language: 'fr', pin, hours: hoursOf(store) });
    await keepPage(env.PEOPLE, site.id, id, `${o.shopOrigin}/kiosk/`);
    const kiosk = await addKiosk(env.PEOPLE, site.id, id, 'Borne entrée', clock.now);
    signers.set(kiosk, await enrolKiosk(env, site, kiosk, collector));
    kiosks.push({ kiosk, share: store.share, opensSunday: store.opensSunday, opensMonday: store.opensMonday });
    // The screen that `npm start` offers to enrol stands in the first store.
    if (spare === 0) spare = await addKiosk(env.PEOPLE, site.id, id, 'Borne de démonstration', clock.now);
  }
  const today = dayOf(ZONE, o.nowMs);
  const days = Array.from({ length: o.days + 1 }, (_, i) => startOfDay(ZONE, today - o.days + i));
  const planned = planTraffic({
    seed: SEED,
    days,
    until: o.nowMs - 10 * 60_000,
    origin: o.shopOrigin,
    kiosks,
    wording: 'newsletter-fr-1',
  });
  let messages = 0;
  let day = 0;
  for (const request of requestsOf(planned)) {
    clock.now = Math.min(request.receivedAt, o.nowMs);
    const envelope = JSON.stringify({ v: 1, site: site.key, sentAt: clock.now, tag: 'seed', messages: request.messages });
    const signer = request.first.kiosk === null ? undefined : signers.get(request.first.kiosk);
    const { profile } = request.first;
    const ip = `198.51.100.${Math.floor(draw() * 250)}`;
    const received = await receive(
      signer ? await signer.sign(envelope) : envelope,
      { headers: new Headers({ 'user-agent': profile.agent, 'accept-language': profile.language }), ip, place: profile.place },
      collector,
    );
    if (received.status !== 202) throw new Error(`seed: refused with ${received.status} ${JSON.stringify(received.answer)}`);
    messages += request.messages.length;
    if (dayOf(ZONE, clock.now) > day) day = dayOf(ZONE, clock.now);
  }
  await confirmSome(env, site.id, draw, o.nowMs);
  while ((await relayOptIns(env.PEOPLE, env.EVENTS, 500)) > 0) {
    /* until all facts of opt-ins are where reports read them */
  }
  while (!(await runWindows(env.EVENTS, site, o.nowMs, 500))) {
    /* until every window behind us is closed */
  }
  const user = await addAccount(env.PEOPLE, { ...DEMO_ACCOUNT, language: 'fr' }, o.nowMs, random);
  await env.PEOPLE.prepare("INSERT INTO members (user_id, site, role) VALUES (?1, ?2, 'admin')").bind(user, site.id).run();
  const steward = await addAccount(env.PEOPLE, { ...DEMO_STEWARD, language: 'fr' }, o.nowMs, random);
  await env.PEOPLE.prepare("INSERT INTO members (user_id, site, role) VALUES (?1, ?2, 'steward')").bind(steward, site.id).run();
  const wanted = { name: 'npm start', scopes: ['read'], sites: [site.id], createdBy: user } as const;
  const { token } = await makeToken(env.PEOPLE, wanted, o.nowMs, random);
  return { siteKey: site.key, kiosk: spare, token, messages };
}
