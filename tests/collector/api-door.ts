/** The API as a program sees it: the real routes around the real databases, with tokens as they are made. */
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { expect } from 'vitest';
import { makeToken, type Scope } from '../../collector/access/tokens.ts';
import { apiRoute } from '../../collector/api/route.ts';
import type { Site } from '../../collector/store/sites.ts';
import { expectDocumented } from './documented.ts';
import { makeCollector, randomBytes, seeded } from './fixture.ts';

export const ORIGIN = `https://${env.CANONICAL_HOST}`;
const bytes = randomBytes(seeded(4242));

/** The routes with a clock of their own. */
export function openDoor(clock: { now: number }) {
  const collector = makeCollector(clock, 77);
  const api = apiRoute({ collectorOf: () => collector, now: () => clock.now, random: bytes });
  /** Asks below /api/v1, holds the answer to the OpenAPI document, and awaits what is done after it. */
  const ask = async (path: string, init: RequestInit = {}, bindings: object = env): Promise<Response> => {
    const context = createExecutionContext();
    const answered = await api.fetch(new Request(`${ORIGIN}/api/v1${path}`, init), bindings, context);
    const body = await answered.arrayBuffer();
    await waitOnExecutionContext(context);
    await collector.settle();
    const [below = ''] = path.split('?');
    expectDocumented(init.method ?? 'GET', below, answered, new TextDecoder().decode(body));
    return new Response(body, answered);
  };
  const withToken = (token: string, init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` },
  });
  return { ask, withToken };
}

export const newToken = async (sites: Site[], scopes: readonly Scope[], nowMs: number): Promise<{ id: string; token: string }> =>
  makeToken(env.PEOPLE, { name: 'test', scopes, sites: sites.map(({ id }) => id), createdBy: null }, nowMs, bytes);

/** A problem document with its code, and nothing of the inside. */
export async function expectProblem(response: Response, status: number, code: string, field?: string): Promise<void> {
  const text = await response.clone().text();
  expect([response.status, response.headers.get('content-type')], text.slice(0, 300)).toEqual([
    status,
    'application/problem+json',
  ]);
  expect(JSON.parse(text)).toMatchObject({ status, code, title: expect.any(String), type: expect.stringContaining(code) });
  if (field !== undefined) expect(JSON.parse(text)).toMatchObject({ field });
  expect(text).not.toMatch(/sqlite|D1_|SELECT |stack|\bat \w+ \(/i);
}
