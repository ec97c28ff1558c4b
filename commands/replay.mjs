/**
 * npm run replay -- --from DIR|r2 [--site KEY] [--data DIR | --cloudflare [--config FILE]]: feeds the history back into the databases,
 * of this machine or of the Cloudflare account. `--from r2` reads the bucket HISTORY on the same side (docs/history.md).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { ensureInstalled, root, stop } from './install.mjs';

const text = { type: 'string' };
const usage = 'npm run replay -- --from DIR|r2 [--site KEY] [--data DIR | --cloudflare [--config FILE]]';
const { values } = (() => {
  try {
    return parseArgs({ options: { from: text, site: text, data: text, config: text, cloudflare: { type: 'boolean' } } });
  } catch (error) {
    return stop(`${error.message}: ${usage}`);
  }
})();
if (!values.from) stop(`Say where the history is: ${usage}`);
if (values.from !== 'r2' && !existsSync(values.from)) stop(`There is no folder ${values.from}: ${usage}`);
ensureInstalled();
const esbuild = await import('esbuild');
const outfile = join(root, 'build/replay/index.mjs');
await esbuild.build({
  ...{ bundle: true, format: 'esm', target: 'node20', platform: 'node', absWorkingDir: root, logLevel: 'warning', outfile },
  stdin: {
    contents:
      "export { replayLines } from './collector/ingest/replay-history.ts'; export { allSites } from './collector/store/sites.ts'; export { shardFor } from './collector/store/shards.ts';",
    resolveDir: root,
  },
});
const { replayLines, allSites, shardFor } = await import(outfile);
const { openDatabases } = await import('./server.mjs');
const { openOnCloudflare } = await import('./cloudflare-store.mjs');
const store = values.cloudflare
  ? await openOnCloudflare({ config: values.config })
  : await openDatabases({ dataDir: values.data ?? process.env.COMPTOIR_DATA ?? join(root, '.data') });

/** Names of the part files, as `site=KEY/day=DATE/part-N.ndjson.gz`. */
async function* partNames() {
  if (values.from !== 'r2') {
    for (const name of readdirSync(values.from, { recursive: true }).sort()) if (/part-\d+\.ndjson\.gz$/.test(name)) yield name;
    return;
  }
  let cursor;
  do {
    const page = await store.history.list({ cursor });
    for (const { key } of page.objects) if (/part-\d+\.ndjson\.gz$/.test(key)) yield key;
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor);
}
const bytesOf = async (name) =>
  values.from === 'r2' ? Buffer.from(await (await store.history.get(name)).arrayBuffer()) : readFileSync(join(values.from, name));

try {
  const sites = new Map((await allSites(store.env.PEOPLE)).map((site) => [site.key, site]));
  const sum = { files: 0, lines: 0, notLines: 0, rowsWritten: 0 };
  for await (const name of partNames()) {
    const key = /site=([0-9a-z]+)/.exec(name)?.[1];
    const site = sites.get(values.site ?? key);
    if (!site) stop(`No site has the key ${values.site ?? key}. Make it first, or name another: ${usage}`);
    if (values.site && key && key !== values.site) continue;
    const lines = gunzipSync(await bytesOf(name))
      .toString('utf8')
      .split('\n');
    const done = await replayLines(shardFor(store.env, site), site, lines);
    sum.files += 1;
    for (const what of ['lines', 'notLines', 'rowsWritten']) sum[what] += done[what];
  }
  process.stdout.write(
    `${sum.files} files, ${sum.lines} facts read, ${sum.rowsWritten} rows written, ${sum.notLines} lines not understood.\n`,
  );
  if (sum.notLines > 0) process.exitCode = 1;
} finally {
  await store.close();
}
