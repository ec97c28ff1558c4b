/** The facts after an instant, read in bulk, and the visits that were open then (store/open-visits.ts). */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { FAR_MS } from '../store/facts.ts';
import { OPEN_VISITS, type OpenVisit, readOpenVisits } from '../store/open-visits.ts';
import type { Site } from '../store/sites.ts';
import type { RollupDimension } from '../store/visits-sql.ts';
import { type Batch, eachRow, numbersOf } from './batch.ts';
import type { TailFact } from './derive-visits.ts';
import { makePlaces, type Places } from './places.ts';
import { readTailRow } from './tail-row.ts';
import { shownSql, type TailStatement, tailSql } from './tail-sql.ts';

export type TailExposure = { at: number; touchpoint: number };
/**
 * @property open the visits that were open at `from`, or null where nobody noted them: then older facts are there to tell.
 * @property visitors whom facts and open visits name by their places, and so their pages.
 */
export type TailFacts = {
  facts: TailFact[];
  exposures: TailExposure[];
  open: OpenVisit[] | null;
  visitors: Places;
  pages: Places;
};

const MINUTE = 60_000;
/** Facts of the last hours come in pieces by age, none of which is long: a text has at most 2 MB, some 20,000 facts. */
const PIECES_MS = [120 * MINUTE, 30 * MINUTE];

/**
 * Adds to a batch the facts of a site from `from` to the end of the day of `nowMs`.
 *
 * @param asked the rollups that cells will be made of: of the values of others, facts say 0. Null for all.
 */
export function addTailReading(
  batch: Batch,
  site: Site,
  from: number,
  nowMs: number,
  asked: readonly RollupDimension[] | null,
): () => TailFacts {
  const sql = tailSql(asked);
  const end = Math.max(startOfDay(site.zone, dayOf(site.zone, nowMs) + 1), from);
  const edges = [0, ...PIECES_MS.map((age) => nowMs - age).filter((edge) => edge > from), end + FAR_MS];
  const add = (statement: TailStatement, ...piece: (number | undefined)[]) => ({
    statement,
    rows: batch.add(statement.sql, site.id, from, end, ...piece),
  });
  const parts = [
    ...edges.slice(1).flatMap((edge, i) => [sql.views, sql.events].map((each) => add(each, edges[i], edge))),
    add(sql.few, 0, end + FAR_MS),
    add(sql.far),
  ];
  const shown = batch.add(shownSql, site.id, from, end);
  const open = batch.add(OPEN_VISITS, site.id, from);
  return () => {
    const facts: TailFact[] = [];
    const names = { visitors: makePlaces(), pages: makePlaces() };
    const { visitors, pages } = names;
    for (const { statement, rows } of parts) for (const row of rows()) readTailRow(row, statement, from, names, facts);
    const exposures: TailExposure[] = [];
    for (const row of shown()) eachRow(row, 2, (one) => exposures.push({ at: from + (one[0] ?? 0), touchpoint: one[1] ?? 0 }));
    const noted = open().map((row) => readOpenVisits(numbersOf(row)));
    const placed = noted.flatMap((visits) =>
      visits.map((v) => ({
        ...v,
        visitor: visitors.placeOf(v.visitor),
        entry: pages.placeOf(v.entry),
        exit: pages.placeOf(v.exit),
      })),
    );
    return { facts, exposures, open: noted.length > 0 ? placed : null, ...names };
  };
}
