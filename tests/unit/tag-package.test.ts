/** What would be published as @comptoir/tag: judged by publint and attw, imported in Node, and shaken by a bundler. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPackage } from '../../commands/build-package.mjs';

const ROOT = join(import.meta.dirname, '../..');
let folder = '';
let tarball = new Uint8Array();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-package-'));
  const outDir = join(folder, 'package');
  mkdirSync(outDir);
  await buildPackage({ root: ROOT, outDir });
  // As `npm pack` writes it, without npm: a folder called `package`, packed.
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder });
  tarball = new Uint8Array(readFileSync(join(folder, 'package.tgz')));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = `
  install({ site: 'KEY', host: 'https://measure.example' });
  page(); page({ path: '/a' }); event('E', { n: 1 }); identify('u'); reset(); consent({ engagement: true }); measure(false);
  optin({ email: 'ada@example.org', boxes: {}, wording: 'w' }).then((outcome) =>
    console.log(JSON.stringify([outcome, 'window' in globalThis, 'comptoir' in globalThis])));`;
const NAMES = '{ consent, event, identify, install, measure, optin, page, reset }';

/** Runs a program in a project that has the package installed. */
const run = (file: string, program: string): string => {
  const home = join(folder, 'project/node_modules/@comptoir/tag');
  mkdirSync(home, { recursive: true });
  cpSync(join(folder, 'package'), home, { recursive: true });
  writeFileSync(join(folder, 'project', file), program);
  return execFileSync(process.execPath, [file], { cwd: join(folder, 'project'), encoding: 'utf8' }).trim();
};

test('publint has nothing to say', async () => {
  const { messages } = await publint({ pack: { tarball: tarball.buffer } });
  expect(messages).toEqual([]);
});

test('the types are right for every way of importing', async () => {
  const result = await checkPackage(createPackageFromTarballData(tarball));
  expect(result.types).toBeTruthy();
  expect('problems' in result ? result.problems : ['no types']).toEqual([]);
});

test('on a server nothing happens, imported or required', () => {
  const nothing = JSON.stringify([{ error: 'no_browser' }, false, false]);
  expect(run('esm.mjs', `import ${NAMES} from '@comptoir/tag';${PROGRAM}`)).toBe(nothing);
  expect(run('cjs.cjs', `const ${NAMES} = require('@comptoir/tag');${PROGRAM}`)).toBe(nothing);
  expect(run('names.mjs', "console.log(Object.keys(await import('@comptoir/tag')).sort().join())")).toBe(
    NAMES.replace(/[{} ]/g, ''),
  );
});

test('what a page does not use is not in its bundle', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "import { event } from '@comptoir/tag'; event('E');", resolveDir: join(folder, 'project') },
    bundle: true,
    format: 'esm',
    write: false,
  });
  const code = outputFiles[0]?.text ?? '';
  expect(code).toContain('"event"');
  for (const unused of ['createElement', 'identify', 'setTimeout']) expect(code).not.toContain(unused);
});

test("the version is the product's", () => {
  const versionIn = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8')).version;
  expect(versionIn('packages/tag/package.json')).toBe(versionIn('package.json'));
});
