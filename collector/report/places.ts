/**
 * Dictionary hashes and ids by the order in which they are met. Figures of the open hour look the same few up again and again, and numbers of
 * 53 bits as keys of a map take several times what small ones do.
 */

/** @property placeOf where a number stands, now or from now on. @property idAt the number at a place. */
export type Places = { placeOf: (id: number) => number; idAt: (place: number) => number };

export function makePlaces(): Places {
  const places = new Map<number, number>();
  const ids: number[] = [];
  return {
    placeOf(id) {
      let place = places.get(id);
      if (place === undefined) {
        place = ids.push(id) - 1;
        places.set(id, place);
      }
      return place;
    },
    idAt: (place) => ids[place] ?? 0,
  };
}
