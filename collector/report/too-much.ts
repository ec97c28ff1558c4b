/** The problem of a question that would read too many facts: it says what to leave out. */
import { type Problem, problem } from './problem.ts';
import type { Question } from './question.ts';
import { dimensionsIn } from './rollup-plan.ts';

/** @param rows about how many facts it would read. */
export function tooMuch({ query, spans, rowBudget }: Question, rows: number): Problem {
  const [first] = spans;
  const days = first ? first.span.to - first.span.from + 1 : 1;
  const fewer = Math.max(1, Math.floor((days * rowBudget) / rows));
  const named = [...new Set(dimensionsIn(query).flatMap((d) => (d.bucket ? [] : [d.name])))].join(', ');
  const fr = named ? `, ou enlevez une dimension ou un filtre parmi ${named}` : '';
  const en = named ? `, or leave out a dimension or filter of ${named}` : '';
  return problem('too_much', 'date_range', {
    fr: `Cette question lirait environ ${rows} lignes ; ${rowBudget} au plus. Demandez ${fewer} jours environ${fr}.`,
    en: `This question would read about ${rows} rows; at most ${rowBudget}. Ask for about ${fewer} days${en}.`,
  });
}
