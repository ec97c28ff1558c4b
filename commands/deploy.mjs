/**
 * npm run deploy: makes what is missing on the Cloudflare account, migrates the databases, deploys the Worker, prints the tag. Everything is
 * found before it is made, so that a run that broke off is simply run again. `--dry-run` needs no account.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root, stop } from './install.mjs';

const HELP = `npm run deploy -- --host dashboard.brand.example      the first time: where the dashboard lives (a domain of your Cloudflare account)
npm run deploy                                         later: builds, migrates, deploys
npm run deploy -- --dry-run                            builds, and says what would be made; needs no account
npm run deploy -- --site "Brand" --hosts www.brand.example --email you@brand.example
                                                       adds a site and its first admin (--zone Europe/Paris, --language fr)
  --no-build       takes the tag and the dashboard as they were built last
  --anywhere       databases outside the European Union, too (only when they are made)
  --config FILE    another wrangler.toml`;
const NO_HOST = 'comptoir.example';
const say = (line) => process.stdout.write(`${line}\n`);

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
function readOptions() {
  try {
    const names = { host: text, site: text, hosts: text, email: text, zone: text, language: text, config: text };
    return parseArgs({ options: { ...names, anywhere: flag, 'no-build': flag, help: flag, 'dry-run': flag } }).values;
  } catch (error) {
    return stop(`${error.message}\n\n${HELP}`);
  }
}

const asked = readOptions();
if (asked.help) {
  say(HELP);
  process.exit(0);
}
if (asked.language !== undefined && !['fr', 'en'].includes(asked.language)) stop('--language is fr or en.');
if (asked.host !== undefined && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(asked.host))
  stop('--host is a host name, such as dashboard.brand.example');
ensureInstalled();
const file = resolve(asked.config ?? join(root, 'wrangler.toml'));
const secretsFile = join(process.env.COMPTOIR_DATA ?? join(root, '.data'), 'deployed-secrets.json');
const { unstable_readConfig: readConfig } = await import('wrangler');

/** wrangler's own words stand on the screen. */
function wrangler(args, env = {}) {
  const script = join(root, 'node_modules/wrangler/bin/wrangler.js');
  const { status } = spawnSync(process.execPath, [script, ...args, '--config', file], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', ...env },
  });
  if (status !== 0)
    stop(`wrangler ${args.slice(0, 3).join(' ')} did not work: its words stand above. Nothing is lost; run the command again.`);
}

if (asked.host)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^CANONICAL_HOST = ".*"$/m, `CANONICAL_HOST = "${asked.host}"`));
const { build } = asked['no-build'] ? { build: () => {} } : await import('./build.mjs');
const { makeResources, namedIn } = await import('./deploy-resources.mjs');
const config = readConfig({ config: file });
const host = config.vars.CANONICAL_HOST;

if (asked['dry-run']) {
  await build();
  wrangler(['deploy', '--dry-run', '--outdir', join(root, 'build/deploy')]);
  const { databases, queues, buckets } = namedIn(config);
  const { SECRETS } = await import('./secret-names.mjs');
  say(`\nOn the account, a deployment finds or makes:`);
  for (const { name, id } of databases) say(`  database ${name}${id ? ' (named in the configuration)' : ''}, migrated`);
  for (const name of queues) say(`  queue    ${name}`);
  for (const name of buckets) say(`  bucket   ${name}`);
  say(`  secrets  ${SECRETS.join(', ')} (made once, kept in ${secretsFile})`);
  say(host === NO_HOST ? `  dashboard: say where, with --host dashboard.brand.example` : `  dashboard at https://${host}`);
  process.exit(0);
}
if (host === NO_HOST)
  stop(
    `Where shall the dashboard live? A name of a domain of your Cloudflare account:\n  npm run deploy -- --host dashboard.brand.example`,
  );

const { openAccount } = await import('./cloudflare-account.mjs');
const { missingSecrets } = await import('./deploy-secrets.mjs');
const { countSites, makeSite } = await import('./deploy-site.mjs');
const account = await openAccount(config.account_id);
const env = { CLOUDFLARE_ACCOUNT_ID: account.id, CLOUDFLARE_API_TOKEN: account.token };
await build();
await makeResources(account, config, file, { jurisdiction: asked.anywhere ? undefined : 'eu', say });
const { d1_databases: databases } = readConfig({ config: file });
for (const { binding } of databases) wrangler(['d1', 'migrations', 'apply', binding, '--remote'], { ...env, CI: '1' });

const secrets = missingSecrets(await account.secretsOf(config.name), secretsFile);
const folder = mkdtempSync(join(tmpdir(), 'comptoir-deploy-'));
try {
  const upload = join(folder, 'secrets.json');
  writeFileSync(upload, JSON.stringify(secrets), { mode: 0o600 });
  wrangler(['deploy', '--domain', host, ...(Object.keys(secrets).length > 0 ? ['--secrets-file', upload] : [])], env);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (Object.keys(secrets).length > 0)
  say(
    `\nThe secrets of this installation are in ${secretsFile}. Keep a copy where only you can read it: without it, addresses are lost with the Worker.`,
  );

const people = databases.find(({ binding }) => binding === 'PEOPLE').database_id;
if (asked.site) {
  const { site: name, hosts = '', email = '', zone = 'Europe/Paris', language = 'fr' } = asked;
  const { key, password } = await makeSite(account, people, secretsFile, {
    name,
    hosts: hosts.split(','),
    email,
    zone,
    language,
  });
  say(`
  Dashboard    https://${host}/s/${key}
               ${password ? `e-mail ${email} · password ${password} (shown once)` : `${email}, with the password you have`}
  The tag      <script defer src="https://${host}/c.js" data-site="${key}"></script>
`);
} else if ((await countSites(account, people)) === 0)
  say(
    `\nDeployed at https://${host}. There is no site yet:\n  npm run deploy -- --site "Brand" --hosts www.brand.example --email you@brand.example\n`,
  );
else say(`\nDeployed at https://${host}. Each site's tag is in its dashboard, under “Start”.\n`);
