/** One request to a receiver: never redirected, never waited for longer than this, and never read to the end of a long answer. */
import { type Attempt, type Outcome, readRetryAfter } from './attempt.ts';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 16_384;
const ANSWER_CHARS = 200;
const LOOKED_AT_CHARS = 1_000;
/** For who says “too many” and not how long. */
const REST_MS = 60_000;
/** An answer may quote what we sent, and what it knows. */
const ADDRESS = /[^\s"'<>(),;:]+(?:@|%40)[^\s"'<>(),;:]+/g;

export type Requests = { fetch: (url: URL, init: RequestInit) => Promise<Response>; now: () => number; timeoutMs?: number };

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
    if (bytes >= MAX_ANSWER_BYTES) {
      await reader.cancel();
      break;
    }
  }
  return text;
}

const outcomeOf = (status: number): Outcome => {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  if (status === 429) return 'limited';
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
};

/**
 * How long it asks to be left alone. Brevo says so in a header of its own, in seconds; Mailchimp, which counts connections, says
 * nothing (https://developers.brevo.com/docs/limit-headers).
 */
function restOf({ status, headers }: Response, nowMs: number): number | null {
  const said = headers.get('retry-after') ?? (status === 429 ? headers.get('x-sib-ratelimit-reset') : null);
  return readRetryAfter(said, nowMs) ?? (status === 429 ? REST_MS : null);
}

/** What may be kept of an answer: printable, short, without addresses, also not the beginning of one. */
export const quote = (text: string): string =>
  // Cut first: the pattern takes time by the square of what has neither spaces nor an @.
  (text.length > LOOKED_AT_CHARS ? text.slice(0, LOOKED_AT_CHARS).replace(/\S{1,320}$/, '') : text)
    .replace(ADDRESS, '***')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, ANSWER_CHARS);

/** Sends it. A failure of the network is a value: whoever is told is not ours to mend. */
export async function request(
  url: URL,
  init: { method: string; headers: Record<string, string>; body?: string },
  { fetch, now, timeoutMs = TIMEOUT_MS }: Requests,
): Promise<Attempt & { text: string }> {
  const startMs = now();
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const text = await readText(response);
    const outcome = outcomeOf(response.status);
    return {
      outcome,
      status: response.status,
      durationMs: now() - startMs,
      answer: outcome === 'delivered' ? '' : quote(text),
      retryAfterMs: restOf(response, now()),
      text,
    };
  } catch {
    const outcome: Outcome = signal.aborted ? 'timeout' : 'network';
    return { outcome, status: null, durationMs: now() - startMs, answer: '', retryAfterMs: null, text: '' };
  }
}
