import type { D1Migration } from '@cloudflare/vitest-pool-workers/types';

declare global {
  interface ImportMeta {
    /** Vite's: files of the project as texts, read when the tests are built. */
    glob: (pattern: string, options: { query: '?raw'; import: 'default'; eager: true }) => Record<string, string>;
  }
  namespace Cloudflare {
    interface Env {
      EVENTS_2: D1Database;
      LONG: string;
      MIGRATIONS: { events: D1Migration[]; people: D1Migration[] };
    }
  }
}
