/** Dimensions of imported figures. The position is what is stored: append only. */
export const IMPORTED_DIMENSIONS = [
  'total',
  'page',
  'entry_page',
  'exit_page',
  'channel',
  'source',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'country',
  'city',
  'device',
  'browser',
  'os',
  'language',
  'event',
  'source_channel',
] as const;
/** Stands between the two values of `source_channel`; no stored text contains it. */
export const BETWEEN = '\n';
export type ImportedDimension = (typeof IMPORTED_DIMENSIONS)[number];

/** Null: the export has no such figure. */
export type ImportedSums = { pageviews: number | null; visits: number | null; visitors: number | null; events: number | null };
export type ImportedCell = ImportedSums & { dimension: ImportedDimension; day: number; value: string };
export const positionOf = (dimension: ImportedDimension): number => IMPORTED_DIMENSIONS.indexOf(dimension);
