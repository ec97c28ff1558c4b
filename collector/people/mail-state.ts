/** How a site's mails fare, without a recipient: what waits, what left, what was given up and why. */

export type MailState = {
  waiting: number;
  /** When the next of them is due, epoch ms; null without any. */
  nextAt: number | null;
  /** Of the last seven days. */
  sent: number;
  failed: { why: string; n: number }[];
};
const WEEK_MS = 7 * 86_400_000;

export async function readMailState(people: D1Database, site: number, nowMs: number): Promise<MailState> {
  const [totals, failures] = await people.batch<Record<string, number | string | null>>([
    people
      .prepare(
        `SELECT coalesce(sum(sent_at IS NULL AND failed_at IS NULL), 0) AS waiting, min(CASE WHEN sent_at IS NULL AND failed_at IS NULL THEN due_at END) AS next_at,
           coalesce(sum(sent_at >= ?2), 0) AS sent FROM mails WHERE site = ?1 AND created_at >= ?2 - ?3`,
      )
      .bind(site, nowMs - WEEK_MS, WEEK_MS),
    people
      .prepare(
        'SELECT failure AS why, count(*) AS n FROM mails WHERE site = ?1 AND created_at >= ?2 AND failed_at IS NOT NULL GROUP BY 1 ORDER BY 2 DESC',
      )
      .bind(site, nowMs - WEEK_MS),
  ]);
  const row = totals?.results[0];
  return {
    waiting: Number(row?.waiting ?? 0),
    nextAt: typeof row?.next_at === 'number' ? row.next_at : null,
    sent: Number(row?.sent ?? 0),
    failed: (failures?.results ?? []).map(({ why, n }) => ({ why: String(why ?? ''), n: Number(n) })),
  };
}
