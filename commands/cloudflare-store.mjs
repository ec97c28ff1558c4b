/** The databases and the history of a Cloudflare account, reached from this machine through wrangler: for commands that work on them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, stop } from './install.mjs';

/**
 * @param {{config?: string}} options a wrangler configuration that names the account's databases; this folder's when absent.
 * @returns the same as `openDatabases`: bindings by name, the bucket, and a way to end it.
 */
export async function openOnCloudflare({ config = join(root, 'wrangler.toml') } = {}) {
  const { getPlatformProxy, unstable_readConfig: readConfig } = await import('wrangler');
  const { name, account_id, compatibility_date, d1_databases, r2_buckets } = readConfig({ config });
  const unnamed = d1_databases.filter(({ database_id = '' }) => /^(0{8}-.*)?$/.test(database_id)).map(({ binding }) => binding);
  if (unnamed.length > 0)
    stop(
      `${config} does not say which database of your account is ${unnamed.join(', ')}: deploy first, or name another file with --config.`,
    );
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-'));
  const remote = (bindings) => bindings.map((binding) => ({ ...binding, remote: true }));
  const file = join(folder, 'wrangler.json');
  writeFileSync(
    file,
    JSON.stringify({ name, account_id, compatibility_date, d1_databases: remote(d1_databases), r2_buckets: remote(r2_buckets) }),
  );
  let proxy;
  try {
    // https://developers.cloudflare.com/workers/development-testing/#remote-bindings
    proxy = await getPlatformProxy({ configPath: file, persist: false });
  } catch (error) {
    stop(
      `Cloudflare did not let us in: ${error.message.split('\n')[0]} Sign in with “npx wrangler login”, or set CLOUDFLARE_API_TOKEN.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { env: proxy.env, history: proxy.env.HISTORY, close: () => proxy.dispose() };
}
