/**
 * A provider that takes mails by HTTP in the shape of Brevo's API: POST /v3/smtp/email with an `api-key` header
 * (https://developers.brevo.com/reference/send-transac-email).
 */
import type { Attempt, Mail, Mailer } from './mailer.ts';

const TIMEOUT_MS = 10_000;
/** Brevo knows an idempotency key again for 15 minutes at least (https://developers.brevo.com/docs/heterogenous-versions-batch-emails). */
const REPEATABLE_MS = 12 * 60_000;
const LONGEST_WAIT_S = 3_600;
/** What Brevo says when it has the mail already. */
const DUPLICATE = /^duplicate_(parameter|request)$/;
/** The mail itself is wrong; everything else below 500 is our account, our key or our haste, and can be mended. */
const FINAL = new Set([400, 413, 415, 422]);
/** An answer of something in between: what stands behind it may have taken the mail. */
const UNHEARD = new Set([408, 502, 504]);

/** The mail's id in the shape of a UUID, which the provider asks for. */
const uuidOf = (id: string) => id.padEnd(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

function bodyOf({ id, from, to, subject, text, html, headers }: Mail): string {
  return JSON.stringify({
    sender: { name: from.name, email: from.address },
    to: [{ email: to }],
    subject,
    textContent: text,
    htmlContent: html,
    headers: { ...headers, idempotencyKey: uuidOf(id) },
  });
}

/** The provider's own code for a refusal; its message may quote the address, and is not read. */
async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const code: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'code') : undefined;
  return typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? code : '';
}

/** Seconds in `Retry-After`; a date in it is not read, our own schedule is good enough. */
function waitOf(response: Response): { afterMs: number } | Record<string, never> {
  const seconds = Number(response.headers.get('retry-after') ?? response.headers.get('x-sib-ratelimit-reset'));
  return seconds > 0 ? { afterMs: Math.min(seconds, LONGEST_WAIT_S) * 1_000 } : {};
}

async function judge(response: Response): Promise<Attempt> {
  const { status } = response;
  const code = await codeOf(response);
  const why = `http ${status}${code ? ` ${code}` : ''}`;
  if (response.ok || DUPLICATE.test(code)) return { outcome: 'sent' };
  if (UNHEARD.has(status)) return { outcome: 'unknown', why };
  if (FINAL.has(status)) return { outcome: 'never', why };
  return { outcome: 'later', why, ...waitOf(response) };
}

export function httpMailer(url: string, key: string, timeoutMs = TIMEOUT_MS): Mailer {
  return {
    repeatableMs: REPEATABLE_MS,
    async send(mail) {
      let response: Response;
      try {
        response = await fetch(url, {
          method: 'POST',
          headers: { 'api-key': key, 'content-type': 'application/json', accept: 'application/json' },
          body: bodyOf(mail),
          // A redirect would carry the key and the address elsewhere.
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        });
      } catch (error) {
        const why = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'no_answer';
        return { outcome: 'unknown', why };
      }
      return judge(response);
    },
  };
}
