/** Three suites: plain functions in Node, the collector in workerd with real D1 and queue, tag and pages in a real Chromium. */
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

const events = await readD1Migrations('collector/store/migrations/events');
const people = await readD1Migrations('collector/store/migrations/people');
const secret = (fill: number) => Buffer.alloc(32, fill).toString('base64');
/** In a browser, too, but waiting more than working. */
const KIOSK = ['tests/browser/kiosk*.test.ts', 'tests/browser/optin-element.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node', maxWorkers: 2, testTimeout: 20_000 } },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            main: './tests/collector/main.ts',
            miniflare: {
              // A second database of facts, to which sites move.
              d1Databases: { EVENTS_2: 'comptoir-events-2' },
              // Cloudflare's Email binding, as its simulator knows it.
              email: { send_email: [{ name: 'MAIL' }] },
              bindings: {
                MIGRATIONS: { events, people },
                // Set by `npm run check:long`: more of the same.
                LONG: process.env.COMPTOIR_LONG ?? '',
                SITE_SECRET: secret(1),
                ADDRESS_SECRET: secret(2),
                INDEX_SECRET: secret(3),
                AUTH_SECRET: secret(4),
                LEDGER_SECRET: secret(5),
              },
            },
          }),
        ],
        test: {
          name: 'workerd',
          include: ['tests/collector/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/collector/apply-migrations.ts'],
          // Libraries of many files are bundled once, not fetched file by file for every test file.
          deps: {
            optimizer: {
              ssr: {
                enabled: true,
                include: [
                  ...['better-auth', 'better-auth/adapters/drizzle', 'drizzle-orm', 'drizzle-orm/d1', 'drizzle-orm/sqlite-core'],
                  ...['hono', 'hono/jsx', 'hono/jsx/jsx-runtime', 'hono/jsx/jsx-dev-runtime', 'hono/html', 'hono/cookie'],
                  ...['hono/http-exception', 'hono/body-limit', 'fast-check', 'lean-qr', 'fflate'],
                  ...[
                    '@valibot/to-json-schema',
                    '@cfworker/json-schema',
                    'valibot',
                    'ua-parser-js',
                    'isbot',
                    'd3-scale',
                    'd3-shape',
                    'csv-parse/sync',
                    'standardwebhooks',
                  ],
                ],
                rolldownOptions: { external: [/^node:/, /^cloudflare:/] },
              },
            },
          },
          // Nothing here measures time: both cores may work, and a busy machine is no failure.
          maxWorkers: 2,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          // Scenarios that wait for minutes run in `npm run check:long`.
          exclude: [...KIOSK, ...(process.env.COMPTOIR_LONG ? [] : ['**/*.long.test.ts'])],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Scenarios measure time: a few browsers at once are what two cores carry.
          maxWorkers: 1,
          maxConcurrency: 2,
        },
      },
      {
        test: {
          name: 'kiosk',
          include: KIOSK,
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: KIOSK,
          environment: 'node',
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
