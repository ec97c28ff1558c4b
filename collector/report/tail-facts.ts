/** The facts after an instant, read in bulk, and the visits that were open then (store/open-visits.ts). */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { FAR_MS } from '../store/facts.ts';
import { OPEN_VISITS, type OpenVisit, readOpenVisits } from '../store/open-visits.ts';
import type { Site } from '../store/sites.ts';
import type { RollupDimension } from '../store/visits-sql.ts';
import { type Batch, numbersOf, type PackedRow } from './batch.ts';
import { beginVisit, type TailFact } from './derive-visits.ts';
import { COLUMNS, shownSql, tailSql, WHATS } from './tail-sql.ts';

export type TailExposure = { at: number; touchpoint: number };
/** @property open the visits that were open at `from`, or null where nobody noted them: then older facts are there to tell. */
export type TailFacts = { facts: TailFact[]; exposures: TailExposure[]; open: OpenVisit[] | null };

const MINUTE = 60_000;
/** Facts of the last hours come in pieces by age, none of which is long: a text has at most 2 MB, some 20,000 facts. */
const PIECES_MS = [120 * MINUTE, 30 * MINUTE];

/** Stands for the visit of a fact until visits are derived. */
const NO_VISIT = beginVisit({ at: 0, kind: 0, store: 0, kiosk: 0, page: 0 });

function readFacts(row: PackedRow, from: number, read: TailFact[]): void {
  const list = numbersOf(row);
  for (let i = 0; i < list.length; i += COLUMNS) {
    const number = (n: number) => list[i + n] ?? 0;
    const at = from + number(1);
    const about = number(5);
    const place = Math.floor(about / 8);
    const what = WHATS[number(0)] ?? 'pageview';
    read.push({
      what,
      at,
      born: at - number(2),
      rand: what === 'pageview' ? read.length : number(3),
      visitor: number(4),
      kind: Math.floor(about / 2) % 4,
      store: Math.floor(place / 1_048_576),
      kiosk: place % 1_048_576,
      mode: about % 2,
      page: number(6),
      ends: at + number(7),
      origin: what === 'event' ? 0 : number(8),
      place: number(9),
      technology: number(10),
      activeMs: number(11) < 0 ? null : number(11),
      scroll: number(12) < 0 ? null : number(12),
      confirmed: number(13) === 1,
      name: what === 'event' ? number(8) : 0,
      props: null,
      visit: NO_VISIT,
    });
  }
}

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
  const rows = [
    ...edges
      .slice(1)
      .flatMap((edge, i) => [sql.views, sql.events].map((each) => batch.add(each, site.id, from, end, edges[i], edge))),
    batch.add(sql.few, site.id, from, end, 0, end + FAR_MS),
    batch.add(sql.far, site.id, from, end),
  ];
  const shown = batch.add(shownSql, site.id, from, end);
  const open = batch.add(OPEN_VISITS, site.id, from);
  return () => {
    const read: TailFact[] = [];
    for (const row of rows.flatMap((one) => one())) readFacts(row, from, read);
    const exposures: TailExposure[] = [];
    for (const row of shown()) {
      const list = numbersOf(row);
      for (let i = 0; i < list.length; i += 2) exposures.push({ at: from + (list[i] ?? 0), touchpoint: list[i + 1] ?? 0 });
    }
    const noted = open();
    return {
      facts: read,
      exposures,
      open: noted.length > 0 ? noted.flatMap((row) => readOpenVisits([...numbersOf(row)])) : null,
    };
  };
}
