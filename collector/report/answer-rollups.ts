/** Answers a span from rollups, and from the tail what is not closed yet. */
import { packTouchpoint } from '../store/visits-sql.ts';
import { readsTimesLater, type Unread } from './add-times.ts';
import { addSums } from './cell.ts';
import { compile, matchNames } from './filters/match.ts';
import { type Answered, figuresAt, keyOf, noFigures, tidyAll } from './groups.ts';
import type { CutSpan, Question } from './question.ts';
import { readCells } from './read-cells.ts';
import { asks, asksTimes, dimensionsIn, hasSeveral, isHourly, rollupOf, rollupsLack } from './rollup-plan.ts';
import type { Tail } from './tail.ts';
import { type Piece, pieceFinder } from './time-cut.ts';
import { namer, namesOf, readDictionaries } from './value-names.ts';
import { addVisitors, readVisitors } from './visitors.ts';

/**
 * @property unread where the rows' distributions of active times are, when they are added later (`addTimes`).
 * @property overlaps keys under which several pages or events fall: a visit of two of them counted twice. By event, so did what it did.
 */
export type FromRollups = Answered & { unread: Unread | null; overlaps: Set<string>; totalOverlaps: boolean };

/** @param tail the facts that no rollup has yet. */
export async function answerFromRollups(
  { events, site, query, state: closed, stores }: Question,
  { span, pieces }: CutSpan,
  tail: Tail,
): Promise<FromRollups> {
  const rollup = rollupOf(query) ?? 'total';
  const isCut = query.dimensions.some((d) => d.bucket);
  const grain = isHourly(query, span) ? 'hour' : isCut ? 'day' : 'whole';
  const wanted = { times: asksTimes(query) };
  const isLater = readsTimesLater(query);
  const rows = { times: wanted.times && !isLater, tailTimes: wanted.times };
  const { cells, windows, rowsRead } = await readCells(events, site, closed, span, grain, [rollup], tail, rows);
  const dimensions = dimensionsIn(query).filter((d) => !d.bucket);
  const { texts, rowsRead: textsRead } = await readDictionaries(events, site, dimensions, stores, () =>
    cells.map((c) => c.value),
  );
  const keeps = compile<number>(query.filters, (c) => {
    const fits = matchNames(c);
    return (value) => fits(namesOf(c.dimension, value, texts));
  });
  const names = query.dimensions.map((d) => (d.bucket ? null : namer(d, texts)));
  const find = pieceFinder(pieces);
  const keyAt = (piece: Piece, value: number) => {
    let kind = 0;
    return keyOf(names.map((name) => (name ? name(value) : (piece.labels[kind++] ?? ''))));
  };
  const visitors = asks(query, 'visitors') && rollupsLack(query, span, closed) === 'nothing';
  const answered: FromRollups = {
    groups: new Map(),
    total: noFigures(visitors),
    rowsRead: 0,
    unread: null,
    overlaps: new Set(),
    totalOverlaps: false,
  };
  if (query.dimensions.length > 0 && query.dimensions.every((d) => d.bucket))
    for (const piece of pieces) figuresAt(answered.groups, keyAt(piece, 0), visitors);
  const values = new Map<string, number[]>();
  const kept = new Set<number>();
  for (const cell of cells) {
    if (!keeps(cell.value)) continue;
    kept.add(cell.value);
    addSums(answered.total.sums, cell.sums);
    const piece = grain === 'whole' ? pieces[0] : find(cell.start);
    if (!piece || query.dimensions.length === 0) continue;
    const key = keyAt(piece, cell.value);
    addSums(figuresAt(answered.groups, key, visitors).sums, cell.sums);
    const known = values.get(key);
    if (!known) values.set(key, [cell.value]);
    else if (!known.includes(cell.value)) known.push(cell.value);
    if (hasSeveral(rollup) && known && known.length > 1) answered.overlaps.add(key);
  }
  answered.rowsRead = rowsRead + textsRead;
  if (isLater) answered.unread = { rollup, windows, values };
  if (isLater || (hasSeveral(rollup) && query.filters.length === 0)) {
    const whole = await readCells(events, site, closed, span, 'whole', ['total'], tail, wanted);
    answered.rowsRead += whole.rowsRead;
    answered.total = noFigures(visitors);
    for (const cell of whole.cells) addSums(answered.total.sums, cell.sums);
  } else answered.totalOverlaps = hasSeveral(rollup) && kept.size > 1;
  if (wanted.times) tidyAll(answered);
  if (!visitors) return answered;
  const ranges = [span, ...(query.dimensions.length > 0 ? pieces : [])].map((s) => [s.from, s.to] as const);
  const found = await readVisitors(events, site, ranges, tail);
  answered.rowsRead += found.rowsRead;
  for (const row of found.rows) {
    const value = packTouchpoint(row.store, row.kiosk);
    if (!keeps(value)) continue;
    const piece = pieces[row.range - 1];
    const figures = row.range === 0 ? answered.total : piece && figuresAt(answered.groups, keyAt(piece, value), true);
    if (figures?.visitors) addVisitors(figures.visitors, row.counts);
  }
  return answered;
}
