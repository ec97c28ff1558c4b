/** What every component is given: the reader's language, the words and numbers in it, and where the reader is. */
import type { Language, Words } from '../collector/report/metric.ts';
import { type Format, makeFormat } from './format.ts';
import { setType } from './typography.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export type Ui = {
  language: Language;
  theme: Theme;
  /** The address shown, for links that change one thing of it. */
  url: URL;
  nowMs: number;
  say: (words: Words) => string;
  format: Format;
};

export function makeUi(options: { language: Language; theme: Theme; url: URL; nowMs: number; zone: string }): Ui {
  const { language, zone, nowMs } = options;
  return {
    language,
    nowMs,
    theme: options.theme,
    url: options.url,
    say: (words) => setType(words[language], language),
    format: makeFormat(language, zone, nowMs),
  };
}
