/** JSON answers carry a tag; a program that sends it back with the same question is told when it has the answer already. */
import { hasTag, tagOf } from '../report/entity-tag.ts';
import type { Endpoint } from './endpoint.ts';
import { problem } from './problem.ts';

/** Whether an address answers JSON and changes nothing. */
export const isSpared = ({ changes, answers }: Endpoint): boolean =>
  !changes && answers.some(({ status, type }) => status === 200 && type === 'application/json');

/** @returns 304 to a GET whose answer the program has, 412 to a POST (RFC 9110 §13.1.2), else the answer with its tag. */
export async function sparing(request: Request, response: Response): Promise<Response> {
  if (response.status !== 200 || !response.headers.get('content-type')?.startsWith('application/json')) return response;
  const body = await response.text();
  const headers = new Headers(response.headers);
  const tag = await tagOf(body);
  headers.set('etag', tag);
  if (!hasTag(request.headers.get('if-none-match'), tag)) return new Response(body, { status: 200, headers });
  if (request.method === 'GET' || request.method === 'HEAD') {
    headers.delete('content-type');
    return new Response(null, { status: 304, headers });
  }
  return problem(412, 'unchanged', 'The answer is the one whose tag you sent.', {}, { etag: tag });
}
