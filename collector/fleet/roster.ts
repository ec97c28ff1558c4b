/** The screens of a site that were ever in service, from when to when, and the opening hours of their stores: what visits are held against. */
import type { Hours } from './opening-hours.ts';
import { readSettings } from './settings.ts';

/** @property since when it was first enrolled. @property until when it was revoked; null while it is in service. */
export type OnDuty = { kiosk: number; store: number; since: number; until: number | null; hours: Hours | null; zone: string };
type Row = { id: number; store: number; since: number; until: number | null; settings: string | null; zone: string };

export async function readRoster(people: D1Database, site: number): Promise<OnDuty[]> {
  const { results } = await people
    .prepare(
      `SELECT k.id, k.store, k.first_enrolled_at AS since, k.revoked_at AS until, s.settings, s.zone FROM kiosks k JOIN stores s ON s.id = k.store
       WHERE k.site = ?1 AND k.first_enrolled_at IS NOT NULL ORDER BY k.id`,
    )
    .bind(site)
    .all<Row>();
  return results.map(({ id, store, since, until, settings, zone }) => ({
    ...{ kiosk: id, store, since, until, zone },
    hours: readSettings(settings).hours ?? null,
  }));
}
