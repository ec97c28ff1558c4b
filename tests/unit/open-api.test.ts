/** The API's description: a valid OpenAPI 3.1 document, of every address there is, and only of those. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { ENDPOINTS } from '../../collector/api/endpoints.ts';
import { openApi } from '../../collector/api/open-api.ts';

type Operation = { operationId: string; parameters: { name: string; in: string }[]; responses: Record<string, unknown> };
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> };
const text = JSON.stringify(openApi(ENDPOINTS));
const document: Document = JSON.parse(text);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('it is valid', async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(text))).toEqual({ valid: true });
  expect([validator.version, document.openapi]).toEqual(['3.1', '3.1.0']);
});

test('the validator would see a mistake', async () => {
  const broken = JSON.parse(text);
  broken.paths['/query'].post.responses['200'].description = 7;
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('every address is in it, under a name of its own, with all parameters of its path', () => {
  expect(operations.length).toBe(ENDPOINTS.length);
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(ENDPOINTS.length);
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '401', '403', '404', '429']));
  }
});

test('what no schema says is not said: no empty schema for a body or an answer of JSON', () => {
  expect(text).not.toContain('"application/json":{}');
  for (const match of text.matchAll(/"application\/json":\{"schema":(\{[^}]*\})/g)) expect(match[1]).not.toBe('{}');
});
