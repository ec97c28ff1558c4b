/** Ids: 48 bits of epoch milliseconds, then 48 random bits, as 24 hex digits. Made once, when the thing happens. */

/** @param ago whole milliseconds from the happening until now. */
export const makeId = (ago = 0): string =>
  // Milliseconds have eleven digits until the year 2527. From 1e15 to 2e15 numbers have thirteen, of which the first is not
  // random enough and the next twelve are all random. An id is no secret, so a seeded generator will do.
  '0' + (Date.now() - ago).toString(16) + (1e15 * (1 + Math.random())).toString(16).slice(1, 13);
