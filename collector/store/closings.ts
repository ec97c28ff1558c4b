/** How far each site's windows are closed. */

/**
 * UTC instants: hours before `closed_before` have their totals; time before `detail_before` has every other dimension and its
 * visitors; days before `days_before` are closed as days; nothing before `sealed_before` is recomputed.
 */
export type Closing = {
  closed_before: number;
  detail_before: number;
  days_before: number;
  closed_at: number;
  sealed_before: number;
  /** Number of the first site-local day whose visitor-days are still there; 0 = all are. */
  visitors_from: number;
  version: number;
};

/** How far a site's windows are closed, or null before `openWindows`. */
export async function closingOf(events: D1Database, site: number): Promise<Closing | null> {
  return events
    .prepare(
      'SELECT closed_before, detail_before, days_before, closed_at, sealed_before, visitors_from, version FROM closings WHERE site = ?1',
    )
    .bind(site)
    .first<Closing>();
}
