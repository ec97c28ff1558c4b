/** The way of opt-ins: submitted, confirmed, withdrawn again, by what they have in common. */

export const FUNNEL_BY = ['page', 'store', 'wording', 'touchpoint'] as const;
export type FunnelBy = (typeof FUNNEL_BY)[number];
/** `confirmed`: ever; `withdrawn`: of these, taken back since; `waiting` and `lapsed`: neither confirmed yet, and never. */
export type FunnelRow = {
  name: string;
  submitted: number;
  confirmed: number;
  withdrawn: number;
  waiting: number;
  lapsed: number;
};

const COLUMN: Record<FunnelBy, string> = { page: 'path', store: 'store', wording: 'wording', touchpoint: 'touchpoint' };
const COUNTS = `count(*) AS submitted, sum(confirmed_at IS NOT NULL) AS confirmed, sum(confirmed_at IS NOT NULL AND state = 'withdrawn') AS withdrawn,
  sum(state IN ('pending', 'held')) AS waiting, sum(confirmed_at IS NULL AND state IN ('expired', 'withdrawn')) AS lapsed`;
const MOST = 200;

const empty = (name: string): FunnelRow => ({ name, submitted: 0, confirmed: 0, withdrawn: 0, waiting: 0, lapsed: 0 });

/**
 * @param span opt-ins given in this time, epoch ms, the end not included.
 * @returns rows with the most submitted first, at most two hundred, and the whole. A store is its number, 0 the web.
 */
export async function readFunnel(
  people: D1Database,
  site: number,
  by: FunnelBy,
  span: { start: number; end: number },
): Promise<{ rows: FunnelRow[]; total: FunnelRow }> {
  const where = 'FROM opt_ins WHERE site = ?1 AND captured_at >= ?2 AND captured_at < ?3';
  const [rows, total] = await people.batch<FunnelRow>([
    people
      .prepare(
        `SELECT CAST(${COLUMN[by]} AS TEXT) AS name, ${COUNTS} ${where} GROUP BY 1 ORDER BY submitted DESC, name LIMIT ${MOST}`,
      )
      .bind(site, span.start, span.end),
    people.prepare(`SELECT '' AS name, ${COUNTS} ${where} HAVING count(*) > 0`).bind(site, span.start, span.end),
  ]);
  return { rows: rows?.results ?? [], total: total?.results[0] ?? empty('') };
}
