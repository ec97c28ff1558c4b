/** One request to the collector, and whether its answer settles anything. */
import { kit } from './kit.ts';

/** A portal that accepts the connection and never answers must not hold the outbox for ever. */
const PATIENCE = 30_000;

export type Posted =
  /** Our own answer: stored, or refused for good when the reason is not `ok`. */
  | { outcome_: 'settled'; reason_: string; answer_: unknown }
  /** Our own 401, 403 or 404: this device, or this site, may not send now. */
  | { outcome_: 'barred'; reason_: string }
  /** Anybody else's answer, or none: kept, and sent again. */
  | { outcome_: 'kept'; waitMs_: number };

/** Only the header that the collector exposes makes an answer ours; a captive portal's HTML 200 carries none. */
export const post = async (body: string): Promise<Posted> => {
  try {
    const response = await fetch(kit.config.endpoint || new URL('/c', kit.src), {
      method: 'POST',
      credentials: 'omit',
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { status, headers } = response;
    const reason = headers.get('x-comptoir');
    if (reason === null || status === 429 || status < 200 || status > 499)
      return { outcome_: 'kept', waitMs_: (Number(headers.get('retry-after')) || 0) * 1000 };
    if (status === 401 || status === 403 || status === 404) return { outcome_: 'barred', reason_: reason };
    return { outcome_: 'settled', reason_: reason, answer_: await response.json() };
  } catch {
    return { outcome_: 'kept', waitMs_: 0 };
  }
};

let tries = 0;
/** Full jitter from 1 s to 5 min, so that fifty screens behind one router do not return together. */
export const backoff = (): number => Math.random() * Math.min(300_000, 1_000 * 2 ** tries++);
export const calm = (): void => {
  tries = 0;
};
