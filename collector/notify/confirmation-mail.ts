/** The confirmation mail, in French and English, text and HTML. */
import { html } from 'hono/html';

export type ConfirmationParts = { brand: string; link: string; capturedAt: number; zone: string };
export type Written = { subject: string; text: string; html: string };

const words = {
  fr: {
    subject: (brand: string) => `Confirmez votre inscription — ${brand}`,
    hello: 'Bonjour,',
    asked: (brand: string, when: string) =>
      `Vous avez demandé à recevoir les e-mails de ${brand}, ${when}. Pour les recevoir, confirmez votre adresse :`,
    button: 'Confirmer mon inscription',
    expires: 'Ce lien est valable 7 jours.',
    not: "Si ce n'était pas vous, ne faites rien : sans confirmation, aucun e-mail ne vous sera envoyé. Vous pouvez aussi supprimer votre adresse depuis cette page.",
  },
  en: {
    subject: (brand: string) => `Confirm your subscription — ${brand}`,
    hello: 'Hello,',
    asked: (brand: string, when: string) =>
      `You asked to receive e-mails from ${brand}, ${when}. To receive them, confirm your address:`,
    button: 'Confirm my subscription',
    expires: 'This link works for 7 days.',
    not: 'If this was not you, do nothing: without a confirmation, no e-mail will be sent to you. You can also delete your address from this page.',
  },
} as const;

/** Writes the mail in the language in which the wording was shown. */
export async function writeConfirmation(language: string, parts: ConfirmationParts): Promise<Written> {
  const w = language === 'en' ? words.en : words.fr;
  const when = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: parts.zone,
  }).format(parts.capturedAt);
  const asked = w.asked(parts.brand, when);
  const page =
    await html`<!doctype html><html lang="${language}"><meta charset="utf-8"><body style="font:16px/1.5 system-ui,sans-serif;color:#222;max-width:36em;margin:2em auto;padding:0 1em">
<p>${w.hello}</p><p>${asked}</p>
<p><a href="${parts.link}" style="display:inline-block;padding:.8em 1.4em;background:#1f4f46;color:#fff;border-radius:.4em;text-decoration:none">${w.button}</a></p>
<p style="color:#555">${w.expires} ${w.not}</p></body></html>`;
  return {
    subject: w.subject(parts.brand),
    text: `${w.hello}\n\n${asked}\n\n${parts.link}\n\n${w.expires}\n${w.not}\n`,
    html: String(page),
  };
}
