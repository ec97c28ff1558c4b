/** The simulation inside workerd: plays seeds against the real collector, and shrinks the ones that fail. */
import { DurableObject } from 'cloudflare:workers';
import { describe } from './describe.ts';
import { directDatabase } from './direct-database.ts';
import { generate } from './generate.ts';
import { type Outcome, play } from './play.ts';
import { shrink } from './shrink.ts';
import { turnsOf } from './turns.ts';
import type { Databases } from './world.ts';

type SimulationEnv = Env & { MIGRATIONS: string[]; SIMULATION: DurableObjectNamespace };
/** Every so many scenarios one goes through the D1 binding itself. */
const BY_D1 = 25;

/** Rows of a thousand scenarios would slow the next ones down. */
async function empty(db: D1Database): Promise<void> {
  const { results } = await db
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name <> 'd1_migrations'",
    )
    .all<{ name: string }>();
  await db.batch(results.map(({ name }) => db.prepare(`DELETE FROM "${name}"`)));
}

/** Its own SQLite holds the facts of the scenarios that do not go through D1. */
export class Simulation extends DurableObject<SimulationEnv> {
  constructor(state: DurableObjectState, env: SimulationEnv) {
    super(state, env);
    const { sql } = state.storage;
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'pageviews'").toArray().length === 0)
      for (const statement of env.MIGRATIONS) sql.exec(statement);
  }

  private databases(seed: number, all: string | null): Databases {
    if (all === 'd1' || (all === null && seed % BY_D1 === 0)) return this.env;
    return { ...this.env, EVENTS: directDatabase(this.env.EVENTS, this.ctx.storage, turnsOf(seed)) };
  }

  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const seeds = (searchParams.get('seeds') ?? '').split(',').filter(Boolean).map(Number);
    const by = searchParams.get('by');
    if (pathname === '/shrink') {
      const [seed = 1] = seeds;
      const { scenario, violation, tried } = await shrink(
        () => this.databases(seed, by),
        generate(seed),
        Number(searchParams.get('tries')),
      );
      return Response.json({ zone: scenario.zone, ...describe(scenario), violation, tried });
    }
    const outcomes: Outcome[] = [];
    for (const seed of seeds) outcomes.push(await play(this.databases(seed, by), generate(seed)));
    await empty(this.env.EVENTS);
    await empty(directDatabase(this.env.EVENTS, this.ctx.storage, async () => {}));
    return Response.json(outcomes);
  }
}

export default {
  fetch: (request, env) => env.SIMULATION.get(env.SIMULATION.idFromName('simulation')).fetch(request),
} satisfies ExportedHandler<SimulationEnv>;
