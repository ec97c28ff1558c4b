/** The bench's Worker: measures the collector inside workerd with real D1. Each path is one step, and answers what it measured. */
import { Hono } from 'hono';
import { generateTables } from './generated.ts';
import { growDay } from './growth.ts';
import { handlers } from './handlers.ts';
import { measureIdle } from './idle.ts';
import { measureLives } from './life-rows.ts';
import { closeDay, DAYS, exportMonth, fillDay, readMonth } from './month.ts';
import { askAll, besideBareRows } from './questions.ts';

const app = new Hono<{ Bindings: Env }>()
  .get('/month/days', (c) => c.json({ days: DAYS }))
  .get('/month/fill', async (c) => c.json(await fillDay(c.env, Number(c.req.query('day')), Number(c.req.query('n')))))
  .get('/month/close', async (c) => c.json(await closeDay(c.env, Number(c.req.query('day')), 40)))
  .get('/month/read', async (c) => c.json(await readMonth(c.env)))
  .get('/month/export', async (c) => c.json(await exportMonth(c.env)))
  .get('/reports/fill', async (c) => {
    await growDay(c.env, Number(c.req.query('day')), Number(c.req.query('n')));
    return c.json({ ok: true });
  })
  .get('/reports/generate', async (c) => {
    await generateTables(c.env);
    return c.json({ ok: true });
  })
  .get('/reports/ask', async (c) => c.json(await askAll(c.env, Number(c.req.query('runs') ?? 1), c.req.query('only'))))
  .get('/reports/beside', async (c) =>
    c.json(await besideBareRows(c.env, Number(c.req.query('runs')), c.req.query('only') ?? '')),
  )
  .get('/idle', async (c) => c.json(await measureIdle(c.env)))
  .get('/lives', async (c) => {
    const of = (name: string) => Number(c.req.query(name));
    return c.json(await measureLives(c.env, of('site'), of('n'), of('days'), c.req.query('touch') !== undefined));
  });
app.route('/', handlers);

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
