/** The facts after an instant, read in bulk, and the visits that were open then (store/open-visits.ts). */
import { dayOf, startOfDay } from '../store/calendar.ts';
import { FAR_MS } from '../store/facts.ts';
import { OPEN_VISITS, type OpenVisit, readOpenVisits } from '../store/open-visits.ts';
import type { Site } from '../store/sites.ts';
import type { RollupDimension } from '../store/visits-sql.ts';
import { type Batch, numbersOf, type PackedRow } from './batch.ts';
import { beginVisit, type TailFact } from './derive-visits.ts';
import { makePlaces, type Places } from './places.ts';
import { type Says, shownSql, type TailStatement, tailSql, WHATS } from './tail-sql.ts';

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

/** Stands for the visit of a fact until visits are derived. */
const NO_VISIT = beginVisit({ at: 0, kind: 0, store: 0, kiosk: 0, page: 0 });

function readFacts(
  row: PackedRow,
  { says, what: only }: TailStatement,
  from: number,
  visitors: Places,
  pages: Places,
  read: TailFact[],
): void {
  const list = numbersOf(row);
  const at = (one: Says) => says.indexOf(one);
  const places = { what: at('what'), at: at('at'), lag: at('lag'), rand: at('rand'), visitor: at('visitor'), about: at('about') };
  const values = { page: at('page'), origin: at('origin'), place: at('place'), technology: at('technology') };
  const more = { lasts: at('lasts'), active: at('active'), scroll: at('scroll'), confirmed: at('confirmed') };
  for (let i = 0; i < list.length; i += says.length) {
    const number = (place: number) => (place < 0 ? 0 : (list[i + place] ?? 0));
    const at = from + number(places.at);
    const about = number(places.about);
    const place = Math.floor(about / 8);
    const what = only ?? WHATS[number(places.what)] ?? 'pageview';
    const [active, scroll] = [number(more.active), number(more.scroll)];
    read.push({
      what,
      at,
      born: at - number(places.lag),
      rand: what === 'pageview' ? read.length : number(places.rand),
      visitor: visitors.placeOf(number(places.visitor)),
      kind: Math.floor(about / 2) % 4,
      store: Math.floor(place / 1_048_576),
      kiosk: place % 1_048_576,
      mode: about % 2,
      page: pages.placeOf(number(values.page)),
      ends: at + number(more.lasts),
      origin: what === 'event' ? 0 : number(values.origin),
      place: number(values.place),
      technology: number(values.technology),
      activeMs: active > 0 ? active - 1 : null,
      scroll: scroll > 0 ? scroll - 1 : null,
      confirmed: number(more.confirmed) === 1,
      name: what === 'event' ? number(values.origin) : 0,
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
    const read: TailFact[] = [];
    const [visitors, pages] = [makePlaces(), makePlaces()];
    for (const { statement, rows } of parts) for (const row of rows()) readFacts(row, statement, from, visitors, pages, read);
    const exposures: TailExposure[] = [];
    for (const row of shown()) {
      const list = numbersOf(row);
      for (let i = 0; i < list.length; i += 2) exposures.push({ at: from + (list[i] ?? 0), touchpoint: list[i + 1] ?? 0 });
    }
    const noted = open().map((row) => readOpenVisits([...numbersOf(row)]));
    const placed = noted.flatMap((visits) =>
      visits.map((v) => ({
        ...v,
        visitor: visitors.placeOf(v.visitor),
        entry: pages.placeOf(v.entry),
        exit: pages.placeOf(v.exit),
      })),
    );
    return { facts: read, exposures, open: noted.length > 0 ? placed : null, visitors, pages };
  };
}
