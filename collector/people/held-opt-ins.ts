/** Opt-ins that wait for somebody's decision: too late, or too many at once. Listed without addresses. */
import { HELD_FOR, type HeldFor } from './mail-quotas.ts';

export type Held = {
  id: string;
  heldFor: HeldFor;
  capturedAt: number;
  receivedAt: number;
  /** Names of the store and the kiosk; null on the web. */
  store: string | null;
  kiosk: string | null;
  host: string;
  wording: string;
};
type Row = Omit<Held, 'heldFor'> & { heldFor: string | null };

export const readHeldFor = (value: unknown): HeldFor | null => HELD_FOR.find((one) => one === value) ?? null;

/** The oldest of each reason come first; all of them are counted. */
export async function listHeld(
  people: D1Database,
  site: number,
  limit: number,
): Promise<{ held: Held[]; counts: Map<HeldFor, number> }> {
  const [listed, counted] = await people.batch<Record<string, unknown>>([
    people
      .prepare(
        `SELECT o.id, o.held_for AS heldFor, o.captured_at AS capturedAt, o.received_at AS receivedAt, o.host, o.wording,
           (SELECT name FROM stores WHERE stores.id = o.store) AS store, (SELECT name FROM kiosks WHERE kiosks.id = o.kiosk) AS kiosk
         FROM opt_ins o WHERE o.site = ?1 AND o.state = 'held' ORDER BY o.received_at LIMIT ?2`,
      )
      .bind(site, limit),
    people
      .prepare("SELECT held_for AS heldFor, count(*) AS n FROM opt_ins WHERE site = ?1 AND state = 'held' GROUP BY 1")
      .bind(site),
  ]);
  const isRow = (row: Record<string, unknown>): row is Row => typeof row.id === 'string' && typeof row.receivedAt === 'number';
  const counts = new Map<HeldFor, number>();
  for (const { heldFor, n } of counted?.results ?? []) {
    const reason = readHeldFor(heldFor) ?? 'late';
    counts.set(reason, (counts.get(reason) ?? 0) + Number(n));
  }
  const held = (listed?.results ?? []).filter(isRow).map((row) => ({ ...row, heldFor: readHeldFor(row.heldFor) ?? 'late' }));
  return { held, counts };
}

/** Ids of what waits for one reason, oldest first. */
export async function heldFor(people: D1Database, site: number, reason: HeldFor, limit: number): Promise<string[]> {
  const { results } = await people
    .prepare(
      "SELECT id FROM opt_ins WHERE site = ?1 AND state = 'held' AND coalesce(held_for, 'late') = ?2 ORDER BY received_at LIMIT ?3",
    )
    .bind(site, reason, limit)
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}
