/** GET /sites: the sites a token or an account may read. */
import * as v from 'valibot';
import { answer, endpoint } from '../endpoint.ts';
import { instant, iso, listOf } from '../shapes.ts';

const site = v.object({
  key: v.string(),
  name: v.string(),
  hosts: v.array(v.string()),
  time_zone: v.string(),
  language: v.picklist(['fr', 'en']),
  created_at: instant,
  scopes: v.array(v.string()),
});

export const sites = endpoint({
  method: 'get',
  path: '/sites',
  name: 'listSites',
  summary: 'The sites open to this token, and what it may do there',
  scope: null,
  params: {},
  answers: [{ status: 200, type: 'application/json', description: 'The sites.', schema: listOf(site) }],
  handle: ({ caller }) =>
    answer({
      results: caller.sites
        .filter(({ scopes }) => scopes.length > 0)
        .map(({ site: { key, name, hosts, zone, language, createdAt }, scopes }) => ({
          key,
          name,
          hosts,
          time_zone: zone,
          language,
          created_at: iso(createdAt),
          scopes,
        })),
    }),
});
