/** The real Worker in workerd on this machine, with its databases, queue and assets on disk: what `npm start` and the end-to-end tests run. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './install.mjs';
import { SECRETS } from './secret-names.mjs';

const CRON_EVERY_MS = 60_000;

/** Whether nothing listens on a port of this machine. */
export function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => probe.close(() => resolve(true)))
      .listen(port, '127.0.0.1');
  });
}

/** This installation's own secrets, made once. */
function readSecrets(dataDir) {
  const file = join(dataDir, 'secrets.json');
  const had = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const missing = SECRETS.filter((name) => had[name] === undefined);
  // An older version knew fewer of them: what is there stays.
  const secrets = { ...had, ...Object.fromEntries(missing.map((name) => [name, randomBytes(32).toString('base64')])) };
  if (missing.length > 0) writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/** Applies the migrations that a database does not have yet; the same table wrangler uses remembers them. */
async function migrate(db, folder) {
  const { readD1Migrations } = await import('@cloudflare/vitest-pool-workers');
  await db
    .prepare(
      'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
    )
    .run();
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all();
  const applied = new Set(results.map((row) => row.name));
  for (const { name, queries } of await readD1Migrations(join(root, folder))) {
    if (applied.has(name)) continue;
    await db.batch([
      ...queries.map((query) => db.prepare(query)),
      db.prepare('INSERT INTO d1_migrations (name) VALUES (?1)').bind(name),
    ]);
  }
}

/** A workerd whose parent was killed lives on and holds the port and the databases: ends the one this folder started. */
export function endOrphan(dataDir) {
  const pidFile = join(dataDir, 'workerd.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  try {
    if (pid > 1 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('workerd')) process.kill(pid, 'SIGKILL');
  } catch {
    // Not running any more, or a system without /proc, where workerd ends with its parent's pipe.
  }
}

/** Process ids of this process's workerd children (Linux). */
function workerdPid() {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
    return children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('workerd')) ?? null;
  } catch {
    return null;
  }
}

/**
 * Starts the Worker.
 *
 * @param {{dataDir: string, port: number, cron?: boolean}} options where data lies, and the port on 127.0.0.1.
 * @returns the origin, the demo Worker's fetch, a way to run cron now, and a way to end it all.
 */
export async function startServer({ dataDir, port, cron = true }) {
  const { Miniflare, Log, LogLevel } = await import('miniflare');
  const { unstable_getMiniflareWorkerOptions: optionsOf } = await import('wrangler');
  mkdirSync(dataDir, { recursive: true });
  const pidFile = join(dataDir, 'workerd.pid');
  endOrphan(dataDir);
  const { workerOptions } = optionsOf(join(root, 'wrangler.toml'));
  const bindings = {
    ...workerOptions.bindings,
    ...readSecrets(dataDir),
    CANONICAL_HOST: `127.0.0.1:${port}`,
    STAGE: 'demo',
    DEMO_LOGIN: 'demo@comptoir.example / maison-amarante',
  };
  const { assets, queueConsumers, ...shared } = workerOptions;
  const worker = (name, path, extra) => ({
    ...shared,
    name,
    modules: [{ type: 'ESModule', path: join(root, path) }],
    modulesRoot: root,
    bindings,
    ...extra,
  });
  const mf = new Miniflare({
    host: '127.0.0.1',
    port,
    cf: { country: 'FR', region: 'Île-de-France', city: 'Paris' },
    log: new Log(LogLevel.ERROR),
    d1Persist: join(dataDir, 'd1'),
    r2Persist: join(dataDir, 'r2'),
    workers: [
      worker('comptoir', 'build/worker/index.js', { assets, queueConsumers }),
      worker('demo', 'build/demo-worker/index.js', {}),
    ],
  });
  await mf.ready;
  writeFileSync(pidFile, String(workerdPid() ?? ''));
  await migrate(await mf.getD1Database('EVENTS', 'comptoir'), 'collector/store/migrations/events');
  await migrate(await mf.getD1Database('PEOPLE', 'comptoir'), 'collector/store/migrations/people');
  const main = await mf.getWorker('comptoir');
  const demo = await mf.getWorker('demo');
  const runCron = (at = Date.now()) => main.scheduled({ cron: '* * * * *', scheduledTime: new Date(at) });
  const timer = cron ? setInterval(() => void runCron().catch(() => {}), CRON_EVERY_MS) : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    demo: async (path) => (await demo.fetch(`http://demo.internal${path}`)).json(),
    database: (name) => mf.getD1Database(name, 'comptoir'),
    runCron,
    pid: workerdPid(),
    async stop() {
      clearInterval(timer);
      await mf.dispose();
    },
  };
}

