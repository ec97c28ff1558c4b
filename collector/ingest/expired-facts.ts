/** The statements that delete a slice of a site's facts whose time is over. */
import { FACT_TABLES, FAR_MS, type FactTable } from '../store/facts.ts';
import { LOOKBACK_MS } from '../store/visits-sql.ts';

/** Facts up to here are deleted; what lies between this and the seal says where the first visits after it began. */
const PURGE_END = `(SELECT sealed_before - ${LOOKBACK_MS} FROM closings WHERE site = ?1)`;
/** Near facts before this are deleted already. */
const PURGED = '(SELECT purged_before FROM closings WHERE site = ?1)';

/** Acts by which a visitor is known outlive the other facts: they count for as long as the visitor's id lives. */
const isAct = (table: FactTable) => table === 'opt_ins' || table === 'identifications';

/**
 * One slice of each table.
 *
 * @param actsBefore the instant from which acts are kept, epoch ms.
 * @param rows of a table, deleted in one transaction.
 */
export function deleteExpired(events: D1Database, site: number, actsBefore: number, rows: number): D1PreparedStatement[] {
  const remove = (table: FactTable, from: string, where: string, ...more: number[]) =>
    events
      .prepare(
        `DELETE FROM ${table} WHERE site = ?1 AND (born, rand) IN (SELECT t.born, t.rand FROM ${table} t ${from} WHERE t.site = ?1 AND ${where} LIMIT ?2)`,
      )
      .bind(site, rows, ...more);
  return FACT_TABLES.flatMap((table) => {
    const mortal = isAct(table) ? 't.kind <> 0 AND ' : '';
    const near = `abs(t.at - t.born) <= ${FAR_MS}`;
    const list = [
      remove(
        table,
        '',
        `${mortal}t.born >= ${PURGED} - ${FAR_MS} AND t.born < ${PURGE_END} + ${FAR_MS} AND t.at < ${PURGE_END} AND ${near}`,
      ),
      remove(table, `INDEXED BY ${table}_far`, `${mortal}t.at < ${PURGE_END} AND abs(t.at - t.born) > ${FAR_MS}`),
    ];
    if (isAct(table)) {
      list.push(
        remove(table, '', `t.born < ?3 + ${FAR_MS} AND t.at < ?3 AND t.at < ${PURGE_END} AND ${near}`, actsBefore),
        remove(
          table,
          `INDEXED BY ${table}_far`,
          `t.at < ?3 AND t.at < ${PURGE_END} AND abs(t.at - t.born) > ${FAR_MS}`,
          actsBefore,
        ),
      );
    }
    return list;
  });
}
