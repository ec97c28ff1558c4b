/** Looks at every kiosk once a minute and notes what changed: an alert is a transition, never a state. */
import { announce } from '../notify/webhooks/announce.ts';
import { DAY_MS, HOUR_MS } from '../store/calendar.ts';
import { stateOf } from './kiosk-state.ts';
import { listFleet } from './stores.ts';

/** Keys replaced so long ago have nothing left to bring: thirty days and as long again. */
const KEY_MS = 60 * DAY_MS;

export type FleetAlert = { kiosk: number; at: number; kind: 'offline' | 'online' };

/** A kiosk that was out of order and is out of service now has not come back: nobody is told, and a new code begins afresh. */
const dismiss = (people: D1Database, site: number): D1PreparedStatement =>
  people
    .prepare('UPDATE kiosks SET offline_since = NULL WHERE site = ?1 AND offline_since IS NOT NULL AND revoked_at IS NOT NULL')
    .bind(site);

/** @returns the alerts of this run. A kiosk that was told to be offline is not told again until it came back. */
export async function watchFleet(people: D1Database, site: number, nowMs: number): Promise<FleetAlert[]> {
  const fleet = await listFleet(people, site);
  const kiosks = fleet.flatMap((one) => one.kiosks);
  const stores = new Map(fleet.flatMap(({ store, kiosks: own }) => own.map(({ id }) => [id, store.id] as const)));
  const alerts: FleetAlert[] = [];
  for (const kiosk of kiosks) {
    const { tone } = stateOf(kiosk.signs, nowMs);
    if (tone === 'red' && kiosk.offlineSince === null) alerts.push({ kiosk: kiosk.id, at: nowMs, kind: 'offline' });
    // Asleep or amber after red is the same silence in another hour; only a sign of life ends it.
    const heard = tone === 'green' || (kiosk.lastSeenAt ?? 0) > (kiosk.offlineSince ?? 0);
    if (!['red', 'revoked'].includes(tone) && kiosk.offlineSince !== null && heard)
      alerts.push({ kiosk: kiosk.id, at: nowMs, kind: 'online' });
  }
  if (kiosks.some(({ offlineSince, revokedAt }) => offlineSince !== null && revokedAt !== null))
    await dismiss(people, site).run();
  if (alerts.length === 0) return alerts;
  const json = JSON.stringify(alerts);
  await people.batch([
    people
      .prepare(
        `INSERT INTO kiosk_alerts (kiosk, at, kind) SELECT j.value ->> 'kiosk', j.value ->> 'at', j.value ->> 'kind' FROM json_each(?1) j`,
      )
      .bind(json),
    people
      .prepare(
        `UPDATE kiosks SET offline_since = j.since FROM (SELECT value ->> 'kiosk' AS kiosk, CASE value ->> 'kind' WHEN 'offline' THEN value ->> 'at' END AS since FROM json_each(?1)) j
         WHERE kiosks.id = j.kiosk`,
      )
      .bind(json),
    ...alerts.flatMap(({ kiosk, at, kind }) => {
      const data = { kiosk, store: stores.get(kiosk) ?? null };
      return announce(people, { site, type: `kiosk.${kind}`, data, at, id: `${kiosk} ${at}` });
    }),
  ]);
  return alerts;
}

/** The alerts of a site, newest first. */
export async function readAlerts(people: D1Database, site: number, limit: number): Promise<FleetAlert[]> {
  const { results } = await people
    .prepare(
      'SELECT a.kiosk, a.at, a.kind FROM kiosk_alerts a JOIN kiosks k ON k.id = a.kiosk WHERE k.site = ?1 ORDER BY a.at DESC, a.id DESC LIMIT ?2',
    )
    .bind(site, limit)
    .all<FleetAlert>();
  return results;
}

/** Once an hour: forgets keys that can bring nothing any more. */
export async function forgetOldKeys(people: D1Database, nowMs: number): Promise<void> {
  if (nowMs % HOUR_MS >= 60_000) return;
  await people
    .prepare('DELETE FROM kiosk_keys WHERE replaced_at < ?1')
    .bind(nowMs - KEY_MS)
    .run();
}
