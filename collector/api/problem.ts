/** Every error of the API is a problem document (RFC 9457) with a code that stays the same; the words around it may change. */
import * as v from 'valibot';

export const problemShape = v.looseObject({
  type: v.pipe(v.string(), v.description('Where the code is explained, relative to this host.')),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  code: v.pipe(v.string(), v.description('Stable: programs decide by it.')),
  field: v.optional(v.pipe(v.string(), v.description('The part of the request that is wrong.'))),
});

/** Why the API says no, as its functions tell each other: which part, and what is wrong with it. */
export type Fault = { code: string; field: string; detail: string; detail_fr?: string };
export const isFault = (value: object): value is Fault => 'code' in value && 'field' in value && 'detail' in value;

/** @param extra further members, e.g. `field`. */
export function problem(
  status: number,
  code: string,
  title: string,
  extra: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ type: `/help/api-errors#${code}`, title, status, code, ...extra }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}

/** Faults that people meet on the dashboard, too, say it in French as well. */
export const faultProblem = ({ code, field, detail, detail_fr }: Fault, status = 400): Response =>
  problem(status, code, detail, { field, ...(detail_fr === undefined ? {} : { title_fr: detail_fr }) });
