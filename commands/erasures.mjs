/**
 * npm run erasures -- list|replay [--data DIR | --cloudflare [--config FILE] --secrets FILE]: the list of erasures, and erasing again what a
 * restored database brought back. Cron does so by itself for the last 45 days; this goes through the whole list (docs/help: my data).
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root, stop } from './install.mjs';

const text = { type: 'string' };
const usage = 'npm run erasures -- list|replay [--data DIR | --cloudflare [--config FILE] --secrets FILE]';
const { values, positionals } = (() => {
  try {
    const options = { data: text, config: text, secrets: text, cloudflare: { type: 'boolean' } };
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    return stop(`${error.message}: ${usage}`);
  }
})();
const [what] = positionals;
if (positionals.length !== 1 || (what !== 'list' && what !== 'replay')) stop(`Say what to do: ${usage}`);
const dataDir = values.data ?? process.env.COMPTOIR_DATA ?? join(root, '.data');
const secretsFile = values.secrets ?? (values.cloudflare ? undefined : join(dataDir, 'secrets.json'));
if (!secretsFile || !existsSync(secretsFile))
  stop(
    `The list is hashed with INDEX_SECRET: give a JSON file that has INDEX_SECRET and ADDRESS_SECRET with --secrets. ${usage}`,
  );
const { INDEX_SECRET, ADDRESS_SECRET } = JSON.parse(readFileSync(secretsFile, 'utf8'));
if (!INDEX_SECRET || !ADDRESS_SECRET) stop(`${secretsFile} has no INDEX_SECRET and ADDRESS_SECRET.`);
ensureInstalled();
const esbuild = await import('esbuild');
const outfile = join(root, 'build/erasures/index.mjs');
await esbuild.build({
  ...{ bundle: true, format: 'esm', target: 'node20', platform: 'node', absWorkingDir: root, logLevel: 'warning', outfile },
  stdin: {
    contents:
      "export { replayErasures } from './collector/people/replay-erasures.ts'; export { readErasures } from './collector/people/erasure-list.ts'; export { workOffErasures } from './collector/people/erase-work.ts';",
    resolveDir: root,
  },
});
const { replayErasures, readErasures, workOffErasures } = await import(outfile);
const { openDatabases } = await import('./server.mjs');
const { openOnCloudflare } = await import('./cloudflare-store.mjs');
const store = values.cloudflare ? await openOnCloudflare({ config: values.config }) : await openDatabases({ dataDir });
const say = (line) => process.stdout.write(`${line}\n`);

try {
  const env = { ...store.env, HISTORY: store.history, INDEX_SECRET, ADDRESS_SECRET };
  if (what === 'list') {
    let listed = 0;
    for await (const { at, site, id, visitors } of readErasures(env.HISTORY, 0)) {
      say(`${new Date(at).toISOString()}  site ${site}  ${visitors.length} visitors  ${id}`);
      listed += 1;
    }
    say(`${listed} erasures are listed.`);
  } else {
    const { listed, persons, visitors } = await replayErasures(env, 0, Date.now(), (n) => new Uint8Array(randomBytes(n)));
    say(`${listed} erasures are listed; ${persons} persons and ${visitors} visitors had come back and are erased again.`);
    // Facts and files: as many rounds as cron would make.
    for (let round = 0; round < 10_000; round += 1) {
      await workOffErasures(env, Date.now());
      const open = await env.PEOPLE.prepare('SELECT count(*) AS n FROM erasures WHERE done_at IS NULL').first('n');
      if (open === 0) break;
    }
  }
} finally {
  await store.close();
}
