/** The real collector in workerd with its databases on disk, behind a network that a test breaks: cut off, or delivering twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as optionsOf } from 'wrangler';
import { issueCode } from '../../collector/fleet/enrolment.ts';
import { addKiosk, addStore } from '../../collector/fleet/stores.ts';
import { addWording } from '../../collector/people/wordings.ts';
import { makeSiteKey } from '../../collector/store/site-key.ts';

const root = dirname(dirname(import.meta.dirname));
const secret = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
export const ZONE = 'Europe/Paris';

/** The Worker, with a clock that a header moves. */
const ENTRY = `import worker from './collector/worker.ts';
const real = Date.now;
let ahead = 0;
Date.now = () => real() + ahead;
export default { ...worker, fetch(request, env, context) {
  ahead = Math.round(Number(request.headers.get('x-test-ahead'))) || ahead;
  return worker.fetch(request, env, context);
} };`;

async function migrate(db: D1Database, folder: string): Promise<void> {
  for (const { queries } of await readD1Migrations(join(root, 'collector/store/migrations', folder)))
    await db.batch(queries.map((query) => db.prepare(query)));
}

/** A port that nothing listens on: the Worker must know its own host. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

export class KioskCollector {
  /** Nothing that is posted arrives. Files do: a service worker has them, and a test of its own. */
  cut = false;
  /** Each request arrives twice, and every other answer is lost on its way back. */
  twice = false;
  /** The network's address, through which everything goes. */
  origin = '';
  posts = 0;
  /** What its clock is ahead of this machine's: a test skips hours. */
  ahead = 0;
  siteKey = '';
  store = 0;
  kiosk = 0;
  code = '';

  private constructor(
    readonly people: D1Database,
    readonly events: D1Database,
    readonly runCron: () => Promise<unknown>,
    readonly close: () => Promise<void>,
  ) {}

  /** @param assets folder of the tag files. */
  static async open(assets: string): Promise<KioskCollector> {
    const dir = mkdtempSync(join(tmpdir(), 'comptoir-collector-'));
    const script = join(dir, 'worker.js');
    await build({
      ...{ stdin: { contents: ENTRY, resolveDir: root }, outfile: script, bundle: true, format: 'esm', target: 'es2022' },
      ...{ platform: 'node', conditions: ['workerd', 'worker', 'browser', 'import'], mainFields: ['module', 'main'] },
      ...{ external: ['cloudflare:*', 'node:*'], jsx: 'automatic', jsxImportSource: 'hono/jsx', logLevel: 'error' },
    });
    const options = optionsOf(join(root, 'wrangler.toml')).workerOptions;
    const port = await freePort();
    const mf = new Miniflare({
      ...options,
      host: '127.0.0.1',
      port,
      name: 'comptoir',
      modules: [{ type: 'ESModule', path: script }],
      modulesRoot: dir,
      bindings: {
        ...options.bindings,
        ...{
          SITE_SECRET: secret(1),
          ADDRESS_SECRET: secret(2),
          INDEX_SECRET: secret(3),
          AUTH_SECRET: secret(4),
          LEDGER_SECRET: secret(5),
        },
        // Chromium has no head here.
        ...{ STAGE: 'demo', CANONICAL_HOST: `127.0.0.1:${port}` },
      },
      ...(options.assets && { assets: { ...options.assets, directory: assets } }),
      d1Persist: join(dir, 'd1'),
      r2Persist: join(dir, 'r2'),
      cf: false,
    });
    const inner = (await mf.ready).origin;
    const [people, events] = [await mf.getD1Database('PEOPLE'), await mf.getD1Database('EVENTS')];
    await Promise.all([migrate(people, 'people'), migrate(events, 'events')]);
    const worker = await mf.getWorker();
    const servers: Server[] = [];
    const cron = () => worker.scheduled({ cron: '* * * * *', scheduledTime: new Date() });
    const collector = new KioskCollector(people, events, cron, async () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await mf.dispose();
      rmSync(dir, { recursive: true, force: true });
    });
    servers.push(collector.#network(inner));
    await new Promise<void>((done) => servers[0]?.listen(0, '127.0.0.1', () => done()));
    const address = servers[0]?.address();
    collector.origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    await collector.#seed();
    return collector;
  }

  #network(inner: string): Server {
    return createServer((request, response) => {
      if (this.cut && request.method === 'POST') return void request.socket.destroy();
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', async () => {
        const { method = 'GET', url = '/' } = request;
        const send = () =>
          fetch(inner + url, {
            method,
            redirect: 'manual',
            headers: {
              'x-test-ahead': String(this.ahead),
              'user-agent': request.headers['user-agent'] ?? '',
              'content-type': request.headers['content-type'] ?? 'text/plain',
            },
            ...(method === 'POST' && { body: Buffer.concat(parts) }),
          });
        const answers = await Promise.all(this.twice && method === 'POST' ? [send(), send()] : [send()]);
        const answer = answers.at(-1);
        if (method === 'POST') this.posts += 1;
        if (!answer || (this.twice && method === 'POST' && this.posts % 2 === 1)) return request.socket.destroy();
        const headers = Object.fromEntries([...answer.headers].filter(([name]) => !/^(transfer|content)-encoding$/.test(name)));
        return response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
      });
      return undefined;
    });
  }

  async #seed(): Promise<void> {
    const now = Date.now();
    this.siteKey = makeSiteKey(secret(1), random);
    await this.people
      .prepare('INSERT INTO sites (id, key, name, hosts, zone, language, created_at) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)')
      .bind(this.siteKey, 'Shop', '["127.0.0.1"]', ZONE, 'fr', now - 86_400_000)
      .run();
    const wording = {
      id: 'newsletter-fr-1',
      language: 'fr',
      title: 'Nouvelles',
      boxes: [{ name: 'news', label: 'Oui' }],
      note: '',
    };
    await addWording(this.people, 1, { ...wording, privacyUrl: 'https://shop.example/privacy' }, now);
    this.store = await addStore(this.people, 1, 'Marais', ZONE, now);
    this.kiosk = await addKiosk(this.people, 1, this.store, 'Entrée', now);
    this.code = await issueCode(this.people, this.kiosk, now, random);
  }

  /** A page of the shop with the kiosk's script. */
  page(body = ''): { type: string; body: string } {
    return {
      type: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="fr"><head><link rel="icon" href="data:,"><script>
window.said = []; for (const name of ['enrolment', 'reset', 'settings']) addEventListener('comptoir:' + name, (e) => said.push({ name, ...e.detail }));
</script><script defer src="${this.origin}/kiosk.js" data-site="${this.siteKey}"></script></head><body style="margin:0">${body}</body></html>`,
    };
  }
}
