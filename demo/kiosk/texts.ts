/** Short texts of the demo kiosk, in both languages. */
import type { Bilingual, Language } from '../shop/content/products.ts';

const texts = {
  title: { fr: 'Le thé, et ce qui l’entoure', en: 'Tea, and everything around it' },
  touch: { fr: 'Touchez l’écran', en: 'Touch the screen' },
  menu: { fr: 'Navigation', en: 'Navigation' },
  browse: { fr: 'Toute la maison', en: 'The whole house' },
  browseLead: {
    fr: 'Touchez un produit pour le découvrir. Demandez à le goûter : c’est offert.',
    en: 'Touch a product to discover it. Ask for a taste: it is on us.',
  },
  all: { fr: 'Tous les produits', en: 'All products' },
  counter: { fr: 'au comptoir', en: 'at the counter' },
  letter: { fr: 'Recevoir la lettre', en: 'Newsletter' },
  email: { fr: 'Votre adresse e-mail', en: 'Your e-mail address' },
  send: { fr: 'M’inscrire', en: 'Sign up' },
  badAddress: { fr: 'Cette adresse semble incomplète.', en: 'This address looks incomplete.' },
  noBox: { fr: 'Cochez la première case pour recevoir la lettre.', en: 'Tick the first box to receive the newsletter.' },
  refused: {
    fr: 'Cette borne ne peut rien enregistrer en ce moment. Demandez au comptoir.',
    en: 'This screen cannot store anything right now. Please ask at the counter.',
  },
  thanks: { fr: 'Merci.', en: 'Thank you.' },
  thanksLead: {
    fr: 'Un e-mail partira vers vous : un clic y confirmera votre inscription.',
    en: 'An e-mail will be on its way: one click in it confirms your subscription.',
  },
  goOn: { fr: 'Continuer la visite', en: 'Keep looking' },
  done: { fr: 'Terminer', en: 'Finish' },
  still: { fr: 'Toujours là ?', en: 'Still there?' },
  stillLead: { fr: 'L’écran se remet à zéro dans', en: 'The screen starts afresh in' },
  stay: { fr: 'Oui, je continue', en: 'Yes, keep going' },
} satisfies Record<string, Bilingual>;

export const say = (name: keyof typeof texts, language: Language): string => texts[name][language];
