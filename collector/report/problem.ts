/** Why a question about figures is not answered: a value, never a throw. */
import type { Words } from './words.ts';

/** @property code stable, for programs. @property field the part of the question that is wrong. */
export type Problem = { code: string; field: string; detail: string; detail_fr: string };

export const problem = (code: string, field: string, words: Words): Problem => ({
  code,
  field,
  detail: words.en,
  detail_fr: words.fr,
});

export const isProblem = (value: object): value is Problem => 'code' in value && 'detail_fr' in value;
