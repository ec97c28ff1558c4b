/**
 * Active times as a histogram in a text: quantiles that merge. Buckets grow with the time (DDSketch, https://arxiv.org/abs/1908.10693, with
 * the logarithm interpolated linearly between powers of two, §2.2): 32 to each doubling, so a time is known to 1.6 % however long it is.
 * Whole numbers only, so SQL and TypeScript cannot differ by a rounding.
 *
 * The text lists buckets as a letter (the doubling), a sign (the step within it) and, above one, how many: `KqKs3Lb`. Any order and
 * repetition is allowed, so two texts are merged by writing one after the other.
 */

/** A quantile is within this share of the exact one: half a bucket, (2^e − 1) ÷ (2·32·2^e + 2^e − 1) < 1 ÷ 65. */
export const TIMES_ERROR = 1 / 65;
/** Times are at most 24 h (docs/decisions/004); anything longer would count as this. */
const LONGEST_MS = 2 ** 27 - 1;
const DOUBLINGS = Array.from({ length: 21 }, (_, i) => i + 1);
const LETTER = 65;
const SIGN = 95;
const ZERO = 48;
/** Letters A to W. */
const DOUBLINGS_KEPT = 23;
const BUCKETS = DOUBLINGS_KEPT * 32;

/** Number of the bucket of a time: the number itself below 64 ms, then 32 to a doubling. */
export function bucketOf(ms: number): number {
  const time = Math.min(ms, LONGEST_MS);
  const shift = Math.max(0, 26 - Math.clz32(time));
  return shift * 32 + (time >> shift);
}

/** The same as an SQL expression. */
export const bucketSql = (ms: string): string =>
  `CASE WHEN ${ms} < 64 THEN ${ms} ${DOUBLINGS.map((e) => `WHEN ${ms} < ${64 * 2 ** e} THEN ${e * 32} + (${ms} >> ${e})`).join(' ')} ELSE ${bucketOf(LONGEST_MS)} END`;

/** Every bucket's letter and sign: reports spell one for each pageview of the open hour. */
const SPELLED = Array.from({ length: BUCKETS }, (_, bucket) => String.fromCharCode(LETTER + (bucket >> 5), SIGN + (bucket & 31)));

/** Some times of one bucket as text. */
export const spellBucket = (bucket: number, n: number): string => (SPELLED[bucket] ?? '') + (n === 1 ? '' : n);

/** The same as an SQL expression. */
export const spellBucketSql = (bucket: string, n: string): string =>
  `char(${LETTER} + (${bucket} >> 5), ${SIGN} + (${bucket} & 31)) || CASE ${n} WHEN 1 THEN '' ELSE ${n} END`;

/** How many times lie in each bucket. */
export class TimesCount {
  private readonly counts = new Float64Array(BUCKETS);

  /** One time. */
  add(ms: number): void {
    const bucket = bucketOf(ms);
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  /** The times of a text, or of a part of it. */
  take(times: string, from = 0, to = times.length): this {
    const { counts } = this;
    // Sign by sign: a list of a large site joins ten million of them.
    for (let i = from; i < to; ) {
      const bucket = (times.charCodeAt(i) - LETTER) * 32 + times.charCodeAt(i + 1) - SIGN;
      i += 2;
      let n = 0;
      // Every letter comes after the digits.
      for (; i < to && times.charCodeAt(i) < LETTER; i += 1) n = 10 * n + times.charCodeAt(i) - ZERO;
      counts[bucket] = (counts[bucket] ?? 0) + (n || 1);
    }
    return this;
  }

  /** In ascending order. */
  buckets(): [bucket: number, n: number][] {
    const found: [number, number][] = [];
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const n = this.counts[bucket] ?? 0;
      if (n > 0) found.push([bucket, n]);
    }
    return found;
  }

  /** Each bucket once, in order: what a rollup stores. */
  spell(): string {
    return this.buckets()
      .map(([bucket, n]) => spellBucket(bucket, n))
      .join('');
  }
}

/** The same times with each bucket once. */
export const tidyTimes = (times: string): string => new TimesCount().take(times).spell();

/** The time that stands for a bucket: as far from its shortest as from its longest, relative to each. */
function timeOf(bucket: number): number {
  if (bucket < 64) return bucket;
  const shift = (bucket >> 5) - 1;
  const shortest = ((bucket & 31) + 32) * 2 ** shift;
  const longest = shortest + 2 ** shift - 1;
  return (2 * shortest * longest) / (shortest + longest);
}

/**
 * The time that a share of the times does not exceed: the ⌈share · n⌉-th shortest, within `TIMES_ERROR`.
 *
 * @param n how many times there must be; some windows may have been closed before histograms were kept.
 * @returns milliseconds, or null without times or when some are missing.
 */
export function quantileOf(times: string, share: number, n: number): number | null {
  const counts = new TimesCount().take(times).buckets();
  if (n === 0 || counts.reduce((sum, [, more]) => sum + more, 0) !== n) return null;
  let left = Math.ceil(share * n);
  for (const [bucket, more] of counts) {
    left -= more;
    if (left <= 0) return timeOf(bucket);
  }
  return null;
}
