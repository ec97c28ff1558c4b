/** Gives every test file the real tables of all databases. */
import { applyD1Migrations, env } from 'cloudflare:test';

await applyD1Migrations(env.EVENTS, env.MIGRATIONS.events);
await applyD1Migrations(env.EVENTS_2, env.MIGRATIONS.events);
await applyD1Migrations(env.PEOPLE, env.MIGRATIONS.people);
