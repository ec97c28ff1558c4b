/** One attempt to tell a receiver something, and when to try again. */

export const OUTCOMES = [
  'delivered',
  'gone',
  'redirected',
  'refused',
  'limited',
  'timeout',
  'network',
  'bad_target',
  'no_secret',
  'broken',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Attempt = {
  outcome: Outcome;
  /** Null when no answer came. */
  status: number | null;
  durationMs: number;
  /** The beginning of an answer that was no success, or what was wrong with the address; never an e-mail address. */
  answer: string;
  /** How long the receiver asked to be left alone. */
  retryAfterMs: number | null;
};

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/**
 * Waits between the attempts: about 75 hours in all.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability
 */
export const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const LONGEST_MS = 24 * HOUR;

/**
 * When to try again after `attempts` attempts, spread by a tenth either way so that a receiver that comes back is not met by all at once.
 *
 * @param random in [0, 1).
 * @returns epoch ms, or null when it was the last attempt.
 */
export function nextAttemptAt(
  attempts: number,
  nowMs: number,
  random: () => number,
  retryAfterMs: number | null = null,
): number | null {
  const wait = RETRY_AFTER_MS[attempts - 1];
  if (wait === undefined) return null;
  return nowMs + Math.max(Math.round(wait * (0.9 + 0.2 * random())), retryAfterMs ?? 0);
}

/** `Retry-After` as milliseconds from now: seconds or a date (RFC 9110 §10.2.3), at most a day; null when it says neither. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * SECOND : Date.parse(header) - nowMs;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_MS);
}
