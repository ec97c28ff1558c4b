/** How many opt-ins each kiosk brought today, by the day of its store. */
import { DAY_MS, dayOf, startOfDay } from '../store/calendar.ts';

/** Ids begin with their time, by the device's clock: only the last days' are looked at. */
const WRONG_CLOCKS_MS = 5 * DAY_MS;

/** @returns opt-ins by kiosk; one that brought none is not in it. */
export async function optInsToday(
  people: D1Database,
  site: number,
  stores: readonly { id: number; zone: string }[],
  nowMs: number,
): Promise<Map<number, number>> {
  const begun = stores.map(({ id, zone }) => [id, startOfDay(zone, dayOf(zone, nowMs))] as const);
  const first = Math.min(nowMs, ...begun.map(([, at]) => at)) - WRONG_CLOCKS_MS;
  const { results } = await people
    .prepare(
      `SELECT o.kiosk, count(*) AS n FROM opt_ins o JOIN json_each(?3) j ON o.store = j.value ->> 0 AND o.captured_at >= j.value ->> 1
       WHERE o.site = ?1 AND o.id >= ?2 AND o.kiosk IS NOT NULL GROUP BY o.kiosk`,
    )
    .bind(site, first.toString(16).padStart(12, '0'), JSON.stringify(begun))
    .all<{ kiosk: number; n: number }>();
  return new Map(results.map(({ kiosk, n }) => [kiosk, n]));
}
