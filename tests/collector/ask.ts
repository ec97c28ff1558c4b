/** Asks reports as the API does; a problem is a failed test. */
import { env } from 'cloudflare:test';
import { isProblem, type Problem, type Query, readQuery } from '../../collector/report/query.ts';
import type { QueryResult } from '../../collector/report/result.ts';
import { runQuery } from '../../collector/report/run-query.ts';
import type { Site } from '../../collector/store/sites.ts';

export function toQuery(body: Record<string, unknown>): Query {
  const read = readQuery(body);
  if (isProblem(read)) throw new Error(`${read.code} ${read.field}: ${read.detail}`);
  return read;
}

/** Small cells are told: what is checked is exactness. @param rowBudget facts that may be read; as many as in production when absent. */
export const tryAsk = (
  site: Site,
  body: Record<string, unknown>,
  nowMs: number,
  rowBudget?: number,
): Promise<QueryResult | Problem> => runQuery(env, site, { ...toQuery(body), showsSmall: true }, nowMs, rowBudget);

export async function ask(site: Site, body: Record<string, unknown>, nowMs: number): Promise<QueryResult> {
  const answer = await tryAsk(site, body, nowMs);
  if (isProblem(answer)) throw new Error(`${answer.code} ${answer.field}: ${answer.detail}`);
  return answer;
}
