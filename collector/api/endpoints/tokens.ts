/** /tokens: making, listing and revoking tokens. A token hands on no more than it has. */
import * as v from 'valibot';
import { listTokens, revokeToken } from '../../access/list-tokens.ts';
import { cleanTokenName, makeToken, SCOPES, TOKEN_NAME_CHARS } from '../../access/tokens.ts';
import { openSites, siteFor } from '../caller.ts';
import { answer, endpoint, jsonBody } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { instant, iso, isoOrNull, listOf } from '../shapes.ts';

const token = v.object({
  id: v.string(),
  name: v.string(),
  scopes: v.array(v.picklist(SCOPES)),
  sites: v.pipe(v.array(v.string()), v.description('Keys of those of its sites that you manage.')),
  created_by: v.nullable(v.string()),
  created_at: instant,
  last_used_at: v.pipe(v.nullable(instant), v.description('Exact to the hour.')),
});
const wanted = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(TOKEN_NAME_CHARS)),
  scopes: v.pipe(v.array(v.picklist(SCOPES)), v.minLength(1), v.maxLength(SCOPES.length)),
  sites: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(100)),
});
const made = v.object({ id: v.string(), token: v.pipe(v.string(), v.description('Shown this once.')) });

export const tokens = endpoint({
  method: 'get',
  path: '/tokens',
  name: 'listTokens',
  summary: 'The tokens of the sites you manage; never the token itself',
  scope: 'admin',
  params: {},
  answers: [{ status: 200, type: 'application/json', description: 'The tokens.', schema: listOf(token) }],
  handle: async ({ env, caller }) => {
    const open = openSites(caller, 'admin');
    if (open instanceof Response) return open;
    const listed = await listTokens(
      env.PEOPLE,
      open.map(({ id }) => id),
    );
    return answer({
      results: listed.map(({ id, name, scopes, sites, createdBy, createdAt, lastUsedAt }) => ({
        id,
        name,
        scopes,
        sites,
        created_by: createdBy,
        created_at: iso(createdAt),
        last_used_at: isoOrNull(lastUsedAt),
      })),
    });
  },
});

export const makeOne = endpoint({
  method: 'post',
  path: '/tokens',
  name: 'makeToken',
  summary: 'Make a token for some of your sites',
  scope: 'admin',
  changes: true,
  params: {},
  body: jsonBody(wanted),
  answers: [{ status: 201, type: 'application/json', description: 'The token, shown this once.', schema: made }],
  handle: async ({ env, caller, body, nowMs, random }) => {
    const name = cleanTokenName(body.name);
    if (name === '') return problem(400, 'bad_body', 'The name is empty.', { field: 'name' });
    const sites: number[] = [];
    for (const key of new Set(body.sites)) {
      const site = siteFor(caller, key, 'admin');
      if (site instanceof Response) return site;
      const mine = caller.sites.find((one) => one.site.id === site.id)?.scopes ?? [];
      const more = caller.via === 'token' ? body.scopes.find((scope) => !mine.includes(scope)) : undefined;
      if (more) return problem(403, 'missing_scope', `This token has no scope “${more}” to hand on.`, { field: 'scopes' });
      sites.push(site.id);
    }
    const scopes = [...new Set(body.scopes)];
    return answer(await makeToken(env.PEOPLE, { name, scopes, sites, createdBy: caller.userId }, nowMs, random), 201);
  },
});

export const revokeOne = endpoint({
  method: 'delete',
  path: '/tokens/{id}',
  name: 'revokeToken',
  summary: 'Revoke a token, at once and for good',
  scope: 'admin',
  changes: true,
  params: { id: v.pipe(v.string(), v.maxLength(40)) },
  answers: [
    {
      status: 200,
      type: 'application/json',
      description: 'It opens nothing any more.',
      schema: v.object({ revoked: v.string() }),
    },
  ],
  handle: async ({ env, caller, params, nowMs }) => {
    const open = openSites(caller, 'admin');
    if (open instanceof Response) return open;
    const sites = open.map(({ id }) => id);
    return (await revokeToken(env.PEOPLE, params.id, sites, nowMs))
      ? answer({ revoked: params.id })
      : problem(404, 'unknown_token', 'There is no such token here.', { field: 'id' });
  },
});
