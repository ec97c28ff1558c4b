/** The demo brand's teas and tableware. */
import type { Drawing, Tone } from '../illustrations.ts';

export type Language = 'fr' | 'en';
export type Bilingual = Record<Language, string>;
export type CollectionSlug = 'thes' | 'vaisselle';

export type Product = {
  slug: string;
  collection: CollectionSlug;
  name: string;
  kind: Bilingual;
  euros: number;
  unit: Bilingual;
  drawing: Drawing;
  tone: Tone;
  lead: Bilingual;
  story: Bilingual;
  facts: { label: Bilingual; value: Bilingual }[];
};

const fact = (labelFr: string, labelEn: string, fr: string, en: string) => ({
  label: { fr: labelFr, en: labelEn },
  value: { fr, en },
});
const brew = (fr: string, en: string) => fact('Infusion', 'Brewing', fr, en);
const origin = (fr: string, en: string) => fact('Origine', 'Origin', fr, en);
const notes = (fr: string, en: string) => fact('Notes', 'Notes', fr, en);
const material = (fr: string, en: string) => fact('Matière', 'Material', fr, en);
const size = (fr: string, en: string) => fact('Dimensions', 'Size', fr, en);
const care = (fr: string, en: string) => fact('Entretien', 'Care', fr, en);
const tin = { fr: 'boîte de 100 g', en: '100 g tin' };
const piece = { fr: 'la pièce', en: 'each' };

