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
  later: {
    fr: 'La lettre ne peut pas être proposée pour le moment. Demandez au comptoir.',
    en: 'The newsletter cannot be offered right now. Please ask at the counter.',
  },
  done: { fr: 'Terminer', en: 'Finish' },
  still: { fr: 'Toujours là ?', en: 'Still there?' },
  stillLead: { fr: 'L’écran se remet à zéro dans', en: 'The screen starts afresh in' },
  stay: { fr: 'Oui, je continue', en: 'Yes, keep going' },
} satisfies Record<string, Bilingual>;

export const say = (name: keyof typeof texts, language: Language): string => texts[name][language];
