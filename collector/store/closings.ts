/** How far each site's windows are closed. */

/**
 * UTC instants. Days before `days_before` have their windows, and so has the open day before `detail_before`; what came later is
 * read from facts. Nothing before `sealed_before` is recomputed.
 */
export type Closing = {
  /** Hours up to here were looked at by a round. */
  closed_before: number;
  detail_before: number;
  days_before: number;
  /** The last round: what arrived later with an earlier time was not known then. */
  closed_at: number;
  /** Until when visits may go on that began before `days_before`, as far as is known; earlier than that when none does. */
  day_reach: number;
  /** The same for `detail_before`. */
  detail_reach: number;
  /** Facts between `detail_before` and `closed_before`. */
  open_facts: number;
  sealed_before: number;
  /** Number of the first site-local day whose visitor-days are still there; 0 = all are. */
  visitors_from: number;
  /** The instant from which windows have the rollups by event and by known; null where that is not known yet. */
  lists_from: number | null;
  version: number;
};

/** How far a site's windows are closed, or null before `openWindows`. */
export async function closingOf(events: D1Database, site: number): Promise<Closing | null> {
  return events
    .prepare(
      `SELECT closed_before, detail_before, days_before, closed_at, day_reach, detail_reach, open_facts, sealed_before, visitors_from, lists_from, version
       FROM closings WHERE site = ?1`,
    )
    .bind(site)
    .first<Closing>();
}
