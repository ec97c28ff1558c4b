/** The first site of an installation, and every further one, made in the account's database. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSecretsFile } from './deploy-secrets.mjs';
import { root, stop } from './install.mjs';

const PROBLEMS = {
  no_name: 'A site has a name: --site "Maison Amarante".',
  no_host: 'Say on which hosts the tag stands: --hosts www.brand.example,shop.brand.example',
  bad_host: 'One of --hosts is no host name. Good: --hosts www.brand.example,shop.brand.example',
  bad_zone: 'This time zone does not exist. Good: --zone Europe/Paris',
  bad_address: 'The first admin signs in with an e-mail address: --email you@brand.example',
  site_exists: 'There is a site of this name already.',
};

/** The part of D1's binding that is used here, over the account's API. */
function overApi(account, database) {
  const prepare = (sql) => ({
    bind: (...params) => ({
      run: () => account.query(database, sql, params),
      first: async () => (await account.query(database, sql, params))[0] ?? null,
    }),
  });
  return { prepare, batch: async (list) => Promise.all(list.map((statement) => statement.run())) };
}

async function load() {
  const esbuild = await import('esbuild');
  const outfile = join(root, 'build/deploy/add-site.mjs');
  await esbuild.build({
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', absWorkingDir: root, logLevel: 'error' },
    entryPoints: ['collector/access/add-site.ts'],
    outfile,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return import(pathToFileURL(outfile).href);
}

export const countSites = async (account, database) => (await account.query(database, 'SELECT count(*) AS n FROM sites'))[0].n;

/** @returns {Promise<{key: string, password: string | null}>} ends the command with one sentence when it cannot be made. */
export async function makeSite(account, database, secretsFile, site) {
  const secrets = readSecretsFile(secretsFile);
  if (!secrets.SITE_SECRET)
    stop(
      `A site's key is made with SITE_SECRET, which is not in ${secretsFile}. Copy that file from the machine of the first deployment.`,
    );
  const { addSite } = await load();
  const added = await addSite(overApi(account, database), secrets, site, Date.now(), (n) => new Uint8Array(randomBytes(n)));
  if (typeof added === 'string') stop(PROBLEMS[added]);
  return added;
}
