/** Figures of kiosks, brought to the rows of a question by touchpoint, store or kiosk. */
import { packTouchpoint } from '../store/visits-sql.ts';
import { compile, matchNames } from './filters/match.ts';
import { keyOf } from './groups.ts';
import type { Question } from './question.ts';
import { namesOf } from './value-names.ts';

export type Place = { store: number; kiosk: number };
export type ByTouchpoint = {
  /** Whether the filters keep what happened there. */
  keeps: (place: Place) => boolean;
  /** The row it belongs to. @param labels of its piece of time. */
  keyAt: (place: Place, labels: readonly string[]) => string;
};

/** Only for questions whose dimensions and filters are of touchpoints and time. */
export function byTouchpoint({ query, stores }: Pick<Question, 'query' | 'stores'>): ByTouchpoint {
  const texts = { stores, columns: new Map() };
  const keeps = compile<number>(query.filters, (c) => {
    const fits = matchNames(c);
    return (value) => fits(namesOf(c.dimension, value, texts));
  });
  return {
    keeps: ({ store, kiosk }) => keeps(packTouchpoint(store, kiosk)),
    keyAt: ({ store, kiosk }, labels) => {
      const value = packTouchpoint(store, kiosk);
      let kind = 0;
      return keyOf(query.dimensions.map((d) => (d.bucket ? labels[kind++] : namesOf(d, value, texts)[0]) ?? ''));
    },
  };
}
