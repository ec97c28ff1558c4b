/** The three steps of the blend studio: a single-page application in `/atelier/`. */
import type { Tone } from '../illustrations.ts';
import type { Bilingual } from './products.ts';

export type Choice = { value: string; name: Bilingual; hint: Bilingual; tone: Tone };
export type Step = {
  slug: 'base' | 'notes' | 'boite';
  field: string;
  many: boolean;
  title: Bilingual;
  lead: Bilingual;
  choices: Choice[];
};

const choice = (value: string, tone: Tone, fr: string, en: string, hintFr: string, hintEn: string): Choice => ({
  value,
  tone,
  name: { fr, en },
  hint: { fr: hintFr, en: hintEn },
});

export const steps: Step[] = [
  {
    slug: 'base',
    field: 'base',
    many: false,
    title: { fr: 'La base', en: 'The base' },
    lead: { fr: 'Elle donne le corps de la tasse. Choisissez-en une.', en: 'It gives the cup its body. Choose one.' },
    choices: [
      choice('noir', 'prune', 'Noir d’Assam', 'Assam black', 'Rond, malté, réveille', 'Round, malty, wakes you up'),
      choice('vert', 'celadon', 'Vert du Zhejiang', 'Zhejiang green', 'Clair, végétal, léger', 'Clear, green, light'),
      choice('blanc', 'ocre', 'Blanc du Fujian', 'Fujian white', 'Doux, floral, patient', 'Soft, floral, patient'),
      choice('rooibos', 'amarante', 'Rooibos', 'Rooibos', 'Sans théine, vanillé', 'Caffeine-free, vanilla'),
    ],
  },
  {
    slug: 'notes',
    field: 'notes',
    many: true,
    title: { fr: 'Les notes', en: 'The notes' },
    lead: {
      fr: 'Deux ou trois suffisent : au-delà, elles se disputent.',
      en: 'Two or three are enough: beyond that they quarrel.',
    },
    choices: [
      choice('rose', 'amarante', 'Rose', 'Rose', 'Pétales entiers', 'Whole petals'),
      choice('menthe', 'celadon', 'Menthe douce', 'Sweet mint', 'De Milly-la-Forêt', 'From Milly-la-Forêt'),
      choice('orange', 'ocre', 'Écorce d’orange', 'Orange peel', 'Séchée au soleil', 'Dried in the sun'),
      choice('bleuet', 'bleu', 'Bleuet', 'Cornflower', 'Pour la couleur', 'For the colour'),
      choice('cacao', 'prune', 'Cacao', 'Cocoa', 'Torréfié à Lyon', 'Roasted in Lyon'),
      choice('figue', 'amarante', 'Figue', 'Fig', 'Morceaux séchés', 'Dried pieces'),
    ],
  },
  {
    slug: 'boite',
    field: 'boite',
    many: false,
    title: { fr: 'La boîte', en: 'The tin' },
    lead: { fr: 'Cent grammes, dans la couleur de votre choix.', en: 'One hundred grams, in the colour you choose.' },
    choices: [
      choice('amarante', 'amarante', 'Amarante', 'Amaranth', 'La couleur de la maison', 'The colour of the house'),
      choice('celadon', 'celadon', 'Céladon', 'Celadon', 'Comme un émail ancien', 'Like an old glaze'),
      choice('ocre', 'ocre', 'Ocre', 'Ochre', 'Terre du Roussillon', 'Roussillon earth'),
      choice('bleu', 'bleu', 'Bleu de Loire', 'Loire blue', 'Un soir de juin', 'An evening in June'),
    ],
  },
];
