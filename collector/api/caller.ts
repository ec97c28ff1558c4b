/** Who asks: a program with a token, or somebody signed in to the dashboard, and what either may do on which site. */
import { viewerOf } from '../access/accounts.ts';
import { can, type Role } from '../access/roles.ts';
import { bearerOf, type Scope } from '../access/tokens.ts';
import type { Site } from '../store/sites.ts';
import { problem } from './problem.ts';

export type Caller = {
  /** Whose requests are counted together. */
  key: string;
  via: 'token' | 'cookie';
  userId: string | null;
  sites: { site: Site; scopes: readonly Scope[] }[];
};

/** What a role may do through the API. Nobody sends hits with a cookie. */
const scopesOf = (role: Role): Scope[] => [
  ...(can(role, 'see_figures') ? (['read'] as const) : []),
  ...(can(role, 'export_facts') ? (['export'] as const) : []),
  ...(can(role, 'manage_site') ? (['admin'] as const) : []),
];

/** A token in the header decides alone, also when a cookie came with it. */
export async function callerOf(
  env: Env,
  request: Request,
  nowMs: number,
  later: (work: Promise<unknown>) => void,
): Promise<Caller | Response> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const bearer = token ? await bearerOf(env.PEOPLE, token, nowMs, later) : null;
    if (!bearer)
      return problem(
        401,
        'bad_token',
        'The token is unknown or revoked.',
        {},
        { 'www-authenticate': 'Bearer error="invalid_token"' },
      );
    const { id, scopes, sites } = bearer;
    return { key: `token ${id}`, via: 'token', userId: null, sites: sites.map((site) => ({ site, scopes })) };
  }
  const viewer = await viewerOf(env, request);
  if (!viewer)
    return problem(
      401,
      'not_signed_in',
      'Send “Authorization: Bearer <token>”, or sign in.',
      {},
      { 'www-authenticate': 'Bearer' },
    );
  const sites = viewer.sites.map(({ site, role }) => ({ site, scopes: scopesOf(role) }));
  return { key: `user ${viewer.userId}`, via: 'cookie', userId: viewer.userId, sites };
}

/** The sites on which the caller may do this. */
export const sitesFor = (caller: Caller, scope: Scope): Site[] =>
  caller.sites.filter(({ scopes }) => scopes.includes(scope)).map(({ site }) => site);

const missing = (scope: Scope) => problem(403, 'missing_scope', `The token lacks the scope “${scope}”.`, { scope });

/** The sites on which the caller may do this, or why there is none. */
export function openSites(caller: Caller, scope: Scope): Site[] | Response {
  const open = sitesFor(caller, scope);
  if (open.length > 0) return open;
  return caller.via === 'token' ? missing(scope) : problem(403, 'not_allowed', 'Your account may not do this on any site.');
}

/**
 * The site a request is about: the one it names, or the only one there is. A site that is not there, not the caller's or not for
 * the caller's role looks the same; a token is told which scope it lacks, as it knows its sites.
 */
export function siteFor(caller: Caller, key: unknown, scope: Scope): Site | Response {
  if (caller.via === 'token' && !caller.sites.some(({ scopes }) => scopes.includes(scope))) return missing(scope);
  const open = sitesFor(caller, scope);
  if (key === undefined) {
    const [only, ...others] = open;
    return only && others.length === 0
      ? only
      : problem(400, 'site_needed', 'Say which site: “site” is its key.', { field: 'site' });
  }
  return open.find((site) => site.key === key) ?? problem(404, 'unknown_site', 'There is no such site here.', { field: 'site' });
}
