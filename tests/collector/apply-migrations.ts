/** Gives every test file the real tables of both databases. */
import { applyD1Migrations, env } from 'cloudflare:test';

await applyD1Migrations(env.EVENTS, env.MIGRATIONS.events);
await applyD1Migrations(env.PEOPLE, env.MIGRATIONS.people);
