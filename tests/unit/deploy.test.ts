/** npm run deploy, with the real wrangler, against Cloudflare's API on a real socket. Its databases are local D1. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyPassword } from '../../collector/access/password.ts';
import { isSiteKey } from '../../collector/store/site-key.ts';
import { type Account, startAccount } from './cloudflare-api.ts';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'comptoir-deploy-test-'));
const file = join(folder, 'wrangler.toml');
const secretsFile = join(folder, 'deployed-secrets.json');
let account: Account;

beforeAll(async () => {
  account = await startAccount();
  // The same file in a folder of its own: a deployment writes into it.
  const paths = /^(main|directory|migrations_dir) = "(.*)"$/gm;
  writeFileSync(
    file,
    readFileSync('wrangler.toml', 'utf8').replace(paths, (_, key, path) => `${key} = ${JSON.stringify(join(root, path))}`),
  );
});
afterAll(async () => {
  await account.close();
  rmSync(folder, { recursive: true, force: true });
});

function deploy(...args: string[]): Promise<{ status: number | null; said: string }> {
  const env = {
    ...process.env,
    COMPTOIR_DATA: folder,
    CLOUDFLARE_API_BASE_URL: account.origin,
    CLOUDFLARE_API_TOKEN: 'token',
    CI: '1',
  };
  const child = spawn(process.execPath, ['commands/deploy.mjs', '--no-build', '--config', file, ...args], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, said })));
}

/** Each deployment bundles and uploads with wrangler: the later ones are for `npm run check:long`. */
const LONG = Boolean(process.env.COMPTOIR_LONG);
const site = [
  '--site',
  'Maison Amarante',
  '--hosts',
  'https://www.Brand.example/shop,shop.brand.example',
  '--email',
  'Admin@Brand.example',
];

test('an empty account gets everything: databases, queues, bucket, secrets, Worker, site', async () => {
  const unsaid = await deploy();
  expect(unsaid.status).toBe(1);
  expect(unsaid.said).toContain('--host dashboard.brand.example');
  expect(account.calls).toEqual([]);

  const first = await deploy('--host', 'dash.brand.example', ...site);
  expect(first.said).toContain('The tag');
  expect(first.status).toBe(0);
  expect([...account.databases.keys()]).toEqual(['comptoir-events', 'comptoir-people']);
  expect(account.queues).toEqual(['comptoir-spillway', 'comptoir-dead-letters']);
  expect(account.buckets).toEqual(['comptoir-history']);
  const config = readFileSync(file, 'utf8');
  for (const id of account.databases.values()) expect(config).toContain(`database_id = "${id}"`);
  const kept = JSON.parse(readFileSync(secretsFile, 'utf8'));
  expect(Object.fromEntries(account.secrets ?? [])).toEqual(kept);
  expect(statSync(secretsFile).mode & 0o077).toBe(0);

  const [, key = '', password = ''] = /\/s\/(\w+)\n.*password (\S+) \(shown once\)/.exec(first.said) ?? [];
  expect(isSiteKey(kept.SITE_SECRET, key)).toBe(true);
  const people = await account.people();
  expect(await people.prepare('SELECT key, hosts, zone FROM sites').all()).toMatchObject({
    results: [{ key, hosts: '["www.brand.example","shop.brand.example"]', zone: 'Europe/Paris' }],
  });
  const made = await people
    .prepare(
      'SELECT a.password, u.email, m.role FROM members m JOIN user u ON u.id = m.user_id JOIN account a ON a.user_id = u.id',
    )
    .first<{ password: string; email: string; role: string }>();
  expect(made).toMatchObject({ email: 'admin@brand.example', role: 'admin' });
  expect(await verifyPassword(password, made?.password ?? '')).toBe(true);
  if (LONG) await deployAgain(kept);
}, 240_000);

/** Nothing is made again, and a lost secret is never replaced. */
async function deployAgain(kept: unknown): Promise<void> {
  const before = account.calls.length;
  const second = await deploy();
  expect(second.said).toContain('Deployed at https://dash.brand.example');
  expect(second.status).toBe(0);
  expect(second.said).toContain('Deployed at https://dash.brand.example');
  expect(account.calls.slice(before).filter((call) => /^POST .*(d1\/database|queues|r2\/buckets)$/.test(call))).toEqual([]);
  expect(JSON.parse(readFileSync(secretsFile, 'utf8'))).toEqual(kept);

  const again = await deploy(...site);
  expect(again.status).toBe(1);
  expect(again.said).toContain('There is a site of this name already.');

  // What an older machine set, this one must not replace.
  account.secrets?.delete('ADDRESS_SECRET');
  rmSync(secretsFile);
  const lost = await deploy();
  expect(lost.status).toBe(1);
  expect(lost.said).toContain('lacks ADDRESS_SECRET');
}
