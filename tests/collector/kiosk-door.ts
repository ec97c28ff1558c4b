/** A kiosk as the collector meets it: a key of its own, signatures, and a clock that the test moves. */
import { env } from 'cloudflare:test';
import { issueCode } from '../../collector/fleet/enrolment.ts';
import { addKiosk, addStore } from '../../collector/fleet/stores.ts';
import type { Site } from '../../collector/store/sites.ts';
import { knock } from './door.ts';
import { idAt, randomBytes, seeded } from './fixture.ts';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
export const random = seeded(15);
export const base64url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url');

export async function makeKey() {
  const pair = await crypto.subtle.generateKey(ECDSA, false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no key pair');
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey);
  if (!(spki instanceof ArrayBuffer)) throw new Error('no public key');
  return { privateKey: pair.privateKey, publicKey: base64url(spki) };
}
export type Key = Awaited<ReturnType<typeof makeKey>>;

export async function makeKiosk(where: Site, now: number, name = 'Entrance') {
  const store = await addStore(env.PEOPLE, where.id, 'Marais', where.zone, now);
  const kiosk = await addKiosk(env.PEOPLE, where.id, store, name, now);
  return { store, kiosk, code: await issueCode(env.PEOPLE, kiosk, now, randomBytes(random)) };
}

export const enrolWith = (where: Site, asked: { enrol?: string; provision?: string }, key: { publicKey: string }, now: number) =>
  knock(JSON.stringify({ v: 1, site: where.key, ...asked, publicKey: key.publicKey }), { now, collector: {} });

export async function signed(key: Key, device: string, body: string, sequence = 1) {
  const text = new TextEncoder().encode(`${device}.${sequence}.${body}`);
  const signature = base64url(await crypto.subtle.sign(ECDSA, key.privateKey, text));
  return { v: 1, device, sequence, signature, body };
}
export const post = (value: unknown, now: number) => knock(JSON.stringify(value), { now, collector: {} });

export const about = (now: number, more: Record<string, unknown> = {}) => ({
  id: idAt(now - 1_000, random),
  url: 'https://shop.example/kiosk',
  mode: 'audience',
  ...more,
});
export const WELL = { waiting: 0, optIns: 0, refused: 0, oldestMs: null, storage: 'persistent', errors: [] };
/** Word of a kiosk's health, as its script says it. */
export const healthOf = (where: Site, now: number, more: Record<string, unknown> = {}) =>
  JSON.stringify({ v: 1, site: where.key, sentAt: now, tag: 'test', boot: 'b'.repeat(24), health: WELL, ...more });
