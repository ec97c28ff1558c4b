/** How often one token or account may ask. Counted by the platform in each location, so it protects the databases and is no quota. */
import { prefixOf } from '../collect/address-prefix.ts';
import type { Caller } from './caller.ts';
import { problem } from './problem.ts';

/** As wrangler.toml has them: requests a minute, for each token or account and location. */
export const REQUESTS_A_MINUTE = 600;
/** Of those that read or write much: raw facts, archives, imports. */
export const HEAVY_A_MINUTE = 30;
const PERIOD_S = 60;

const tooMany = (limit: string) =>
  problem(429, 'too_many_requests', `There were more than ${limit}. Wait a minute.`, {}, { 'retry-after': String(PERIOD_S) });

/** Before anything is read: a stranger with invented tokens is one network like any other. */
export async function refuseFlood(env: Partial<Env>, request: Request): Promise<Response | null> {
  if (!env.SHEDDER) return null;
  const network = prefixOf(request.headers.get('cf-connecting-ip') ?? '');
  const { success } = await env.SHEDDER.limit({ key: `api ${network}` });
  return success
    ? null
    : problem(429, 'too_many_requests', 'Too many requests come from your network.', {}, { 'retry-after': '10' });
}

/** @param heavy counts against the smaller limit, too. */
export async function refuseOverLimit(env: Partial<Env>, caller: Caller, heavy: boolean): Promise<Response | null> {
  if (env.API_LIMIT && !(await env.API_LIMIT.limit({ key: caller.key })).success)
    return tooMany(`${REQUESTS_A_MINUTE} requests a minute`);
  if (heavy && env.HEAVY_LIMIT && !(await env.HEAVY_LIMIT.limit({ key: caller.key })).success)
    return tooMany(`${HEAVY_A_MINUTE} exports and imports a minute`);
  return null;
}
