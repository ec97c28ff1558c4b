/**
 * Builds the npm package @comptoir/tag: one file for each module system, and its types. Run by `npm publish` in packages/tag,
 * and by the test that judges what would be published.
 */
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Declarations name the files they import as TypeScript sources; published, they are modules. */
async function writeTypes(root, dist) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = ['-p', 'packages/tag', '--noEmit', 'false', '--emitDeclarationOnly', '--declaration', '--rootDir', root];
  const done = spawnSync(process.execPath, [tsc, ...args, '--outDir', join(dist, 'types')], { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`The types of @comptoir/tag: ${done.stdout}${done.stderr}`);
  const made = join(dist, 'types/packages/tag/src');
  for (const name of (await readdir(made)).filter((one) => one.endsWith('.d.ts'))) {
    const text = await readFile(join(made, name), 'utf8');
    await writeFile(join(dist, name), text.replace(/(from '\.\/\w+)\.ts'/g, "$1.js'"));
    await writeFile(join(dist, name.replace('.d.ts', '.d.cts')), text.replace(/(from '\.\/\w+)\.ts'/g, "$1.cjs'"));
  }
  await rm(join(dist, 'types'), { recursive: true });
}

/** @param options.outDir the folder that becomes the package: package.json, README.md, LICENSE and dist. */
export async function buildPackage({ root, outDir }) {
  const source = join(root, 'packages/tag');
  const dist = join(outDir, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  if (outDir !== source)
    for (const name of ['package.json', 'README.md', 'LICENSE']) await copyFile(join(source, name), join(outDir, name));
  for (const [format, file] of [
    ['esm', 'index.js'],
    ['cjs', 'index.cjs'],
  ])
    await build({
      absWorkingDir: root,
      entryPoints: [join(source, 'src/index.ts')],
      bundle: true,
      format,
      target: 'es2022',
      charset: 'utf8',
      outfile: join(dist, file),
      logLevel: 'warning',
    });
  await writeTypes(root, dist);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  await buildPackage({ root, outDir: join(root, 'packages/tag') });
}
