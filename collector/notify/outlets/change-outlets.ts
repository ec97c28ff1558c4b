/** Making, pausing, reviving and removing outlets, and rotating what signs for them. */
import { cleanText } from '../../store/clean-text.ts';
import { type OutletKind, type OutletSettings, sealSecret } from './outlet.ts';

export const OUTLET_NAME_CHARS = 80;
/** A site has a few programs: more is a mistake that would make every act write as many rows. */
const MAX_OUTLETS = 20;
/** For so long both secrets sign, and receivers may change over one after another. */
const OVERLAP_MS = 24 * 3_600_000;

/** What changes an outlet works with. */
export type Change = {
  people: D1Database;
  addressSecret: string;
  nowMs: number;
  random: (bytes: number) => Uint8Array;
};
export type NewOutlet = {
  site: number;
  kind: OutletKind;
  name: string;
  types: readonly string[];
  settings: OutletSettings;
  createdBy: string | null;
};

/** 256 random bits as Standard Webhooks spells them. */
export const newSigningSecret = (random: (bytes: number) => Uint8Array): string =>
  `whsec_${Buffer.from(random(32)).toString('base64')}`;

/** @returns its id, or null when the site has as many as it may. */
export async function makeOutlet(
  { people, addressSecret, nowMs, random }: Change,
  wanted: NewOutlet,
  secret: string,
): Promise<string | null> {
  const id = `out_${Buffer.from(random(12)).toString('hex')}`;
  const sealed = await sealSecret(addressSecret, { site: wanted.site, id }, secret, random);
  const { meta } = await people
    .prepare(
      `INSERT INTO outlets (id, site, kind, name, types, settings, sealed, created_by, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE (SELECT count(*) FROM outlets WHERE site = ?2 AND kind <> 'mail') < ${MAX_OUTLETS}`,
    )
    .bind(
      id,
      wanted.site,
      wanted.kind,
      cleanText(wanted.name, OUTLET_NAME_CHARS),
      JSON.stringify(wanted.types),
      JSON.stringify(wanted.settings),
      sealed,
      wanted.createdBy,
      nowMs,
    )
    .run();
  return meta.changes > 0 ? id : null;
}

/** A new signing secret; the one before signs along for a day. @returns null when the site has no such webhook. */
export async function rotateSecret(
  { people, addressSecret, nowMs, random }: Change,
  site: number,
  id: string,
): Promise<string | null> {
  const secret = newSigningSecret(random);
  const sealed = await sealSecret(addressSecret, { site, id }, secret, random);
  const { meta } = await people
    .prepare(
      `UPDATE outlets SET old_sealed = sealed, old_until = ?4, sealed = ?3 WHERE id = ?1 AND site = ?2 AND kind = 'webhook'`,
    )
    .bind(id, site, sealed, nowMs + OVERLAP_MS)
    .run();
  return meta.changes > 0 ? secret : null;
}

/** Pauses an outlet, or lets it go on: what was announced meanwhile is sent then. One that had ended begins anew. */
export async function pauseOutlet(
  people: D1Database,
  site: number,
  id: string,
  paused: boolean,
  nowMs: number,
): Promise<boolean> {
  const statement = paused
    ? people.prepare('UPDATE outlets SET paused_at = coalesce(paused_at, ?3) WHERE id = ?1 AND site = ?2').bind(id, site, nowMs)
    : people
        .prepare(
          'UPDATE outlets SET paused_at = NULL, ended_at = NULL, ended_why = NULL, rest_until = NULL WHERE id = ?1 AND site = ?2',
        )
        .bind(id, site);
  return (await statement.run()).meta.changes > 0;
}

/** Removes an outlet and everything that was sent to it. @returns false when the site has none of this id. */
export async function removeOutlet(people: D1Database, site: number, id: string): Promise<boolean> {
  const own = 'SELECT id FROM outlets WHERE id = ?1 AND site = ?2';
  const results = await people.batch([
    people
      .prepare(`DELETE FROM delivery_attempts WHERE delivery IN (SELECT id FROM deliveries WHERE outlet IN (${own}))`)
      .bind(id, site),
    people.prepare(`DELETE FROM deliveries WHERE outlet IN (${own})`).bind(id, site),
    people.prepare(`DELETE FROM outlet_contacts WHERE outlet IN (${own})`).bind(id, site),
    people.prepare('DELETE FROM outlets WHERE id = ?1 AND site = ?2').bind(id, site),
  ]);
  return (results.at(-1)?.meta.changes ?? 0) > 0;
}
