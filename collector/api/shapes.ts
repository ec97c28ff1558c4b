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
const row = v.looseObject({
  dimensions: v.array(v.string()),
  metrics: v.pipe(v.array(measured), v.description('In the order asked for; null is “not measured”.')),
  comparison: v.optional(v.looseObject({ metrics: v.array(measured), change: v.array(measured) })),
  imported: v.optional(v.pipe(v.literal(true), v.description('Some of it was measured by another tool.'))),
  suppressed: v.optional(
    v.pipe(
      v.array(v.string()),
      v.description('Metrics that are null because they tell of fewer than ten persons, or would of another row.'),
    ),
  ),
});
const why = v.looseObject({ code: v.pipe(v.string(), v.description('Stable.')), fr: v.string(), en: v.string() });
/** The answer of a query, as report/result.ts describes it. */
export const queryAnswer = v.object({
  results: v.array(row),
  totals: v.pipe(row, v.description('The same question without its dimensions; not the sum of the rows.')),
  meta: v.looseObject({
    coverage: v.record(v.string(), v.number()),
    not_measured: v.pipe(v.record(v.string(), why), v.description('Why a metric is null somewhere, by metric.')),
    source: v.picklist(['rollup', 'raw']),
    rows_read: v.number(),
    updating: v.boolean(),
    from: v.string(),
    to: v.string(),
    total_rows: v.number(),
    imported: v.optional(
      v.pipe(
        v.looseObject({
          from: v.string(),
          to: v.string(),
          days: v.number(),
          tools: v.array(v.string()),
          metrics: v.array(v.string()),
        }),
        v.description('Days whose figures were imported from another tool, and the metrics they are in.'),
      ),
    ),
  }),
  query: v.unknown(),
});
