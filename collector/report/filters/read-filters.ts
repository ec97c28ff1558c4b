/** Untrusted filters become typed ones: `["is", "page", ["/a"]]`, `["and", [ … ]]`, `["or", [ … ]]`, `["not", … ]`. */
import * as v from 'valibot';
import { cleanText } from '../../store/clean-text.ts';
import { dimensionOf } from '../dimensions.ts';
import { isProblem, type Problem, problem } from '../problem.ts';
import { type Condition, conditionsOf, FILTER_LIMITS, type Filter, OPERATORS } from './filter.ts';

const condition = v.union([
  v.strictTuple([v.picklist(OPERATORS), v.string(), v.pipe(v.array(v.string()), v.minLength(1))]),
  v.strictTuple([
    v.picklist(OPERATORS),
    v.string(),
    v.pipe(v.array(v.string()), v.minLength(1)),
    v.strictObject({ case_sensitive: v.boolean() }),
  ]),
]);
const several = v.strictTuple([v.picklist(['and', 'or']), v.pipe(v.array(v.unknown()), v.minLength(1))]);
const not = v.strictTuple([v.literal('not'), v.unknown()]);

const bad = (fr: string, en: string, code = 'bad_filter') => problem(code, 'filters', { fr, en });
const tooMany = () =>
  bad(
    `Au plus ${FILTER_LIMITS.conditions} conditions, ${FILTER_LIMITS.values} valeurs en tout, ${FILTER_LIMITS.depth} niveaux.`,
    `At most ${FILTER_LIMITS.conditions} conditions, ${FILTER_LIMITS.values} values in all, ${FILTER_LIMITS.depth} levels.`,
    'too_many_filters',
  );

function readCondition(raw: unknown): Condition | Problem {
  const parsed = v.safeParse(condition, raw);
  if (!parsed.success)
    return bad(
      `Un filtre s'écrit ["is", "page", ["/a"]] ; opérateurs : ${OPERATORS.join(', ')}, et and, or, not.`,
      `A filter is written ["is", "page", ["/a"]]; operators: ${OPERATORS.join(', ')}, and and, or, not.`,
    );
  const [op, name, values, options] = parsed.output;
  const dimension = dimensionOf(name);
  const shown = cleanText(name, 60);
  if (!dimension) return bad(`La dimension « ${shown} » n'existe pas.`, `There is no dimension “${shown}”.`, 'unknown_dimension');
  if (dimension.bucket)
    return bad(
      `Le temps se choisit par date_range, pas par un filtre sur ${dimension.name}.`,
      `Time is chosen by date_range, not by a filter on ${dimension.name}.`,
      'not_filterable',
    );
  if (values.some((value) => value.length > FILTER_LIMITS.chars))
    return bad(
      `Une valeur a au plus ${FILTER_LIMITS.chars} caractères.`,
      `A value has at most ${FILTER_LIMITS.chars} characters.`,
      'too_long',
    );
  return { op, dimension, values: [...new Set(values)], ignoresCase: options?.case_sensitive === false };
}

/** Groups of one are the one: what is left has one form only. */
function readFilter(raw: unknown, depth: number): Filter | Problem {
  if (depth > FILTER_LIMITS.depth) return tooMany();
  const group = v.safeParse(several, raw);
  if (group.success) {
    const [op, parts] = group.output;
    if (parts.length > FILTER_LIMITS.conditions) return tooMany();
    const of: Filter[] = [];
    for (const part of parts) {
      const read = readFilter(part, depth + 1);
      if (isProblem(read)) return read;
      of.push(read);
    }
    const [only] = of;
    return of.length === 1 && only ? only : { op, of };
  }
  const negated = v.safeParse(not, raw);
  if (!negated.success) return readCondition(raw);
  const of = readFilter(negated.output[1], depth + 1);
  return isProblem(of) ? of : { op: 'not', of };
}

/** @returns the filters, all of which must hold; a problem names what is wrong with them. */
export function readFilters(raw: readonly unknown[]): Filter[] | Problem {
  if (raw.length > FILTER_LIMITS.conditions) return tooMany();
  const filters: Filter[] = [];
  for (const one of raw) {
    const read = readFilter(one, 1);
    if (isProblem(read)) return read;
    filters.push(read);
  }
  const conditions = conditionsOf(filters);
  const values = conditions.reduce((sum, c) => sum + c.values.length, 0);
  return conditions.length > FILTER_LIMITS.conditions || values > FILTER_LIMITS.values ? tooMany() : filters;
}
