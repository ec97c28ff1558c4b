import type { D1Migration } from '@cloudflare/vitest-pool-workers/types';

declare global {
  namespace Cloudflare {
    interface Env {
      EVENTS_2: D1Database;
      LONG: string;
      MIGRATIONS: { events: D1Migration[]; people: D1Migration[] };
    }
  }
}
