/** What an address of the API is: its place, who may ask, what it takes and answers. The handler and the OpenAPI document come from the same words. */
import * as v from 'valibot';
import type { Scope } from '../access/tokens.ts';
import type { Collector } from '../collect/collector.ts';
import type { Caller } from './caller.ts';
import { type Fault, faultProblem, isFault } from './problem.ts';
import { readBody } from './read-body.ts';

/** One possible good answer. Without a schema it is bytes or lines, not JSON. */
export type Answer = { status: number; type: string; description: string; schema?: v.GenericSchema };
export type Body<T> = {
  /** Media types that are taken; the first one is the documented one. A body without a type is taken for it. */
  types: readonly string[];
  maxBytes: number;
  /** JSON is checked against it; absent for bytes. */
  schema: v.GenericSchema;
  read: (bytes: Uint8Array) => T | Fault | Promise<T | Fault>;
};
/** What every handler is given. */
export type Asked = {
  env: Env;
  request: Request;
  caller: Caller;
  nowMs: number;
  random: (bytes: number) => Uint8Array;
  later: (work: Promise<unknown>) => void;
  collector: () => Collector;
};
type About = {
  method: 'get' | 'post' | 'delete';
  /** Below /api/v1; `{name}` stands for a part of the path that is a parameter. */
  path: string;
  /** Name of the operation in the OpenAPI document. */
  name: string;
  summary: string;
  description?: string;
  /** Null: any token. */
  scope: Scope | null;
  /** Reads or writes much, and is counted apart. */
  heavy?: boolean;
  /** Changes something: with a cookie it is taken from our own pages only. */
  changes?: boolean;
  answers: readonly Answer[];
  /** Problems of its own, besides those that every address has. */
  problems?: readonly (readonly [status: number, description: string])[];
};
export type Endpoint = About & {
  params: Record<string, v.GenericSchema>;
  body: Body<unknown> | null;
  serve: (asked: Asked, params: Record<string, string>) => Promise<Response>;
};

/** The first thing wrong with a value, as a fault that names its field. */
export function firstFault(code: string, issues: readonly v.BaseIssue<unknown>[], whole: string): Fault {
  const issue = issues[0];
  return { code, field: String(issue?.path?.[0]?.key ?? whole), detail: issue?.message ?? 'This is not what is expected here.' };
}

/** A body of JSON that fits a schema. */
export function jsonBody<S extends v.GenericSchema>(schema: S, maxBytes = 65_536): Body<v.InferOutput<S>> {
  return parsedBody(schema, maxBytes, (value) => {
    const parsed = v.safeParse(schema, value);
    return parsed.success ? parsed.output : firstFault('bad_body', parsed.issues, 'body');
  });
}

/** A body of JSON that a function of its own reads; the schema is what it promises to take. */
export function parsedBody<T>(schema: v.GenericSchema, maxBytes: number, read: (value: unknown) => T | Fault): Body<T> {
  return {
    types: ['application/json', 'text/plain'],
    maxBytes,
    schema,
    read: (bytes) => {
      let value: unknown;
      try {
        value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
      } catch {
        return { code: 'malformed', field: 'body', detail: 'The body is not JSON.' };
      }
      return read(value);
    },
  };
}

type Params<P extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<P, undefined>>;
type Handler<P extends v.ObjectEntries, T> = (asked: Asked & { params: Params<P>; body: T }) => Response | Promise<Response>;

/** Binds a description to its handler: parameters and body arrive there checked and typed. */
export function endpoint<P extends v.ObjectEntries, T = null>(
  about: About & { params: P; body?: Body<T>; handle: Handler<P, T> },
): Endpoint;
export function endpoint<P extends v.ObjectEntries>(
  about: About & { params: P; body?: Body<unknown>; handle: Handler<P, unknown> },
): Endpoint {
  const { handle, params: entries, body, ...rest } = about;
  const shape = v.object(entries);
  return {
    ...rest,
    params: entries,
    body: body ?? null,
    serve: async (asked, given) => {
      const params = v.safeParse(shape, given);
      if (!params.success) return faultProblem(firstFault('bad_parameter', params.issues, 'query'));
      if (!body) return handle({ ...asked, params: params.output, body: null });
      const bytes = await readBody(asked.request, body);
      if (bytes instanceof Response) return bytes;
      const read = await body.read(bytes);
      if (typeof read === 'object' && read !== null && isFault(read)) return faultProblem(read);
      return handle({ ...asked, params: params.output, body: read });
    },
  };
}

/** JSON of figures: never cached by anybody, it is somebody's. */
export const answer = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(value, { status, headers: { 'cache-control': 'no-store', ...headers } });
