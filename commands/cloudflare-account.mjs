/** A Cloudflare account over its REST API: what there is, and what is made when it is missing (https://developers.cloudflare.com/api/). */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, stop } from './install.mjs';

const API = process.env.CLOUDFLARE_API_BASE_URL ?? 'https://api.cloudflare.com/client/v4';
/** No Worker of this name yet (https://developers.cloudflare.com/workers/observability/errors/). */
const NO_WORKER = 10007;

/** The token that wrangler would use: of the environment, or of `wrangler login`. */
function readToken() {
  if (process.env.CLOUDFLARE_API_TOKEN) return process.env.CLOUDFLARE_API_TOKEN;
  const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js');
  const { status, stdout } = spawnSync(process.execPath, [wrangler, 'auth', 'token', '--json'], { encoding: 'utf8', cwd: root });
  const [, token] = /"token":\s*"([^"]+)"/.exec(stdout ?? '') ?? [];
  if (status !== 0 || !token)
    stop('Nobody is signed in to Cloudflare. Sign in with “npx wrangler login”, or set CLOUDFLARE_API_TOKEN.');
  return token;
}

/** Twice: a connection that stood open while wrangler worked may have been closed by the other end. */
async function send(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    return fetch(url, options).catch(() =>
      stop('Cloudflare does not answer. Is this machine on line? Nothing is half done: run the command again.'),
    );
  }
}

async function request(token, method, path, body) {
  const response = await send(`${API}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => ({ success: false, errors: [] }));
  const [{ code = response.status, message: why } = {}] = answer.errors ?? [];
  return answer.success ? { result: answer.result, code: 0 } : { result: undefined, code, why };
}

async function chooseAccount(token, wanted) {
  if (wanted) return wanted;
  const { result, why } = await request(token, 'GET', '/accounts?per_page=50');
  if (!result)
    stop(`Cloudflare did not let us in${why ? `: ${why}` : ''}. Sign in with “npx wrangler login”, or set CLOUDFLARE_API_TOKEN.`);
  if (result.length === 1) return result[0].id;
  const list = result.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
  return stop(
    `You have ${result.length} accounts. Say which one, in CLOUDFLARE_ACCOUNT_ID or as account_id in wrangler.toml:\n${list}`,
  );
}

/**
 * @param {string | undefined} accountId the account of wrangler.toml or of the environment, if it says one.
 * @returns calls to that account; each ends the command with one sentence when Cloudflare refuses.
 */
export async function openAccount(accountId) {
  const token = readToken();
  const id = await chooseAccount(token, process.env.CLOUDFLARE_ACCOUNT_ID ?? accountId);
  const call = async (method, path, body) => {
    const answer = await request(token, method, `/accounts/${id}${path}`, body);
    if (answer.code !== 0)
      stop(
        `Cloudflare refused (${answer.code}${answer.why ? `, ${answer.why}` : ''}): ${method} ${path.split('?')[0]}. What was made before stays; run the command again.`,
      );
    return answer.result;
  };
  return {
    id,
    token,
    /** @returns the id of the database of this name, or undefined. */
    async findDatabase(name) {
      const found = await call('GET', `/d1/database?name=${encodeURIComponent(name)}&per_page=100`);
      return found.find((database) => database.name === name)?.uuid;
    },
    /** In the European Union unless told otherwise: it cannot be moved there afterwards. */
    makeDatabase: async (name, jurisdiction) =>
      (await call('POST', '/d1/database', { name, ...(jurisdiction ? { jurisdiction } : {}) })).uuid,
    queues: async () => (await call('GET', '/queues?per_page=100')).map(({ queue_name }) => queue_name),
    makeQueue: (name) => call('POST', '/queues', { queue_name: name }),
    buckets: async () => (await call('GET', '/r2/buckets?per_page=1000')).buckets.map(({ name }) => name),
    makeBucket: (name) => call('POST', '/r2/buckets', { name, locationHint: 'weur' }),
    /** Names of the Worker's secrets; none when there is no such Worker yet. */
    async secretsOf(worker) {
      const { result, code, why } = await request(token, 'GET', `/accounts/${id}/workers/scripts/${worker}/secrets`);
      if (code !== 0 && code !== NO_WORKER && code !== 404)
        stop(`Cloudflare refused to list the secrets (${code}${why ? `, ${why}` : ''}).`);
      return (result ?? []).map(({ name }) => name);
    },
    /** @returns the rows of one statement. */
    query: async (database, sql, params = []) =>
      (await call('POST', `/d1/database/${database}/query`, { sql, params }))[0].results,
  };
}
