/** Texts for people, in the languages of the product. */
export type Language = 'fr' | 'en';
export type Words = { fr: string; en: string };
