/** Holds an answer of the API to its own OpenAPI document: a status that is named there, of the type and shape it promises. */
import { type Schema, Validator } from '@cfworker/json-schema';
import { expect } from 'vitest';
import { ENDPOINTS } from '../../collector/api/endpoints.ts';
import { openApi } from '../../collector/api/open-api.ts';

type Operation = { responses: Record<string, { content: Record<string, { schema?: Schema }> }> };
type Document = { paths: Record<string, Record<string, Operation>>; components: object };
const document: Document = JSON.parse(JSON.stringify(openApi(ENDPOINTS)));

const patternOf = (path: string) => new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method} ${path}`,
    method,
    pattern: patternOf(path),
    operation,
  })),
);
const seen = new Set<string>();

/** Statuses of the API itself, on any address: nothing there, another method, a body that could not be stored, a broken server. */
const GENERAL = [404, 405, 500, 503];

/** @param path below /api/v1, without parameters. */
export function expectDocumented(method: string, path: string, answered: Response, text: string): void {
  const found = operations.find((one) => one.method === method.toLowerCase() && one.pattern.test(path));
  const promised = found?.operation.responses[answered.status];
  if (!found || !promised) {
    if (path === '/openapi.json') return;
    expect(GENERAL, `${method} ${path} answers ${answered.status}, which is documented nowhere`).toContain(answered.status);
    return;
  }
  if (answered.ok) seen.add(found.name);
  if (!promised.content) {
    expect(text, `${method} ${path} ${answered.status} has no content`).toBe('');
    return;
  }
  const type = answered.headers.get('content-type')?.split(';')[0] ?? '';
  expect(Object.keys(promised.content), `${method} ${path} ${answered.status}`).toContain(type);
  const schema = promised.content[type]?.schema;
  if (!schema) return;
  const validator = new Validator({ ...schema, components: document.components }, '2020-12', false);
  const result = validator.validate(JSON.parse(text));
  expect(result.valid ? [] : result.errors, `${method} ${path} ${answered.status} is not what the document says`).toEqual([]);
}

/** Operations that no good answer was seen of. */
export const unseen = (): string[] => operations.map(({ name }) => name).filter((name) => !seen.has(name));
