/** Ids: 48 bits of epoch milliseconds, then 48 random bits, as 24 hex digits. Made once, when the thing happens. */
export const makeId = (at = Date.now()): string => {
  let id = '';
  // Bit operators would cut 48 bits to 32; the leading one keeps the zeros and is cut off again.
  for (const n of [at, Math.random() * 2 ** 48]) id += Math.floor(n + 2 ** 48).toString(16).slice(1);
  return id;
};

/** The moment an id was made, in epoch milliseconds. */
export const readMoment = (id: string): number => Number.parseInt(id.slice(0, 12), 16);
