/** Ids: 48 bits of epoch milliseconds, then 48 random bits, as 24 hex digits. Made once, when the thing happens. */
export const makeId = (at = Date.now()): string =>
  // The leading one keeps the zeros and is cut off again. An id is no secret, so a seeded generator will do.
  [at, Math.random() * 2 ** 48]
    .map((n) =>
      Math.floor(n + 2 ** 48)
        .toString(16)
        .slice(1),
    )
    .join('');
