/** The simulation inside workerd: plays seeds against the real collector, and shrinks the ones that fail. */
import { generate } from './generate.ts';
import { type Outcome, play } from './play.ts';
import { describeAct } from './scenario.ts';
import { shrink } from './shrink.ts';

/** Rows of a thousand scenarios would slow the next ones down. */
async function empty(db: D1Database): Promise<void> {
  const { results } = await db
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name <> 'd1_migrations'",
    )
    .all<{ name: string }>();
  await db.batch(results.map(({ name }) => db.prepare(`DELETE FROM "${name}"`)));
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const seeds = (url.searchParams.get('seeds') ?? '').split(',').filter(Boolean).map(Number);
    if (url.pathname === '/play') {
      const outcomes: Outcome[] = [];
      for (const seed of seeds) outcomes.push(await play(env, generate(seed)));
      await empty(env.EVENTS);
      return Response.json(outcomes);
    }
    if (url.pathname === '/shrink') {
      const [seed = 1] = seeds;
      const { scenario, violation, tried } = await shrink(env, generate(seed), Number(url.searchParams.get('tries')));
      const steps = scenario.steps.map(
        ({ now, act }) => `${new Date(now).toISOString()} ${describeAct(act, scenario.happenings)}`,
      );
      const used = new Set(
        JSON.stringify(scenario.steps)
          .match(/"happening":\d+/g)
          ?.map((t) => Number(t.slice(12))),
      );
      const happenings = scenario.happenings.flatMap((h, i) =>
        used.has(i)
          ? [
              `${h.what}#${i} at ${new Date(h.at).toISOString()}, visitor ${h.visitor ?? 'without storage'}, ${h.mode}, ${h.page}, id ${h.id}`,
            ]
          : [],
      );
      return Response.json({ zone: scenario.zone, happenings, steps, violation, tried });
    }
    return new Response('Not found', { status: 404 });
  },
} satisfies ExportedHandler<Env>;
