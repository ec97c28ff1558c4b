/** The three stores. Telephone numbers are from the range that is reserved for fiction. */
import type { Tone } from '../illustrations.ts';
import type { Bilingual } from './products.ts';

export type Store = {
  slug: string;
  name: string;
  city: string;
  address: string;
  phone: string;
  tone: Tone;
  hours: { days: Bilingual; time: Bilingual }[];
  text: Bilingual;
};

const closed = { fr: 'fermé', en: 'closed' };
const time = (from: string, to: string) => ({ fr: `${from} – ${to}`, en: `${from} – ${to}` });
const monday = { fr: 'Lundi', en: 'Monday' };
const week = { fr: 'Mardi – samedi', en: 'Tuesday – Saturday' };
const sunday = { fr: 'Dimanche', en: 'Sunday' };

export const stores: Store[] = [
  {
    slug: 'paris-marais',
    name: 'Paris Marais',
    city: 'Paris',
    address: '41 bis, rue des Francs-Bourgeois, 75004 Paris',
    phone: '01 99 00 41 41',
    tone: 'amarante',
    hours: [
      { days: monday, time: time('11 h', '19 h') },
      { days: week, time: time('10 h 30', '19 h 30') },
      { days: sunday, time: time('11 h', '19 h') },
    ],
    text: {
      fr: 'La première boutique, ouverte en 2009 dans une ancienne herboristerie. Les tiroirs sont d’époque, le thé non.',
      en: 'Our first shop, opened in 2009 in a former herbalist’s. The drawers are of the period, the tea is not.',
    },
  },
  {
    slug: 'lyon-presquile',
    name: 'Lyon Presqu’île',
    city: 'Lyon',
    address: '18, rue Auguste-Comte, 69002 Lyon',
    phone: '04 65 71 18 18',
    tone: 'bleu',
    hours: [
      { days: monday, time: closed },
      { days: week, time: time('10 h', '19 h') },
      { days: sunday, time: closed },
    ],
    text: {
      fr: 'Entre deux antiquaires, une salle de dégustation de douze places et le plus long comptoir des trois.',
      en: 'Between two antique dealers, a tasting room with twelve seats and the longest counter of the three.',
    },
  },
  {
    slug: 'bordeaux-chartrons',
    name: 'Bordeaux Chartrons',
    city: 'Bordeaux',
    address: '73, rue Notre-Dame, 33000 Bordeaux',
    phone: '05 36 49 73 73',
    tone: 'celadon',
    hours: [
      { days: monday, time: closed },
      { days: week, time: time('10 h', '19 h') },
      { days: sunday, time: time('10 h', '13 h') },
    ],
    text: {
      fr: 'Dans un chai rénové, au milieu des brocantes. Le dimanche matin, le thé est offert avec le journal.',
      en: 'In a converted wine store, among the antique shops. On Sunday mornings the tea comes with the newspaper.',
    },
  },
];
