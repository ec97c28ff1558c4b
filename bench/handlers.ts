/** Handlers to compare the collector with: what any collector must do, the same with one insert, and ours with and without D1. */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Collector } from '../collector/collect/collector.ts';
import { receive, type Sender } from '../collector/collect/receive.ts';
import { openWindows } from '../collector/ingest/windows.ts';
import { makeSiteKey } from '../collector/store/site-key.ts';
import type { Site } from '../collector/store/sites.ts';
import { envelope } from '../collector/wire.ts';

/** One row that was taken, as a commit of one reads it. */
const TAKEN: D1Result = {
  success: true,
  results: [{ taken: 1 }],
  meta: { duration: 0, size_after: 0, rows_read: 0, rows_written: 0, last_row_id: 0, changed_db: false, changes: 0 },
};
/** A database that takes everything at once and keeps nothing: what is left is our own work. */
const nowhere = {
  prepare: () => ({ bind: () => ({ run: async () => TAKEN, all: async () => TAKEN, first: async () => null }) }),
  batch: async (statements: unknown[]) => statements.map(() => TAKEN),
};

const senderOf = (request: Request): Sender => ({
  headers: request.headers,
  ip: request.headers.get('x-bench-ip') ?? '203.0.113.7',
  place: { country: 'FR', region: 'Île-de-France', city: 'Paris' },
});

const collectorOf = (env: Env, events: D1Database, later: (work: Promise<unknown>) => void): Collector => ({
  events,
  people: env.PEOPLE,
  spillway: null,
  secrets: env,
  countsHeadless: false,
  now: Date.now,
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  sendMails: async () => {},
  later,
});

const isDatabase = (value: unknown): value is D1Database => typeof value === 'object' && value !== null && 'batch' in value;

export const handlers = new Hono<{ Bindings: Env }>()
  .post('/bare', async (c) => {
    const parsed = v.safeParse(envelope, JSON.parse(await c.req.text()));
    return c.json({ ok: parsed.success ? 1 : 0, rej: [] }, 202);
  })
  .post('/insert', async (c) => {
    const parsed = v.safeParse(envelope, JSON.parse(await c.req.text()));
    if (!parsed.success) return c.json({ ok: 0, rej: [] }, 400);
    await c.env.EVENTS.prepare('INSERT INTO bench_rows (id, site, url, at) VALUES (?1, ?2, ?3, ?4)')
      .bind(crypto.randomUUID(), parsed.output.site, 'https://shop.example/', Date.now())
      .run();
    return c.json({ ok: 1, rej: [] }, 202);
  })
  .post('/ours-without-d1', async (c) => {
    if (!isDatabase(nowhere)) throw new Error('bench: no database');
    const { status, answer } = await receive(
      await c.req.text(),
      senderOf(c.req.raw),
      collectorOf(c.env, nowhere, (work) => c.executionCtx.waitUntil(work)),
    );
    return Response.json(answer, { status });
  })
  .post('/ours', async (c) => {
    const { status, answer } = await receive(
      await c.req.text(),
      senderOf(c.req.raw),
      collectorOf(c.env, c.env.EVENTS, (work) => c.executionCtx.waitUntil(work)),
    );
    return Response.json(answer, { status });
  })
  .get('/load/open', async (c) => {
    const nowMs = Date.now();
    const key = makeSiteKey(c.env.SITE_SECRET, (bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
    const site: Site = {
      id: 77,
      key,
      name: 'Load',
      hosts: ['shop.example'],
      zone: 'Europe/Paris',
      language: 'fr',
      createdAt: nowMs - 86_400_000,
    };
    await c.env.PEOPLE.prepare(
      'INSERT INTO sites (id, key, name, hosts, zone, language, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)',
    )
      .bind(site.id, key, site.name, JSON.stringify(site.hosts), site.zone, site.language, site.createdAt)
      .run();
    await openWindows(c.env.EVENTS, site);
    await c.env.EVENTS.prepare(
      'CREATE TABLE IF NOT EXISTS bench_rows (id TEXT PRIMARY KEY, site TEXT, url TEXT, at INTEGER) WITHOUT ROWID',
    ).run();
    return c.json({ key });
  })
  .get('/load/stored', async (c) => {
    const row = await c.env.EVENTS.prepare('SELECT count(*) AS n FROM pageviews WHERE site = 77').first<{ n: number }>();
    return c.json({ stored: row?.n ?? 0 });
  });
