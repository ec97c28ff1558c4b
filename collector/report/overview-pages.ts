/**
 * The pages that were seen most. There may be thousands, of which ten are shown: all are read with their pageviews, which rank them, and
 * only those at the top with everything else.
 */
import type { Site } from '../store/sites.ts';
import type { Batch } from './batch.ts';
import { addSums, type Cell, noSums } from './cell.ts';
import { addCellReading, addSomeCells } from './cells.ts';
import type { Sums } from './metric.ts';
import { PAGE_SUMS, TOP } from './overview-metrics.ts';
import type { Span } from './period.ts';
import type { Places } from './places.ts';
import type { State } from './question.ts';
import type { TailFact } from './tail.ts';

/** Values that are read whole before it is known which share a name: enough, unless several hosts have the same paths. */
const LIKELY = TOP + 4;
/** @property overlaps whether several values have this name: a visit of two of them is counted twice. */
export type RankedPage = { name: string; sums: Sums; overlaps: boolean };
export type RankedPages = { shown: RankedPage[]; total: number };

export type PageReading = {
  /** Values in rollups. */
  values: () => number[];
  /** Adds what is shown of the likeliest pages. @param seen pageviews by page in the tail. */
  addLikely: (batch: Batch, seen: ReadonlyMap<number, number>) => void;
  /** Adds what is shown of pages that were not likely; false where nothing is missing. @param tail what the tail adds, by page. */
  addMissing: (batch: Batch, tail: readonly Cell[], nameOf: (value: number) => string) => boolean;
  rank: (tail: readonly Cell[], nameOf: (value: number) => string) => RankedPages;
};

/** How often the tail's pages are seen in a span; those that only have other acts, too. */
export function countPageviews(fresh: readonly TailFact[], pages: Places, span: Span): Map<number, number> {
  const seen: number[] = [];
  for (const { what, at, page } of fresh)
    seen[page] = (seen[page] ?? 0) + (what === 'pageview' && at >= span.start && at < span.end ? 1 : 0);
  return new Map(seen.flatMap((n, place) => [[pages.idAt(place), n]]));
}

type Named = { name: string; pageviews: number; values: Set<number> };

/** Pages by name, most pageviews first. */
function byName(cells: readonly Cell[], nameOf: (value: number) => string): Named[] {
  const names = new Map<string, Named>();
  for (const { value, sums } of cells) {
    const name = nameOf(value);
    let page = names.get(name);
    if (!page) {
      page = { name, pageviews: 0, values: new Set() };
      names.set(name, page);
    }
    page.pageviews += sums.pageviews;
    page.values.add(value);
  }
  return [...names.values()].sort((a, b) => b.pageviews - a.pageviews || (a.name < b.name ? -1 : 1));
}

export function addPageReading(batch: Batch, site: Site, state: State, span: Span): PageReading {
  const read = addCellReading(batch, site, state, span, 'whole', 'page', { columns: ['pageviews'], times: false });
  const known = new Set<number>();
  const whole: (() => Cell[])[] = [];
  const add = (more: Batch, values: readonly number[]) => {
    for (const value of values) known.add(value);
    whole.push(addSomeCells(more, site, read.windows(), 'page', values, PAGE_SUMS));
  };
  const topOf = (tail: readonly Cell[], nameOf: (value: number) => string) => byName([...read.cells(), ...tail], nameOf);
  return {
    values: () => read.cells().map(({ value }) => value),
    addLikely(more, seen) {
      const views = new Map(seen);
      for (const { value, sums } of read.cells()) views.set(value, (views.get(value) ?? 0) + sums.pageviews);
      const likely = [...views].sort(([, a], [, b]) => b - a).slice(0, LIKELY);
      add(
        more,
        likely.map(([value]) => value),
      );
    },
    addMissing(more, tail, nameOf) {
      const shown = topOf(tail, nameOf).slice(0, TOP);
      const missing = shown.flatMap(({ values }) => [...values]).filter((value) => !known.has(value));
      if (missing.length > 0) add(more, missing);
      return missing.length > 0;
    },
    rank(tail, nameOf) {
      const all = topOf(tail, nameOf);
      const cells = [...whole.flatMap((some) => some()), ...tail];
      const shown = all.slice(0, TOP).map(({ name, values }) => {
        const sums = noSums();
        for (const cell of cells) if (values.has(cell.value)) addSums(sums, cell.sums);
        return { name, sums, overlaps: values.size > 1 };
      });
      return { shown, total: all.length };
    },
  };
}
