/** GET /members: the accounts that may see a site. Addresses of colleagues, so for those who manage it. */
import * as v from 'valibot';
import { listMembers } from '../../access/list-members.ts';
import { ROLES } from '../../access/roles.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint } from '../endpoint.ts';
import { listOf, siteParameter } from '../shapes.ts';

const member = v.object({ name: v.string(), email: v.string(), role: v.picklist(ROLES), store: v.nullable(v.number()) });

export const members = endpoint({
  method: 'get',
  path: '/members',
  name: 'listMembers',
  summary: 'The accounts that may see a site, with their roles',
  scope: 'admin',
  params: { site: siteParameter },
  answers: [{ status: 200, type: 'application/json', description: 'The members.', schema: listOf(member) }],
  handle: async ({ env, caller, params }) => {
    const site = siteFor(caller, params.site, 'admin');
    return site instanceof Response ? site : answer({ results: await listMembers(env.PEOPLE, site.id) });
  },
});
