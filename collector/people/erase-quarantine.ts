/** Takes a person out of what cloned kiosks sent, which lies sealed until somebody decides (fleet/clones.ts). */
import type { ErasedVisitor } from '../ingest/erase-facts.ts';
import { hashText } from '../store/hash.ts';
import type { Site } from '../store/sites.ts';
import { normaliseAddress, seal, unseal } from './address.ts';
import { openSealed } from './sealed-opt-in.ts';

type Row = { id: string; kiosk: number; sealed: string };
type Message = { id?: unknown; visitor?: unknown; email?: unknown; sealed?: unknown };

function readJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null;

/** The address in a message, opened where the kiosk sealed it. */
async function addressIn(secret: string, siteKey: string, m: Message): Promise<string | null> {
  const typed =
    typeof m.sealed === 'string' && typeof m.id === 'string'
      ? await openSealed(secret, siteKey, m.id, m.sealed)
      : typeof m.email === 'string'
        ? m.email
        : null;
  return typed === null ? null : normaliseAddress(typed);
}

/** The request without what this person did at the kiosk; null when nothing of it is left, the same when they did nothing there. */
async function without(
  body: string,
  kiosk: number,
  site: Site,
  secret: string,
  who: { address: string | null; visitors: readonly ErasedVisitor[] },
): Promise<string | null> {
  const envelope = readJson(body);
  const messages: unknown[] = Array.isArray(envelope?.messages) ? envelope.messages : [];
  const gone = new Set<unknown>();
  for (const m of messages.filter(isMessage)) {
    const theirs = who.address !== null && (await addressIn(secret, site.key, m)) === who.address;
    const visitor = typeof m.visitor === 'string' ? hashText('kiosk', site.id, kiosk, m.visitor) : null;
    // A kiosk's visitor is one person for one visit: with the opt-in goes the visit.
    if (theirs || who.visitors.some(([erased]) => erased === visitor)) gone.add(m.visitor ?? m);
  }
  if (gone.size === 0) return body;
  const left = messages.filter((m) => !isMessage(m) || !gone.has(m.visitor ?? m));
  return left.length === 0 ? null : JSON.stringify({ ...envelope, messages: left });
}

/** Opens every request that waits at the site's kiosks, and seals those anew that had something of the person. */
export async function eraseQuarantined(
  env: { PEOPLE: D1Database; ADDRESS_SECRET: string },
  site: Site,
  who: { address: string | null; visitors: readonly ErasedVisitor[] },
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  const { results } = await env.PEOPLE.prepare(
    'SELECT q.id, q.kiosk, q.sealed FROM kiosk_quarantine q JOIN kiosks k ON k.id = q.kiosk WHERE k.site = ?1',
  )
    .bind(site.id)
    .all<Row>();
  for (const { id, kiosk, sealed } of results) {
    const row = `kiosk_quarantine|${id}`;
    const opened = readJson((await unseal(env.ADDRESS_SECRET, row, sealed)) ?? '');
    if (!opened || typeof opened.body !== 'string') continue;
    const body = await without(opened.body, kiosk, site, env.ADDRESS_SECRET, who);
    if (body === opened.body) continue;
    const statement =
      body === null
        ? env.PEOPLE.prepare('DELETE FROM kiosk_quarantine WHERE id = ?1').bind(id)
        : env.PEOPLE.prepare('UPDATE kiosk_quarantine SET sealed = ?2 WHERE id = ?1').bind(
            id,
            await seal(env.ADDRESS_SECRET, row, JSON.stringify({ ...opened, body }), random),
          );
    await statement.run();
  }
}
