/** POST /query: any figures of a site. */
import { answerQuery } from '../../report/answers.ts';
import { readQuery } from '../../report/query.ts';
import { queryShape } from '../../report/query-shape.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint, parsedBody } from '../endpoint.ts';
import { faultProblem } from '../problem.ts';
import { queryAnswer } from '../shapes.ts';

const BODY_BYTES = 65_536;
/** Kept as it came: the answer repeats it, and the site is looked at first, so that strangers learn nothing from faults. */
const asSent = (value: unknown): { value: unknown } => ({ value });

export const query = endpoint({
  method: 'post',
  path: '/query',
  name: 'query',
  summary: 'Figures by metric, dimension, time and filter',
  scope: 'read',
  params: {},
  body: parsedBody<{ value: unknown }>(queryShape, BODY_BYTES, asSent),
  answers: [{ status: 200, type: 'application/json', description: 'The figures.', schema: queryAnswer }],
  handle: async ({ env, caller, body: { value }, nowMs }) => {
    const key = typeof value === 'object' && value !== null && 'site' in value ? value.site : undefined;
    const site = siteFor(caller, key, 'read');
    if (site instanceof Response) return site;
    const asked = readQuery(value);
    if ('code' in asked) return faultProblem(asked);
    const result = await answerQuery(env, site, asked, nowMs);
    return 'code' in result ? faultProblem(result) : answer({ ...result, query: value });
  },
});