export const products: Product[] = [
  {
    slug: 'jardin-d-amarante',
    collection: 'thes',
    name: 'Jardin d’Amarante',
    kind: { fr: 'Thé noir, rose et groseille', en: 'Black tea, rose and redcurrant' },
    euros: 16,
    unit: tin,
    drawing: 'tin',
    tone: 'amarante',
    lead: {
      fr: 'Le thé de la maison : un noir souple, une rose franche, une groseille qui réveille la fin de bouche.',
      en: 'The house tea: a supple black, an honest rose, and redcurrant to wake the finish.',
    },
    story: {
      fr: 'Nous le composons depuis la première boutique, rue des Francs-Bourgeois. Les pétales sont séchés entiers, à l’ombre, puis ajoutés à la main pour ne pas se briser. À boire l’après-midi, sans lait, ou glacé une nuit entière.',
      en: 'We have blended it since our first shop, rue des Francs-Bourgeois. The petals dry whole, in the shade, and are added by hand so that they do not break. Drink it in the afternoon without milk, or cold after a whole night.',
    },
    facts: [
      origin('Assam et Keemun', 'Assam and Keemun'),
      brew('90 °C · 4 minutes', '90 °C · 4 minutes'),
      notes('Rose, groseille, miel clair', 'Rose, redcurrant, light honey'),
    ],
  },
  {
    slug: 'brume-du-matin',
    collection: 'thes',
    name: 'Brume du matin',
    kind: { fr: 'Thé vert, verveine et menthe douce', en: 'Green tea, verbena and sweet mint' },
    euros: 15,
    unit: tin,
    drawing: 'tin',
    tone: 'celadon',
    lead: {
      fr: 'Un vert clair et matinal, rond comme une verveine du jardin, avec juste ce qu’il faut de menthe.',
      en: 'A clear morning green, round as garden verbena, with just enough mint.',
    },
    story: {
      fr: 'Les feuilles viennent d’un seul jardin du Zhejiang, cueillies avant les pluies d’avril. La verveine est du Velay, la menthe de Milly. L’eau ne doit jamais bouillir : elle frémit, on attend, on verse.',
      en: 'The leaves come from one garden in Zhejiang, picked before the April rains. The verbena is from Velay, the mint from Milly. The water must never boil: it shivers, one waits, one pours.',
    },
    facts: [
      origin('Zhejiang, Velay, Milly', 'Zhejiang, Velay, Milly'),
      brew('75 °C · 2 minutes', '75 °C · 2 minutes'),
      notes('Verveine, menthe, amande verte', 'Verbena, mint, green almond'),
    ],
  },
  {
    slug: 'nuit-de-velours',
    collection: 'thes',
    name: 'Nuit de velours',
    kind: { fr: 'Rooibos, cacao et vanille', en: 'Rooibos, cocoa and vanilla' },
    euros: 14,
    unit: tin,
    drawing: 'tin',
    tone: 'prune',
    lead: {
      fr: 'Une infusion sans théine pour les soirs longs : cacao torréfié, vanille, un souffle d’orange.',
      en: 'A caffeine-free cup for long evenings: roasted cocoa, vanilla, a breath of orange.',
    },
    story: {
      fr: 'Le cacao est concassé chez un chocolatier lyonnais, à deux rues de notre boutique. On le laisse infuser longtemps : il ne devient jamais amer, seulement plus profond.',
      en: 'The cocoa is cracked by a chocolate maker in Lyon, two streets from our shop. Let it brew for long: it never turns bitter, only deeper.',
    },
    facts: [
      origin('Cederberg', 'Cederberg'),
      brew('95 °C · 7 minutes', '95 °C · 7 minutes'),
      notes('Cacao, vanille, orange', 'Cocoa, vanilla, orange'),
    ],
  },
  {
    slug: 'grand-fume',
    collection: 'thes',
    name: 'Grand fumé',
    kind: { fr: 'Thé noir fumé au bois d’épicéa', en: 'Black tea smoked over spruce' },
    euros: 18,
    unit: tin,
    drawing: 'tin',
    tone: 'ocre',
    lead: {
      fr: 'Un feu de bois tenu à distance : la fumée est là, la feuille reste devant.',
      en: 'A wood fire kept at a distance: the smoke is there, the leaf stays in front.',
    },
    story: {
      fr: 'Fumé six heures au lieu de douze, au-dessus d’un lit d’épicéa. Il accompagne un comté vieux, une tarte aux noix ou un œuf à la coque ; il supporte mal la précipitation.',
      en: 'Smoked for six hours instead of twelve, over a bed of spruce. It goes with aged Comté, a walnut tart or a boiled egg; it does not like to be hurried.',
    },
    facts: [
      origin('Fujian', 'Fujian'),
      brew('92 °C · 3 minutes', '92 °C · 3 minutes'),
      notes('Épicéa, cuir, figue sèche', 'Spruce, leather, dried fig'),
    ],
  },
  {
    slug: 'theiere-ligerienne',
    collection: 'vaisselle',
    name: 'Théière Ligérienne',
    kind: { fr: 'Grès émaillé, 0,8 litre', en: 'Glazed stoneware, 0.8 litre' },
    euros: 78,
    unit: piece,
    drawing: 'teapot',
    tone: 'amarante',
    lead: {
      fr: 'Une théière ronde qui verse sans goutter, tournée puis émaillée deux fois.',
      en: 'A round teapot that pours without dripping, thrown and then glazed twice.',
    },
    story: {
      fr: 'Le bec est tiré à la main et son angle vérifié à l’eau, pièce par pièce. Le grès garde la chaleur une bonne demi-heure. L’émail amarante vient du manganèse : il n’y en a pas deux identiques.',
      en: 'The spout is pulled by hand and its angle tested with water, piece by piece. Stoneware keeps the heat for a good half hour. The amaranth glaze comes from manganese: no two are the same.',
    },
    facts: [
      material('Grès de la Loire', 'Loire stoneware'),
      size('22 × 14 × 13 cm', '22 × 14 × 13 cm'),
      care('À la main, sans savon', 'By hand, without soap'),
    ],
  },
  {
    slug: 'tasse-presquile',
    collection: 'vaisselle',
    name: 'Tasse Presqu’île',
    kind: { fr: 'Porcelaine fine, avec soucoupe', en: 'Fine porcelain, with saucer' },
    euros: 32,
    unit: piece,
    drawing: 'cup',
    tone: 'bleu',
    lead: {
      fr: 'Une porcelaine assez fine pour laisser passer la lumière, assez épaisse pour les mains distraites.',
      en: 'Porcelain thin enough to let the light through, thick enough for absent-minded hands.',
    },
    story: {
      fr: 'Dessinée pour la boutique de Lyon : l’anse accueille deux doigts, la soucoupe sert aussi de couvercle pour infuser à la tasse.',
      en: 'Drawn for the Lyon shop: the handle takes two fingers, and the saucer is also a lid to brew in the cup.',
    },
    facts: [
      material('Porcelaine de Limoges', 'Limoges porcelain'),
      size('18 cl · Ø 9 cm', '18 cl · Ø 9 cm'),
      care('Lave-vaisselle', 'Dishwasher safe'),
    ],
  },
  {
    slug: 'bol-chartrons',
    collection: 'vaisselle',
    name: 'Bol Chartrons',
    kind: { fr: 'Grès mat, pour le matin', en: 'Matt stoneware, for mornings' },
    euros: 24,
    unit: piece,
    drawing: 'bowl',
    tone: 'celadon',
    lead: {
      fr: 'Le bol du petit déjeuner, large et bas, qui se tient à deux mains.',
      en: 'The breakfast bowl, wide and low, held in both hands.',
    },
    story: {
      fr: 'Mat à l’extérieur pour ne pas glisser, brillant à l’intérieur pour que rien n’accroche. Il va du bol de thé au bouillon, et s’empile par six.',
      en: 'Matt outside so that it does not slip, glossy inside so that nothing sticks. It goes from tea to broth and stacks by six.',
    },
    facts: [
      material('Grès', 'Stoneware'),
      size('45 cl · Ø 15 cm', '45 cl · Ø 15 cm'),
      care('Lave-vaisselle, four doux', 'Dishwasher, low oven'),
    ],
  },
  {
    slug: 'assiette-plume',
    collection: 'vaisselle',
    name: 'Assiette Plume',
    kind: { fr: 'Porcelaine, décor à la plume', en: 'Porcelain, feather pattern' },
    euros: 36,
    unit: piece,
    drawing: 'plate',
    tone: 'ocre',
    lead: {
      fr: 'Une assiette à dessert dont le bord porte des plumes d’amarante, peintes au trait.',
      en: 'A dessert plate whose rim carries amaranth plumes, painted in one stroke.',
    },
    story: {
      fr: 'Le décor est posé sous l’émail, d’un seul geste, par deux peintres à Limoges. Nous gardons les petites irrégularités : elles sont signées au revers.',
      en: 'The pattern is laid under the glaze, in a single gesture, by two painters in Limoges. We keep the small irregularities: they are signed on the back.',
    },
    facts: [
      material('Porcelaine de Limoges', 'Limoges porcelain'),
      size('Ø 21 cm', 'Ø 21 cm'),
      care('Lave-vaisselle', 'Dishwasher safe'),
    ],
  },
];

export const collections: Record<CollectionSlug, { name: Bilingual; lead: Bilingual }> = {
  thes: {
    name: { fr: 'Les thés', en: 'Teas' },
    lead: {
      fr: 'Quatre compositions, et pas une de plus : celles que nous buvons nous-mêmes, toute l’année.',
      en: 'Four blends and not one more: those we drink ourselves, all year round.',
    },
  },
  vaisselle: {
    name: { fr: 'La vaisselle', en: 'Tableware' },
    lead: {
      fr: 'Des pièces faites en France, par cinq ateliers dont nous connaissons les prénoms.',
      en: 'Pieces made in France, by five workshops whose people we know by first name.',
    },
  },
};
