/** Migrations of PEOPLE come from its drizzle schema; those of EVENTS are written by hand (docs/decisions/003). */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './collector/store/people-schema/*.ts',
  out: './collector/store/migrations/people',
});
