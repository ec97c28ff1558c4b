/** The overview of a view: out of one pass where it can be, query by query where something is filtered or imported. */
import { shardFor } from '../store/shards.ts';
import type { Site } from '../store/sites.ts';
import { settleRange } from './beginning.ts';
import { comparedSpan } from './compared-span.ts';
import { type OverviewParts, readFilteredOverview } from './filtered-overview.ts';
import type { Filter } from './filters/filter.ts';
import { readImportedDays } from './imported.ts';
import { readStoreNames } from './labels.ts';
import { latestOptIns } from './opt-ins.ts';
import { readOverview } from './overview.ts';
import type { ViewedTime } from './overview-plan.ts';
import { resolveRange, type SettledRange } from './period.ts';
import { isProblem, type Problem } from './problem.ts';
import type { ReportDatabases } from './run-query.ts';

type Options = ViewedTime & { filters: readonly Filter[] };
const OPT_INS = 6;

/** Whether a day of the period, or of the one it is compared with, comes from another tool. */
async function isImported(
  env: ReportDatabases,
  site: Site,
  { range, compare, matchWeekdays }: ViewedTime<SettledRange>,
  nowMs: number,
): Promise<boolean> {
  const span = resolveRange(site, range, nowMs);
  const from = comparedSpan(site, span, compare, matchWeekdays)?.from ?? span.from;
  return (await readImportedDays(shardFor(env, site), site.id, Math.min(from, span.from), span.to)).days !== null;
}

/** @returns a problem when a filtered view is too much to read. */
export async function readAnyOverview(
  env: ReportDatabases,
  site: Site,
  asked: Options,
  nowMs: number,
): Promise<OverviewParts | Problem> {
  const options = { ...asked, range: await settleRange(env, site, asked.range, nowMs) };
  if (options.filters.length > 0) return readFilteredOverview(env, site, options, nowMs);
  if (!(await isImported(env, site, options, nowMs))) return readOverview(env, site, options, nowMs);
  const parts = await readFilteredOverview(env, site, options, nowMs);
  if (isProblem(parts)) return parts;
  const names = await readStoreNames(env.PEOPLE, site.id);
  return { ...parts, optIns: { ...parts.optIns, latest: await latestOptIns(env.PEOPLE, site.id, names, OPT_INS) } };
}
