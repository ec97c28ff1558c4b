/** One site of a scenario in the shared databases: its rows, its kiosk, and the traces it must not leave. */
import { flushRefusals } from '../collector/ingest/refusal-counter.ts';
import { openWindows } from '../collector/ingest/windows.ts';
import { addWording } from '../collector/people/wordings.ts';
import { makeSiteKey } from '../collector/store/site-key.ts';
import { forgetSites, type Site } from '../collector/store/sites.ts';
import { seeded } from '../demo/seeded.ts';
import type { Scenario } from './scenario.ts';
import { snapshot } from './snapshot.ts';

const DAY = 86_400_000;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** Windows open thirty-one days before a site was made: made so late, its windows begin with the scenario. */
const OPENED_BEFORE = 31 * DAY + DAY / 2;
/** Facts are kept so long where they are purged; the simulation's bundle allows it (plants.mjs). */
const RAW_DAYS = 3;

/** What a scenario leaves in PEOPLE, in the order in which foreign keys let it go. */
const FROM_LEAVES = [
  'mails',
  'ledger',
  'links',
  'identities',
  'opt_ins',
  'persons',
  'wordings',
  'enrolment_codes',
  'kiosk_alerts',
  'kiosk_quarantine',
  'kiosk_secrets',
  'kiosk_keys',
  'kiosks',
  'stores',
  'sites',
];

export type Databases = {
  EVENTS: D1Database;
  PEOPLE: D1Database;
  HISTORY: R2Bucket;
  SITE_SECRET: string;
  ADDRESS_SECRET: string;
  INDEX_SECRET: string;
};
export type Kiosk = { id: number; sign: (body: string) => Promise<string> };
/** `standing`: PEOPLE as reports read it, which no scenario changes. */
export type World = { env: Databases; site: Site; kiosk: Kiosk; standing: D1Database };

let made = 0;
let device: Promise<{ privateKey: CryptoKey; publicKey: string }> | null = null;

/** The key pair of every scenario's kiosk. */
async function makeDevice(): Promise<{ privateKey: CryptoKey; publicKey: string }> {
  const keys = await crypto.subtle.generateKey(ECDSA, false, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error('faults: no key pair');
  const spki = await crypto.subtle.exportKey('spki', keys.publicKey);
  if (!(spki instanceof ArrayBuffer)) throw new Error('faults: no public key');
  return { privateKey: keys.privateKey, publicKey: Buffer.from(spki).toString('base64url') };
}

/** Makes the scenario's site: alone in the registry, so that cron works on it only. */
export async function makeWorld(env: Databases, scenario: Scenario): Promise<World> {
  made += 1;
  const id = made;
  const random = seeded(id * 7_919);
  const site: Site = {
    id,
    key: makeSiteKey(env.SITE_SECRET, (n) => Uint8Array.from({ length: n }, () => Math.floor(random() * 256))),
    name: `Scenario ${scenario.seed}`,
    hosts: ['shop.example'],
    zone: scenario.zone,
    language: 'fr',
    createdAt: scenario.start + OPENED_BEFORE,
    ...(scenario.purges ? { rawDays: RAW_DAYS } : {}),
  };
  device ??= makeDevice();
  const { privateKey, publicKey } = await device;
  const name = id.toString(16).padStart(24, '0');
  const put = (sql: string, ...values: unknown[]) => env.PEOPLE.prepare(sql).bind(...values);
  await env.PEOPLE.batch([
    // Books that nobody may empty; this world ends with its scenario.
    put('DROP TRIGGER IF EXISTS ledger_stays'),
    put('DROP TRIGGER IF EXISTS wordings_stay'),
    ...FROM_LEAVES.map((table) => put(`DELETE FROM ${table}`)),
    put(
      'INSERT INTO sites (id, key, name, hosts, zone, language, created_at, raw_days) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)',
      ...[id, site.key, site.name, JSON.stringify(site.hosts), site.zone, site.language, site.createdAt, site.rawDays ?? null],
    ),
    put(
      'INSERT INTO stores (id, site, name, zone, created_at) VALUES (?1, ?1, ?2, ?3, ?4)',
      id,
      'Marais',
      site.zone,
      site.createdAt,
    ),
    put(
      'INSERT INTO kiosks (id, site, store, name, device, public_key, created_at) VALUES (?1, ?1, ?1, ?2, ?3, ?4, ?5)',
      ...[id, 'Entrance', name, publicKey, site.createdAt],
    ),
    put(
      'INSERT INTO kiosk_keys (device, kiosk, public_key, created_at) VALUES (?1, ?2, ?3, ?4)',
      ...[name, id, publicKey, site.createdAt],
    ),
  ]);
  await env.EVENTS.batch([env.EVENTS.prepare('DELETE FROM leases'), env.EVENTS.prepare('DELETE FROM parked')]);
  // Counters of refusals outlive a scenario in the isolate: they must not change when calls are counted.
  await flushRefusals(env.EVENTS, 0);
  forgetSites();
  await openWindows(env.EVENTS, site);
  if (scenario.happenings.some((h) => h.what === 'opt-in'))
    await addWording(
      env.PEOPLE,
      id,
      {
        id: 'faults-1',
        language: 'fr',
        title: 'Nouvelles',
        boxes: [{ name: 'news', label: 'Oui' }],
        note: '',
        privacyUrl: 'https://shop.example/p',
      },
      site.createdAt,
    );
  const sign = async (body: string) => {
    const text = new TextEncoder().encode(`${name}.1.${body}`);
    const signature = Buffer.from(await crypto.subtle.sign(ECDSA, privateKey, text)).toString('base64url');
    return JSON.stringify({ v: 1, device: name, sequence: 1, signature, body });
  };
  return { env, site, kiosk: { id, sign }, standing: snapshot(env.PEOPLE) };
}
