/** POST /link-tokens: tokens for the links of a mailing, one for each person it goes to. */
import * as v from 'valibot';
import { LINK_DAYS, type LinkWish, makeLinkTokens } from '../../people/link-tokens.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint, jsonBody } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { instant, iso } from '../shapes.ts';

const MOST = 500;
const ids = (what: string) =>
  v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(MOST), v.description(what)));
const wanted = v.object({
  site: v.optional(v.pipe(v.string(), v.maxLength(40))),
  persons: ids('Ids of persons.'),
  opt_ins: ids('Ids of confirmed opt-ins, as a webhook or the list names them: the token is for the person behind each.'),
});
const made = v.object({
  id: v.pipe(v.string(), v.description('As it was sent.')),
  person: v.optional(v.string()),
  token: v.optional(v.pipe(v.string(), v.description('Shown this once.'))),
  fragment: v.optional(v.pipe(v.string(), v.description('To append to any link to the site.'))),
  expires_at: v.optional(instant),
  error: v.optional(
    v.pipe(
      v.picklist(['unknown', 'not_confirmed']),
      v.description('No such id here; or no confirmed opt-in stands, so nobody may be written to.'),
    ),
  ),
});

export const linkTokens = endpoint({
  method: 'post',
  path: '/link-tokens',
  name: 'makeLinkTokens',
  summary: 'Make tokens for the links of a mailing',
  description: `Append “#k=TOKEN” to links in a mail: whoever opens one, in engagement mode, is a known visitor from then on, and the person's visits are joined where the person agreed to that on the web. At most ${MOST} a request. A token is good for ${LINK_DAYS} days and a few browsers, opens no data, and ends when the person withdraws.`,
  scope: 'write',
  changes: true,
  params: {},
  body: jsonBody(wanted),
  answers: [
    {
      status: 201,
      type: 'application/json',
      description: 'One result for each id, persons first, in the order they were sent.',
      schema: v.object({ results: v.array(made) }),
    },
  ],
  handle: async ({ env, caller, body, nowMs, random }) => {
    const site = siteFor(caller, body.site, 'write');
    if (site instanceof Response) return site;
    const wishes: LinkWish[] = [
      ...(body.persons ?? []).map((id) => ({ id, of: 'person' as const })),
      ...(body.opt_ins ?? []).map((id) => ({ id, of: 'opt-in' as const })),
    ];
    if (wishes.length === 0 || wishes.length > MOST)
      return problem(400, 'bad_body', `Send 1 to ${MOST} ids in “persons” and “opt_ins”.`, { field: 'persons' });
    const links = await makeLinkTokens(env.PEOPLE, site.id, wishes, nowMs, random);
    return answer(
      {
        results: links.map((link) =>
          'error' in link
            ? link
            : {
                id: link.id,
                person: link.person,
                token: link.token,
                fragment: `#k=${link.token}`,
                expires_at: iso(link.expiresAt),
              },
        ),
      },
      201,
    );
  },
});
