/** The OpenAPI 3.1 document, made of the schemas that the addresses check with (https://spec.openapis.org/oas/v3.1.0). */
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { SCOPES } from '../access/tokens.ts';
import type { Endpoint } from './endpoint.ts';
import { HEAVY_A_MINUTE, REQUESTS_A_MINUTE } from './limits.ts';
import { problemShape } from './problem.ts';
import { isSpared } from './unchanged.ts';

type Json = Record<string, unknown>;

/** What goes over the wire: inputs as they are sent. What JSON Schema cannot say is left to the handler. */
function schemaOf(schema: GenericSchema): Json {
  const { $schema: _draft, ...rest } = toJsonSchema(schema, { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' });
  return rest;
}

const PROBLEMS: readonly (readonly [status: number, description: string])[] = [
  [400, 'Something in the request is wrong; “field” says where.'],
  [401, 'No token, or one that is unknown or revoked.'],
  [403, 'The token lacks the scope, or a change came with a cookie from another page.'],
  [404, 'No such site, or no such thing, for this caller.'],
  [429, `More than ${REQUESTS_A_MINUTE} requests a minute, or ${HEAVY_A_MINUTE} exports and imports. See Retry-After.`],
];
const BODY_PROBLEMS: typeof PROBLEMS = [
  [413, 'The body is too large.'],
  [415, 'The body is of a type that is not taken here.'],
];

const UNCHANGED = 'The answer is the one whose tag (ETag) was sent as If-None-Match.';

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function parametersOf({ params, path }: Endpoint): Json[] {
  return Object.entries(params).map(([name, schema]) => {
    const { description, ...shape } = schemaOf(schema);
    const inPath = path.includes(`{${name}}`);
    return {
      name,
      in: inPath ? 'path' : 'query',
      required: inPath || schema.type !== 'optional',
      ...(description === undefined ? {} : { description }),
      schema: shape,
    };
  });
}

function operationOf(endpoint: Endpoint): Json {
  const { method, name, summary, description, scope, body, answers, problems = [] } = endpoint;
  const responses: Json = {};
  for (const { status, type, description: what, schema } of answers)
    responses[status] = {
      description: what,
      content: { [type]: schema ? { schema: schemaOf(schema) } : {} },
    };
  for (const [status, what] of [...PROBLEMS, ...(body ? BODY_PROBLEMS : []), ...problems])
    responses[status] = problemAnswer(what);
  if (isSpared(endpoint))
    responses[method === 'get' ? 304 : 412] = method === 'get' ? { description: UNCHANGED } : problemAnswer(UNCHANGED);
  const type = body?.types[0];
  return {
    operationId: name,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(scope === null ? {} : { 'x-scope': scope }),
    security: scope === 'write' ? [{ token: [] }] : [{ token: [] }, { cookie: [] }],
    parameters: parametersOf(endpoint),
    ...(body && type ? { requestBody: { required: true, content: { [type]: { schema: schemaOf(body.schema) } } } } : {}),
    responses,
  };
}

export function openApi(endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operationOf(endpoint) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Comptoir',
      version: '1',
      license: { name: 'MIT', identifier: 'MIT' },
      description: `Figures, exports and imports of a brand's sites and kiosks. Changes are additive only. Scopes of a token: ${SCOPES.join(', ')}.`,
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemShape) },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made under Settings → API tokens; shown once.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'comptoir.session_token', description: "The dashboard's login session." },
      },
    },
  };
}
