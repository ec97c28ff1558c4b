/** Composition root: the only file that sees everything. */
import { Hono } from 'hono';
import type { Collector } from './collect/collector.ts';
import type { Sender } from './collect/receive.ts';
import { collectRoute } from './collect/route.ts';
import { consume } from './ingest/consumer.ts';
import { runSchedule } from './ingest/schedule.ts';

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 100) : null);

/** The request's collector. The address is read here, used for one hash, and goes no further. */
function collectorOf(request: Request, env: Env, later: (work: Promise<unknown>) => void): { collector: Collector; sender: Sender } {
  const cf = request.cf;
  return {
    collector: { events: env.EVENTS, people: env.PEOPLE, spillway: env.SPILLWAY, secrets: env, now: Date.now, random, later },
    sender: {
      headers: request.headers,
      ip: request.headers.get('cf-connecting-ip') ?? '',
      place: { country: text(cf?.country), region: text(cf?.region), city: text(cf?.city) },
    },
  };
}

const app = new Hono<{ Bindings: Env }>();
app.route('/', collectRoute<Env>(collectorOf));

export default {
  fetch: app.fetch,
  async queue(batch, env) {
    await consume(batch, env.EVENTS, Date.now(), Math.random);
  },
  async scheduled(controller, env) {
    await runSchedule(env, controller.scheduledTime, random);
  },
} satisfies ExportedHandler<Env, unknown>;
