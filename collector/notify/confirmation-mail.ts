/** The confirmation mail, in French and English, text and HTML. */
import { cleanText } from '../store/clean-text.ts';
import { type Letter, writeHtml, writeText } from './mail-html.ts';

export type ConfirmationParts = {
  brand: string;
  link: string;
  /** Where whoever never asked, or no longer wants to, says so. */
  withdrawal: string;
  capturedAt: number;
  zone: string;
  /** Name of the store where it was asked for; null on the web. */
  store: string | null;
};
export type Written = { subject: string; text: string; html: string };

/** What mailboxes show of a subject, and what a header can carry. */
const BRAND_CHARS = 80;

const words = {
  fr: {
    subject: (brand: string) => `Confirmez votre inscription – ${brand}`,
    preview: 'Un dernier geste pour recevoir nos e-mails.',
    hello: 'Bonjour,',
    asked: (brand: string, when: string, store: string | null) =>
      `Vous avez demandé à recevoir les e-mails de ${brand} le ${when}${store === null ? '' : `, au magasin ${store}`}. Pour les recevoir, confirmez votre adresse\u00a0:`,
    button: 'Confirmer mon inscription',
    expires: 'Ce lien est valable 7\u00a0jours.',
    not: 'Ce n’était pas vous\u00a0? Ne faites rien\u00a0: sans confirmation, vous ne recevrez rien d’autre. Depuis la même page, vous pouvez aussi faire effacer votre adresse.',
    orCopy: 'Si le bouton ne s’ouvre pas, copiez cette adresse\u00a0:',
    footer: 'Vous ne voulez plus rien recevoir\u00a0?',
    withdraw: 'Se désinscrire',
  },
  en: {
    subject: (brand: string) => `Confirm your subscription – ${brand}`,
    preview: 'One last step to receive our e-mails.',
    hello: 'Hello,',
    asked: (brand: string, when: string, store: string | null) =>
      `You asked to receive e-mails from ${brand} on ${when}${store === null ? '' : `, at the ${store} store`}. To receive them, confirm your address:`,
    button: 'Confirm my subscription',
    expires: 'This link works for 7\u00a0days.',
    not: 'This was not you? Do nothing: without a confirmation you will receive nothing else. On the same page you can also have your address deleted.',
    orCopy: 'If the button does not open, copy this address:',
    footer: 'Want nothing more?',
    withdraw: 'Unsubscribe',
  },
} as const;

/** Writes the mail in the language in which the wording was shown. Names are made one line: a subject is a header. */
export async function writeConfirmation(language: string, parts: ConfirmationParts): Promise<Written> {
  const spoken = language === 'en' ? 'en' : 'fr';
  const w = words[spoken];
  const brand = cleanText(parts.brand, BRAND_CHARS);
  const store = parts.store === null ? null : cleanText(parts.store, BRAND_CHARS);
  const when = new Intl.DateTimeFormat(spoken === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: parts.zone,
  }).format(parts.capturedAt);
  const letter: Letter = {
    language: spoken,
    subject: w.subject(brand),
    brand,
    preview: w.preview,
    before: [w.hello, w.asked(brand, when, store)],
    button: { label: w.button, link: parts.link },
    after: [w.expires, w.not],
    footer: { text: w.footer, label: w.withdraw, link: parts.withdrawal },
    orCopy: w.orCopy,
  };
  return { subject: letter.subject, text: writeText(letter), html: await writeHtml(letter) };
}
