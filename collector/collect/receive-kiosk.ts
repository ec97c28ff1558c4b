/** A signed request of an enrolled kiosk: its messages, or word of its health. */
import { forgetReleased, isCloned, readReleased, setAside } from '../fleet/clones.ts';
import { type Device, deviceOf, isSignedBy, noteSeen } from '../fleet/device.ts';
import { takeHealth } from '../fleet/health.ts';
import { sealingKeyOf } from '../people/sealed-opt-in.ts';
import { siteOfKey } from '../store/sites.ts';
import type { SignedEnvelope } from '../wire.ts';
import type { Collector } from './collector.ts';
import { type Parsed, type ParsedEnvelope, parseEnvelope } from './parse.ts';
import type { Reception } from './read-about.ts';
import { describe, type Received, readTag, refuse, type Sender, take } from './reception.ts';
import { kioskVisitor } from './visitor.ts';

type Heard = Extract<Parsed, { kind: 'hits' | 'health' }>;

/** Takes the messages in, as of the moment they were received. */
async function takeHits(
  envelope: ParsedEnvelope,
  device: Pick<Device, 'kiosk' | 'site' | 'store'>,
  sender: Sender,
  at: number,
  c: Collector,
): Promise<Received> {
  const site = await siteOfKey(c.people, c.secrets.SITE_SECRET, envelope.site, c.now());
  if (!site || site.id !== device.site) return refuse('unknown_site');
  const reception = describe(site, envelope, sender, at, { id: device.kiosk, store: device.store });
  const visitorOf: Reception['visitorOf'] = (id) => ({ key: kioskVisitor(site.id, device.kiosk, id ?? ''), kind: 2 });
  return take(envelope, { ...reception, visitorOf }, c);
}

async function answerHealth(heard: Extract<Heard, { kind: 'health' }>, device: Device, c: Collector): Promise<Received> {
  const site = await siteOfKey(c.people, c.secrets.SITE_SECRET, heard.health.site, c.now());
  if (!site || site.id !== device.site) return refuse('unknown_site');
  const seal = sealingKeyOf(c.secrets.ADDRESS_SECRET, site.key);
  const help = c.dashboard && new URL('/help/kiosk-staff', c.dashboard).href;
  return { status: 200, answer: await takeHealth(c.people, device, heard.health, seal, c.now(), c.random, help) };
}

/** @throws when nothing could be stored: nothing may be acknowledged then. */
export async function receiveSigned(signed: SignedEnvelope, sender: Sender, c: Collector): Promise<Received> {
  const nowMs = c.now();
  const device = await deviceOf(c.people, signed.device, nowMs);
  if (!device || device.revoked) return refuse('unknown_device');
  if (!(await isSignedBy(device, signed))) return refuse('bad_signature');
  const heard = parseEnvelope(signed.body);
  if (heard.kind !== 'hits' && heard.kind !== 'health') return refuse(heard.kind === 'refused' ? heard.reason : 'malformed');
  // A lost answer to a rotation is asked for again under the old key: that is no copy.
  const rotating = heard.kind === 'health' && heard.health.rotate !== undefined;
  const boot = (heard.kind === 'hits' ? heard.envelope.boot : heard.health.boot) ?? null;
  const cloned = !rotating && (await isCloned(c.people, device, signed.sequence, boot, nowMs));
  if (heard.kind === 'health') return answerHealth(heard, device, c);
  const site = await siteOfKey(c.people, c.secrets.SITE_SECRET, heard.envelope.site, nowMs);
  if (!site || site.id !== device.site) return refuse('unknown_site');
  c.later(noteSeen(c.people, device.kiosk, readTag(heard.envelope), nowMs));
  if (!cloned) return takeHits(heard.envelope, device, sender, nowMs, c);
  await setAside(c.people, c.secrets.ADDRESS_SECRET, device, sender.place, signed.body, nowMs, c.random);
  return { status: 202, answer: { ok: heard.envelope.messages.length, rej: [] } };
}

const isPlace = (value: unknown): value is Sender['place'] =>
  typeof value === 'object' && value !== null && 'country' in value && 'region' in value && 'city' in value;

/**
 * Takes in what was set aside and released since, as of when it was received; called by cron. A repeat is harmless.
 *
 * @returns how many requests were taken.
 */
export async function takeReleased(c: Collector, limit: number): Promise<number> {
  const waiting = await readReleased(c.people, c.secrets.ADDRESS_SECRET, limit);
  for (const { id, kiosk, receivedAt, place, body } of waiting) {
    const heard = parseEnvelope(body);
    const read: unknown = JSON.parse(place);
    const sender: Sender = {
      headers: new Headers(),
      ip: '',
      place: isPlace(read) ? read : { country: null, region: null, city: null },
    };
    if (heard.kind === 'hits') await takeHits(heard.envelope, kiosk, sender, receivedAt, c);
    await forgetReleased(c.people, id);
  }
  return waiting.length;
}
