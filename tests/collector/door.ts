/** POST /c as the network sees it: the real route around the real databases, with whatever bytes a stranger may send. */
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test';
import { expect } from 'vitest';
import type { Collector } from '../../collector/collect/collector.ts';
import { collectRoute } from '../../collector/collect/route.ts';
import type { Site } from '../../collector/store/sites.ts';
import { BROWSER, makeCollector, sender } from './fixture.ts';

export type Door = { now: number; collector: Partial<Collector>; headers?: Record<string, string>; ip?: string };
export type Answered = {
  status: number;
  mark: string | null;
  text: string;
  json: { ok?: number; rej?: [number, string][]; reason?: string; device?: string; version?: string; seal?: string };
};

let knocks = 1_000;
/** Sends a body through the route and awaits what is done after the answer. */
export async function knock(body: BodyInit | null, door: Door): Promise<Answered> {
  knocks += 1;
  const clock = { now: door.now };
  const collector: Collector = { ...makeCollector(clock, knocks), ...door.collector };
  const route = collectRoute<typeof env>((request, _env, later) => ({
    collector: { ...collector, later },
    sender: { ...sender(), headers: request.headers, ...(door.ip && { ip: door.ip }) },
  }));
  const context = createExecutionContext();
  const headers = { 'user-agent': BROWSER, 'accept-language': 'fr', 'content-type': 'text/plain', ...door.headers };
  const response = await route.fetch(new Request('https://in.example/c', { method: 'POST', headers, body }), env, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return {
    status: response.status,
    mark: response.headers.get('x-comptoir'),
    text,
    json: typeof json === 'object' && json !== null ? json : {},
  };
}

/** The envelope of some messages, as a tag posts it. */
export const envelope = (site: Pick<Site, 'key'>, sentAt: number, messages: unknown, extra: Record<string, unknown> = {}) =>
  JSON.stringify({ v: 1, site: site.key, sentAt, tag: 'test', messages, ...extra });

/** An answer that is ours: our JSON with our header and a status a sender knows, or 503 without it. Never an exception's words. */
export function expectOurs(answered: Answered): void {
  const { status, mark, text } = answered;
  expect([200, 202, 400, 401, 403, 404, 413, 503], text.slice(0, 200)).toContain(status);
  expect(text).not.toMatch(/error|exception|sqlite|D1_|SQL|stack|\bat \w+ \(/i);
  if (status === 503) expect(mark).toBeNull();
  else expect(mark).toBe(answered.json.reason ?? 'ok');
  if (status === 202) expect((answered.json.ok ?? 0) + (answered.json.rej?.length ?? 0)).toBeGreaterThan(0);
}

/** Every row of every table of a database, as text. */
export async function dump(db: D1Database): Promise<string> {
  const tables = await db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
    .all<{ name: string }>();
  const rows: string[] = [];
  for (const { name } of tables.results) {
    const { results } = await db.prepare(`SELECT * FROM "${name}"`).all();
    rows.push(...results.map((row) => `${name} ${JSON.stringify(row)}`));
  }
  return rows.sort().join('\n');
}

export async function countOf(db: D1Database, table: string): Promise<number> {
  return (await db.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n ?? 0;
}
