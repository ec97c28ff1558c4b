/** POST /opt-ins/{id}/confirm: the brand's own e-mail tool owns the double opt-in, and says that the person confirmed. */
import * as v from 'valibot';
import { confirmByTool } from '../../people/confirm-by-tool.ts';
import { openSites } from '../caller.ts';
import { answer, endpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';

export const confirmOptIn = endpoint({
  method: 'post',
  path: '/opt-ins/{id}/confirm',
  name: 'confirmOptIn',
  summary: "Say that a person confirmed in the brand's own e-mail tool",
  description:
    'For sites where that tool confirms opt-ins. The id comes with the webhook “optin.submitted”. Calling again is a success. An opt-in that our own mail is to confirm is refused: only the mailbox proves it.',
  scope: 'write',
  changes: true,
  params: { id: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/, 'An opt-in’s id is 24 hex digits.')) },
  answers: [
    {
      status: 200,
      type: 'application/json',
      description: 'It is confirmed, now or before.',
      schema: v.object({ id: v.string(), state: v.literal('confirmed') }),
    },
  ],
  problems: [
    [409, 'It is not the tool’s to confirm, is held, or was withdrawn; “code” says which.'],
    [410, 'Nobody confirmed it in time.'],
  ],
  handle: async ({ env, caller, params: { id }, nowMs }) => {
    const open = openSites(caller, 'write');
    if (open instanceof Response) return open;
    const sites = open.map((site) => site.id);
    switch (await confirmByTool(env, sites, id, caller.key, nowMs)) {
      case 'confirmed':
        return answer({ id, state: 'confirmed' });
      case 'unknown':
        return problem(404, 'unknown_opt_in', 'There is no such opt-in here.', { field: 'id' });
      case 'not_the_tools':
        return problem(409, 'not_the_tools', 'Our own mail is to confirm this opt-in.', { field: 'id' });
      case 'held':
        return problem(409, 'opt_in_held', 'It waits for somebody’s decision on the dashboard.', { field: 'id' });
      case 'withdrawn':
        return problem(409, 'opt_in_withdrawn', 'The person has withdrawn it.', { field: 'id' });
      case 'expired':
        return problem(410, 'opt_in_expired', 'Nobody confirmed it within 30 days; the address is gone.', { field: 'id' });
    }
  },
});
