/** Cloudflare's REST API as `npm run deploy` and wrangler use it, over a real socket, on real local D1. Shapes: https://developers.cloudflare.com/api/ */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Miniflare } from 'miniflare';
import { unstable_splitSqlQuery as splitSql } from 'wrangler';

export type Account = {
  origin: string;
  /** Every call, as `METHOD /path`, in order. */
  calls: string[];
  databases: Map<string, string>;
  queues: string[];
  buckets: string[];
  /** Secrets of the Worker by name; null as long as there is no Worker. */
  secrets: Map<string, string> | null;
  people: () => Promise<D1Database>;
  close: () => Promise<void>;
};

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function startAccount(): Promise<Account> {
  const bindings = ['EVENTS', 'PEOPLE'];
  const local = new Miniflare({
    ...{ modules: true, script: 'export default { fetch: () => new Response() }', d1Databases: bindings },
    compatibilityDate: '2026-04-01',
  });
  const account: Account = {
    ...{ origin: '', calls: [], databases: new Map(), queues: [], buckets: [], secrets: null },
    people: () => local.getD1Database('PEOPLE'),
    close: async () => {
      server.close();
      await local.dispose();
    },
  };
  const databaseOf = (uuid: string) => {
    const name = [...account.databases].find(([, id]) => id === uuid)?.[0] ?? '';
    return local.getD1Database(name === 'comptoir-people' ? 'PEOPLE' : 'EVENTS');
  };
  const query = async (uuid: string, { sql, params = [] }: { sql: string; params?: unknown[] }) => {
    const db = await databaseOf(uuid);
    const statements = params.length > 0 ? [sql] : splitSql(sql);
    const results = await db.batch(statements.map((text) => db.prepare(text).bind(...(statements.length === 1 ? params : []))));
    return results.map(({ results: rows, meta }) => ({ results: rows, success: true, meta }));
  };
  async function answer(method: string, path: string, search: URLSearchParams, raw: Buffer): Promise<unknown> {
    const body = () => JSON.parse(raw.toString() || '{}');
    const [, id = ''] = /^\/accounts\/acc\/d1\/database\/([^/]+)/.exec(path) ?? [];
    if (path.endsWith('/workers/routes')) return [];
    if (path === '/zones') return [{ id: 'zone', name: 'brand.example' }];
    if (path.includes('/domains/changeset')) return { added: [], removed: [], updated: [], conflicting: [] };
    if (path === '/accounts') return [{ id: 'acc', name: 'Maison' }];
    if (path === '/accounts/acc/d1/database' && method === 'GET')
      return [...account.databases]
        .map(([name, uuid]) => ({ name, uuid }))
        .filter(({ name }) => name.includes(search.get('name') ?? ''));
    if (path === '/accounts/acc/d1/database') {
      account.databases.set(body().name, crypto.randomUUID());
      return { name: body().name, uuid: account.databases.get(body().name) };
    }
    if (path.endsWith('/query') || path.endsWith('/raw')) return query(id, body());
    if (id) return { uuid: id, name: [...account.databases].find(([, uuid]) => uuid === id)?.[0], version: 'production' };
    if (path === '/accounts/acc/queues' && method === 'GET')
      return account.queues
        .filter((name) => !search.has('name') || search.getAll('name').includes(name))
        .map((queue_name) => ({ queue_name, queue_id: `q-${queue_name}`, consumers: [], producers: [] }));
    if (path === '/accounts/acc/queues') return account.queues.push(body().queue_name);
    if (path.includes('/queues/')) return {};
    if (path === '/accounts/acc/r2/buckets' && method === 'GET') return { buckets: account.buckets.map((name) => ({ name })) };
    if (path === '/accounts/acc/r2/buckets') return account.buckets.push(body().name);
    if (path.endsWith('/secrets'))
      return account.secrets && [...account.secrets.keys()].map((name) => ({ name, type: 'secret_text' }));
    if (path.endsWith('/assets-upload-session')) return { jwt: 'done', buckets: [] };
    if (path.endsWith('/scripts/comptoir') && method === 'PUT') {
      account.secrets ??= new Map();
      for (const [, name = '', text = ''] of raw
        .toString('latin1')
        .matchAll(/"name":"(\w+)","type":"secret_text","text":"([^"]+)"/g))
        account.secrets.set(name, text);
      return { id: 'comptoir', entry_point: 'index.js', deployment_id: 'd1', startup_time_ms: 1 };
    }
    if (path.endsWith('/versions'))
      return { id: 'v2', startup_time_ms: 1, metadata: {}, resources: { script: { handlers: ['fetch'] }, bindings: [] } };
    if (path.endsWith('/settings')) return account.secrets && { bindings: [] };
    if (path.endsWith('/deployments')) return account.secrets && { deployments: [] };
    if (path.endsWith('/scripts/comptoir') || path.includes('/services/comptoir'))
      return account.secrets && { default_environment: { script: { last_deployed_from: 'wrangler', tag: null, tags: null } } };
    return {};
  }
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api');
    account.calls.push(`${request.method} ${pathname}`);
    const send = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    try {
      const result = await answer(request.method ?? 'GET', pathname, searchParams, await bodyOf(request));
      if (result === null)
        return send(404, {
          success: false,
          errors: [{ code: 10007, message: 'This Worker does not exist on your account.' }],
          messages: [],
          result: null,
        });
      return send(200, {
        success: true,
        errors: [],
        messages: [],
        result,
        result_info: { page: 1, per_page: 100, count: 1, total_count: 1 },
      });
    } catch (error) {
      return send(400, {
        success: false,
        errors: [{ code: 7500, message: error instanceof Error ? error.message : 'error' }],
        messages: [],
        result: null,
      });
    }
  }
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  account.origin = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
  return account;
}
