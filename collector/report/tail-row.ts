/** Numbers to facts: what a statement of the open hour (tail-sql.ts) hands over. */
import { eachRow, type PackedRow } from './batch.ts';
import { beginVisit, type TailFact } from './derive-visits.ts';
import type { Places } from './places.ts';
import { type TailStatement, WHATS } from './tail-sql.ts';

/** Stands for the visit of a fact until visits are derived. */
const NO_VISIT = beginVisit({ at: 0, kind: 0, store: 0, kiosk: 0, page: 0 });

/**
 * @param from the instant that times are counted from.
 * @param names visitors and pages by their places, to which those of this row are added.
 * @param facts where facts go, in their order.
 */
export function readTailRow(
  row: PackedRow,
  { columns, what: only, width }: TailStatement,
  from: number,
  { visitors, pages }: { visitors: Places; pages: Places },
  facts: TailFact[],
): void {
  eachRow(row, width, (numbers) => {
    const number = (column: number) => (column < 0 ? 0 : (numbers[column] ?? 0));
    const what = only ?? WHATS[number(columns.what)] ?? 'pageview';
    const at = from + number(columns.at);
    const about = number(columns.about);
    const touchpoint = Math.floor(about / 8);
    const [active, scroll] = [number(columns.active), number(columns.scroll)];
    facts.push({
      what,
      at,
      born: at - number(columns.lag),
      rand: what === 'pageview' ? facts.length : number(columns.rand),
      visitor: visitors.placeOf(number(columns.visitor)),
      kind: Math.floor(about / 2) % 4,
      store: Math.floor(touchpoint / 1_048_576),
      kiosk: touchpoint % 1_048_576,
      mode: about % 2,
      page: pages.placeOf(number(columns.page)),
      ends: at + number(columns.lasts),
      origin: what === 'event' ? 0 : number(columns.origin),
      place: number(columns.place),
      technology: number(columns.technology),
      activeMs: active > 0 ? active - 1 : null,
      scroll: scroll > 0 ? scroll - 1 : null,
      confirmed: number(columns.confirmed) === 1,
      name: what === 'event' ? number(columns.origin) : 0,
      props: null,
      visit: NO_VISIT,
    });
  });
}
