/** Shapes that several addresses take or answer with. */
import * as v from 'valibot';

export const siteParameter = v.optional(
  v.pipe(v.string(), v.maxLength(40), v.description('Key of the site; may be left out where there is only one.')),
);
/** Instants in answers: ISO 8601 in UTC. */
export const instant = v.pipe(v.string(), v.isoTimestamp());
export const iso = (at: number): string => new Date(at).toISOString();
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** A list is an object, so that more can be said about it one day. */
export const listOf = <S extends v.GenericSchema>(items: S) => v.object({ results: v.array(items) });

const measured = v.nullable(v.number());
/** The answer of a query, as report/result.ts describes it. */
export const queryAnswer = v.object({
  results: v.array(
    v.looseObject({
      dimensions: v.array(v.string()),
      metrics: v.pipe(v.array(measured), v.description('In the order asked for; null is “not measured”.')),
      comparison: v.optional(v.looseObject({ metrics: v.array(measured), change: v.array(measured) })),
    }),
  ),
  meta: v.looseObject({
    coverage: v.record(v.string(), v.number()),
    not_measured: v.pipe(v.record(v.string(), v.string()), v.description('Why a metric is null, by metric.')),
    source: v.picklist(['rollup', 'raw']),
    rows_read: v.number(),
    updating: v.boolean(),
    from: v.string(),
    to: v.string(),
  }),
  query: v.unknown(),
});
