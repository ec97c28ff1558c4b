/** Stores and their kiosks, as the fleet page lists them. */
import type { KioskSettings } from '../wire.ts';
import { readHealth } from './health.ts';
import type { Signs } from './kiosk-state.ts';
import { readSettings } from './settings.ts';

export type FleetKiosk = {
  id: number;
  name: string;
  enrolledAt: number | null;
  lastSeenAt: number | null;
  tagVersion: string | null;
  revokedAt: number | null;
  /** When it was last reported as offline, until it came back. */
  offlineSince: number | null;
  /** What differs from the store's settings. */
  settings: KioskSettings;
  /** Requests set aside while the kiosk is cloned. */
  setAside: number;
  /** What the state is judged by. */
  signs: Signs;
};
/** `page`: where the page of its kiosks is, when somebody has said so. */
export type FleetStore = {
  store: { id: number; name: string; zone: string; settings: KioskSettings; page: string | null };
  kiosks: FleetKiosk[];
};
type StoreRow = { id: number; name: string; zone: string; settings: string | null; page: string | null };
type KioskRow = {
  id: number;
  store: number;
  name: string;
  enrolled_at: number | null;
  last_seen_at: number | null;
  tag_version: string | null;
  revoked_at: number | null;
  cloned_at: number | null;
  offline_since: number | null;
  skew_ms: number | null;
  health: string | null;
  settings: string | null;
  provisioned: number;
  set_aside: number;
};

function toKiosk(row: KioskRow, store: FleetStore['store']): FleetKiosk {
  const settings = readSettings(row.settings);
  return {
    id: row.id,
    name: row.name,
    enrolledAt: row.enrolled_at,
    lastSeenAt: row.last_seen_at,
    tagVersion: row.tag_version,
    revokedAt: row.revoked_at,
    offlineSince: row.offline_since,
    settings,
    setAside: row.set_aside,
    signs: {
      enrolledAt: row.enrolled_at,
      revokedAt: row.revoked_at,
      clonedAt: row.cloned_at,
      lastSeenAt: row.last_seen_at,
      skewMs: row.skew_ms,
      health: readHealth(row.health),
      provisioned: row.provisioned === 1,
      test: (settings.test ?? store.settings.test) === true,
      hours: store.settings.hours ?? null,
      zone: store.zone,
    },
  };
}

export async function listFleet(people: D1Database, site: number): Promise<FleetStore[]> {
  const [stores, kiosks] = await Promise.all([
    people.prepare('SELECT id, name, zone, settings, page FROM stores WHERE site = ?1 ORDER BY name').bind(site).all<StoreRow>(),
    people
      .prepare(
        `SELECT id, store, name, enrolled_at, last_seen_at, tag_version, revoked_at, cloned_at, offline_since, skew_ms, health, settings,
           EXISTS (SELECT 1 FROM kiosk_secrets s WHERE s.kiosk = kiosks.id AND s.revoked_at IS NULL) AS provisioned,
           (SELECT count(*) FROM kiosk_quarantine q WHERE q.kiosk = kiosks.id) AS set_aside
         FROM kiosks WHERE site = ?1 ORDER BY name`,
      )
      .bind(site)
      .all<KioskRow>(),
  ]);
  return stores.results.map(({ id, name, zone, settings, page }) => {
    const store = { id, name, zone, page, settings: readSettings(settings) };
    return { store, kiosks: kiosks.results.filter((kiosk) => kiosk.store === id).map((kiosk) => toKiosk(kiosk, store)) };
  });
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
