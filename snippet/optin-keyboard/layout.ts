/** The keys: letters where the hand expects them, what addresses are made of, and the mail houses of the country. */
export type Layout = {
  name: string;
  /** A key whose sign says nothing to a screen reader has a name: `sign=name`. */
  rows: string[][];
  chips: string[];
  erase: string;
};

const rowsOf = (letters: string, signs: string): string[][] => [...letters.split(' ').map((row) => [...row]), signs.split(' ')];

const LAYOUTS: Record<'fr' | 'en', Layout> = {
  fr: {
    name: 'Clavier',
    rows: rowsOf('1234567890 azertyuiop qsdfghjklm wxcvbn', "@=arobase .=point _=souligné -=tiret +=plus '=apostrophe"),
    chips: ['gmail.com', 'orange.fr', 'free.fr', 'hotmail.fr', 'yahoo.fr', 'sfr.fr', 'laposte.net', 'icloud.com'],
    erase: 'effacer',
  },
  en: {
    name: 'Keyboard',
    rows: rowsOf('1234567890 qwertyuiop asdfghjkl zxcvbnm', "@=at .=dot _=underscore -=hyphen +=plus '=apostrophe"),
    chips: ['gmail.com', 'outlook.com', 'hotmail.com', 'icloud.com', 'yahoo.com'],
    erase: 'erase',
  },
};

export const layoutOf = (language: string): Layout => LAYOUTS[/^fr/.test(language) ? 'fr' : 'en'];
