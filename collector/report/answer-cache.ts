/**
 * Answers that were given, kept in the isolate until what they depend on changes: a cache that forgets costs a reading, never a figure.
 * Only text is kept, so nobody who is given an answer can change the next one's.
 */

/** How long an answer that facts have a part in may be given again: the open hour is at most this old. */
export const FRESH_MS = 10_000;
/** Of 128 MB that an isolate has (https://developers.cloudflare.com/workers/platform/limits/#memory), in characters of mostly one byte. */
const MOST_CHARS = 8_000_000;

type Entry = { text: string; until: number };
/** In the order of their last use. */
const entries = new Map<string, Entry>();
let chars = 0;

function forget(key: string): void {
  const entry = entries.get(key);
  if (!entry) return;
  entries.delete(key);
  chars -= key.length + entry.text.length;
}

function keep(key: string, entry: Entry): void {
  forget(key);
  entries.set(key, entry);
  chars += key.length + entry.text.length;
  for (const oldest of entries.keys()) {
    if (chars <= MOST_CHARS) return;
    forget(oldest);
  }
}

/**
 * @param key the question, with everything that the answer depends on.
 * @param read answers it; `lasts` when nothing but the key can change the answer, else it is kept for `FRESH_MS`.
 */
export async function answerOnce<T>(key: string, nowMs: number, read: () => Promise<{ answer: T; lasts: boolean }>): Promise<T> {
  const known = entries.get(key);
  if (known && nowMs < known.until) {
    entries.delete(key);
    entries.set(key, known);
    return JSON.parse(known.text);
  }
  const { answer, lasts } = await read();
  keep(key, { text: JSON.stringify(answer), until: lasts ? Number.POSITIVE_INFINITY : nowMs + FRESH_MS });
  return answer;
}

/** Forgets everything. */
export function forgetAnswers(): void {
  entries.clear();
  chars = 0;
}
