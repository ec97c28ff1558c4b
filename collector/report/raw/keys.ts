/** Under which keys an act falls: whether the filters keep it, then the names of its values. */
import type { Seen } from '../dimension.ts';
import { compile, matchNames } from '../filters/match.ts';
import { keyOf } from '../groups.ts';
import type { Query } from '../query.ts';
import type { Piece } from '../time-cut.ts';
import { namer, namesOf, type Texts } from '../value-names.ts';
import { conditionReader, valueReader } from './values.ts';

export type Keys = {
  keeps: (seen: Seen) => boolean;
  /** @param piece gives the names of time. */
  keyOf: (seen: Seen, piece: Piece | undefined) => string;
  /** The same for an exposure, which has a touchpoint and nothing else; null when it is not kept. */
  exposureKey: (touchpoint: number, piece: Piece | undefined) => string | null;
};

/** Puts the labels of time between the names of values, in the order of the query's dimensions. */
function joined(query: Query, nameAt: (i: number) => string | undefined, piece: Piece | undefined): string {
  let kind = 0;
  const name = (i: number) => nameAt(i) ?? piece?.labels[kind++] ?? '';
  return query.dimensions.length === 1 ? name(0) : keyOf(query.dimensions.map((_, i) => name(i)));
}

export function keysOf(query: Query, texts: Texts): Keys {
  const readers = query.dimensions.map((d) => (d.bucket ? null : valueReader(d, texts)));
  const places = query.dimensions.map((d) => (d.bucket ? null : namer(d, texts)));
  const keepsTouchpoint = compile<number>(query.filters, (c) => {
    const fits = matchNames(c);
    return (value) => fits(namesOf(c.dimension, value, texts));
  });
  return {
    keeps: compile<Seen>(query.filters, (c) => conditionReader(c, texts)),
    keyOf: (seen, piece) => joined(query, (i) => readers[i]?.(seen), piece),
    exposureKey: (touchpoint, piece) =>
      keepsTouchpoint(touchpoint) ? joined(query, (i) => places[i]?.(touchpoint), piece) : null,
  };
}
