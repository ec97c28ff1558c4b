/**
 * npm run verify-proof -- FILE.json [--key PUBLIC_KEY …]: checks a proof of consent with nothing but the file: every text, the chain, the
 * order of the acts, the signed digests. Needs no database and no network. Ends with 1 when something does not hold.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root, stop } from './install.mjs';

const usage = 'npm run verify-proof -- FILE.json [--key PUBLIC_KEY …]';
const { values, positionals } = (() => {
  try {
    return parseArgs({ allowPositionals: true, options: { key: { type: 'string', multiple: true } } });
  } catch (error) {
    return stop(`${error.message}: ${usage}`);
  }
})();
const [file] = positionals;
if (!file || positionals.length > 1) stop(`Say which file: ${usage}`);
if (!existsSync(file)) stop(`There is no file ${file}: ${usage}`);
ensureInstalled();
const esbuild = await import('esbuild');
const outfile = join(root, 'build/verify-proof/index.mjs');
await esbuild.build({
  ...{ bundle: true, format: 'esm', target: 'node20', platform: 'node', absWorkingDir: root, logLevel: 'warning', outfile },
  entryPoints: ['collector/people/verify-proof.ts'],
});
const { verifyProof } = await import(outfile);
const proof = (() => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return stop(`${file} is not JSON: ${error.message}`);
  }
})();
const { sound, problems, warnings, keys } = await verifyProof(proof, values.key ?? []);
const say = (text) => process.stdout.write(`${text}\n`);
for (const problem of problems) say(`✗ ${problem}`);
for (const warning of warnings) say(`! ${warning}`);
if (sound) say(`✓ ${proof.entries.length} entries, ${proof.digests.length} signed digests: nothing was altered.`);
if (sound && !values.key)
  say(`  Signed with ${keys.join(', ')}. Compare with the key the brand publishes, or give it with --key.`);
process.exitCode = sound ? 0 : 1;
