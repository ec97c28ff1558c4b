/** Patterns in which `*` stands for any text. Time is bounded by the product of both lengths: no pattern can be made to hang. */

/** Does the whole text match, without regard to case? */
export function matchesGlob(pattern: string, text: string): boolean {
  const [p, t] = [pattern.toLowerCase(), text.toLowerCase()];
  let [i, j, star, retry] = [0, 0, -1, 0];
  while (j < t.length) {
    if (p[i] === '*') {
      [star, retry] = [i, j];
      i += 1;
    } else if (i < p.length && p[i] === t[j]) {
      i += 1;
      j += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      retry += 1;
      [i, j] = [star + 1, retry];
    } else return false;
  }
  while (p[i] === '*') i += 1;
  return i === p.length;
}
