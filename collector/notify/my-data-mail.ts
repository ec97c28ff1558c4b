/** The mail with the link to one's own data, in French and English, text and HTML. */
import { cleanText } from '../store/clean-text.ts';
import type { Written } from './confirmation-mail.ts';
import { type Letter, writeHtml, writeText } from './mail-html.ts';

const BRAND_CHARS = 80;
const words = {
  fr: {
    subject: (brand: string) => `Vos données chez ${brand}`,
    preview: 'Le lien que vous avez demandé, valable 30 minutes.',
    hello: 'Bonjour,',
    asked: (brand: string) => `Voici le lien pour voir ce que ${brand} sait de vous, l’emporter ou l’effacer\u00a0:`,
    button: 'Voir mes données',
    expires:
      'Ce lien ouvre une seule fois, pendant 30\u00a0minutes. Ne le transférez pas\u00a0: il montre vos données à qui l’ouvre.',
    not: 'Ce n’était pas vous\u00a0? Ne faites rien\u00a0: personne n’a rien vu, et rien n’a changé.',
    orCopy: 'Si le bouton ne s’ouvre pas, copiez cette adresse\u00a0:',
  },
  en: {
    subject: (brand: string) => `Your data at ${brand}`,
    preview: 'The link you asked for, good for 30 minutes.',
    hello: 'Hello,',
    asked: (brand: string) => `Here is the link to see what ${brand} knows about you, to take it with you or to erase it:`,
    button: 'See my data',
    expires: 'This link opens once, within 30\u00a0minutes. Do not forward it: it shows your data to whoever opens it.',
    not: 'This was not you? Do nothing: nobody has seen anything, and nothing has changed.',
    orCopy: 'If the button does not open, copy this address:',
  },
} as const;

export async function writeMyDataMail(
  language: string,
  { brand: name, link }: { brand: string; link: string },
): Promise<Written> {
  const spoken = language === 'en' ? 'en' : 'fr';
  const w = words[spoken];
  const brand = cleanText(name, BRAND_CHARS);
  const letter: Letter = {
    language: spoken,
    subject: w.subject(brand),
    brand,
    preview: w.preview,
    before: [w.hello, w.asked(brand)],
    button: { label: w.button, link },
    after: [w.expires, w.not],
    footer: null,
    orCopy: w.orCopy,
  };
  return { subject: letter.subject, text: writeText(letter), html: await writeHtml(letter) };
}