/** A Worker of our own around the databases of `dataDir`: same bindings, no network. */
async function startAlone({ dataDir, name, script, bindings = {}, ...more }) {
  const { Miniflare } = await import('miniflare');
  const { unstable_getMiniflareWorkerOptions: optionsOf } = await import('wrangler');
  mkdirSync(dataDir, { recursive: true });
  // The configuration names this folder, and wrangler insists on it.
  mkdirSync(join(root, 'build/assets'), { recursive: true });
  const { assets, queueConsumers, queueProducers, ...options } = optionsOf(join(root, 'wrangler.toml')).workerOptions;
  const mf = new Miniflare({
    ...options,
    name,
    modules: [{ type: 'ESModule', path: script }],
    modulesRoot: root,
    bindings: { ...options.bindings, ...readSecrets(dataDir), ...bindings },
    d1Persist: join(dataDir, 'd1'),
    r2Persist: join(dataDir, 'r2'),
    cf: false,
    ...more,
  });
  await migrate(await mf.getD1Database('EVENTS'), 'collector/store/migrations/events');
  await migrate(await mf.getD1Database('PEOPLE'), 'collector/store/migrations/people');
  return {
    origin: (await mf.ready).origin,
    pid: workerdPid(),
    database: (binding) => mf.getD1Database(binding),
    call: async (path) => (await mf.dispatchFetch(`http://${name}.internal${path}`)).json(),
    stop: () => mf.dispose(),
  };
}

/** The bench's Worker on empty databases. */
export const startBench = ({ dataDir }) =>
  startAlone({ dataDir, name: 'bench', script: join(root, 'build/bench-worker/index.js') });

/** The fault simulation's Worker on empty databases, D1's and its own. What the collector logs about injected faults is not shown. */
export async function startFaults({ dataDir, script, edit }) {
  const { readD1Migrations } = await import('@cloudflare/vitest-pool-workers');
  const migrations = await readD1Migrations(join(root, 'collector/store/migrations/events'));
  return startAlone({
    ...{ dataDir, name: 'faults', script, handleRuntimeStdio() {} },
    bindings: { MIGRATIONS: migrations.flatMap(({ name, queries }) => edit(name, queries)) },
    durableObjects: { SIMULATION: { className: 'Simulation', useSQLite: true } },
    durableObjectsPersist: join(dataDir, 'do'),
  });
}

/** The databases and the history of this machine without the Worker, migrated: for commands that work on them. */
export async function openDatabases({ dataDir }) {
  const { Miniflare } = await import('miniflare');
  const { unstable_getMiniflareWorkerOptions: optionsOf } = await import('wrangler');
  mkdirSync(dataDir, { recursive: true });
  const { d1Databases, r2Buckets } = optionsOf(join(root, 'wrangler.toml')).workerOptions;
  const mf = new Miniflare({
    ...{ modules: true, script: 'export default {}', d1Databases, r2Buckets },
    d1Persist: join(dataDir, 'd1'),
    r2Persist: join(dataDir, 'r2'),
    cf: false,
  });
  const env = {};
  for (const name of Object.keys(d1Databases)) {
    env[name] = await mf.getD1Database(name);
    await migrate(env[name], `collector/store/migrations/${name === 'PEOPLE' ? 'people' : 'events'}`);
  }
  return { env, history: await mf.getR2Bucket('HISTORY'), close: () => mf.dispose() };
}
