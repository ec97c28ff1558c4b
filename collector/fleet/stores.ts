/** Stores and their kiosks, as the fleet page lists them. */

export type FleetKiosk = {
  id: number;
  name: string;
  enrolledAt: number | null;
  lastSeenAt: number | null;
  tagVersion: string | null;
  revokedAt: number | null;
};
export type FleetStore = { store: { id: number; name: string; zone: string }; kiosks: FleetKiosk[] };
type KioskRow = {
  id: number;
  store: number;
  name: string;
  enrolled_at: number | null;
  last_seen_at: number | null;
  tag_version: string | null;
  revoked_at: number | null;
};

export async function listFleet(people: D1Database, site: number): Promise<FleetStore[]> {
  const stores = await people
    .prepare('SELECT id, name, zone FROM stores WHERE site = ?1 ORDER BY name')
    .bind(site)
    .all<{ id: number; name: string; zone: string }>();
  const kiosks = await people
    .prepare(
      'SELECT id, store, name, enrolled_at, last_seen_at, tag_version, revoked_at FROM kiosks WHERE site = ?1 ORDER BY name',
    )
    .bind(site)
    .all<KioskRow>();
  return stores.results.map((store) => ({
    store,
    kiosks: kiosks.results
      .filter((k) => k.store === store.id)
      .map((k) => ({
        id: k.id,
        name: k.name,
        enrolledAt: k.enrolled_at,
        lastSeenAt: k.last_seen_at,
        tagVersion: k.tag_version,
        revokedAt: k.revoked_at,
      })),
  }));
}

/** Adds a store; returns its number. */
export async function addStore(people: D1Database, site: number, name: string, zone: string, nowMs: number): Promise<number> {
  const row = await people
    .prepare('INSERT INTO stores (site, name, zone, created_at) VALUES (?1, ?2, ?3, ?4) RETURNING id')
    .bind(site, name, zone, nowMs)
    .first<{ id: number }>();
  if (!row) throw new Error('stores: an insert returned nothing');
  return row.id;
}

/** Adds a kiosk to a store, not yet enrolled; returns its number. */
export async function addKiosk(people: D1Database, site: number, store: number, name: string, nowMs: number): Promise<number> {
  const row = await people
    .prepare('INSERT INTO kiosks (site, store, name, created_at) VALUES (?1, ?2, ?3, ?4) RETURNING id')
    .bind(site, store, name, nowMs)
    .first<{ id: number }>();
  if (!row) throw new Error('kiosks: an insert returned nothing');
  return row.id;
}
