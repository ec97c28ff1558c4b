/**
 * Cloudflare Email Service through a `send_email` binding. The platform builds the MIME message, signs it (DKIM) and sets date and id
 * itself; what it is given are the parts (https://developers.cloudflare.com/email-service/api/send-emails/workers-api/).
 */
import type { Mail, Mailer } from './mailer.ts';

/** The mail itself is refused: no other attempt of the same mail can succeed. */
const FINAL = new Set([
  'E_VALIDATION_ERROR',
  'E_FIELD_MISSING',
  'E_TOO_MANY_RECIPIENTS',
  'E_RECIPIENT_NOT_ALLOWED',
  'E_RECIPIENT_SUPPRESSED',
  'E_CONTENT_TOO_LARGE',
]);

/** Errors of the binding carry a code of the platform's; anything else says nothing about whether the mail left. */
function codeOf(error: unknown): string | null {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && /^E_[A-Z_]{1,60}$/.test(code) ? code : null;
}

/** What we ask of a `send_email` binding. */
export type EmailBinding = {
  send(
    message: { from: { name: string; email: string } } & Pick<Mail, 'to' | 'subject' | 'text' | 'html' | 'headers'>,
  ): Promise<unknown>;
};

export function cloudflareMailer(binding: EmailBinding): Mailer {
  return {
    // The binding takes no id of ours: a repeat would be a second mail.
    repeatableMs: 0,
    async send({ from, to, subject, text, html, headers }) {
      try {
        await binding.send({ from: { name: from.name, email: from.address }, to, subject, text, html, headers });
        return { outcome: 'sent' };
      } catch (error) {
        const code = codeOf(error);
        if (code === null) return { outcome: 'unknown', why: 'no_answer' };
        return FINAL.has(code) || code.startsWith('E_HEADER') ? { outcome: 'never', why: code } : { outcome: 'later', why: code };
      }
    },
  };
}
