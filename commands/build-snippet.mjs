/** Builds the files that run in the browser and weighs them. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

/** Entry, file, kind, brotli budget (design/architecture.md). An entry that does not exist yet is left out. */
const ENTRIES = [
  ['index.ts', 'c.js', 'script', 1_500],
  ['extra.ts', 'c.x.js', 'esm', 2_500],
  ['kiosk.ts', 'kiosk.js', 'script', 4_000],
  // What a kiosk does when it can be heard: enrolment, sending, health, settings. Loaded by kiosk.js after it has begun to keep.
  ['kiosk-extra.ts', 'kiosk.x.js', 'esm', 4_500],
  // The staff panel, loaded by a long press.
  ['kiosk-staff.ts', 'kiosk.s.js', 'esm', 2_500],
  // The store of a kiosk whose browser refuses to store anything.
  ['kiosk-memory.ts', 'kiosk.m.js', 'esm', 800],
  ['optin-element.ts', 'c.o.js', 'esm', 4_000],
  // The on-screen keyboard, loaded by the element on kiosks only.
  ['optin-keyboard.ts', 'c.k.js', 'esm', 1_500],
];

/** The names that c.js and c.x.js share (snippet/contract.ts). Files of different ages meet: add letters, never reuse one. */
const SHARED = { path_: 'a', view_: 'b', mode_: 'c', queue_: 'd', on_: 'e' };

/** What the platform converts to booleans (Web IDL) may be written shorter. */
const YES = /\b(keepalive|passive|capture|ifAvailable):!0/g;

/**
 * The second pass joins what the first kept apart, file by file; terser weighs 1 to 4 % less than esbuild here. A classic script
 * becomes one `try` block: whatever happens while it starts, the page is not told; and with `let` instead of the bundler's
 * `var` nothing leaks out of the block.
 */
async function shrink(bundle, format) {
  const whole = format === 'script' ? `try{${bundle.replace(/^var |\bconst /gm, 'let ')}}catch{}` : bundle;
  const { code } = await minify(whole, {
    ecma: 2022,
    module: format === 'esm',
    toplevel: true,
    compress: { ecma: 2022, passes: 3 },
    format: { comments: false },
  });
  return Buffer.from(code.replace(YES, '$1:1'));
}

export async function buildSnippet({ root, outDir }) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await mkdir(outDir, { recursive: true });
  const weights = [];
  for (const [entry, name, format, budget] of ENTRIES) {
    const source = join(root, 'snippet', entry);
    if (!existsSync(source)) continue;
    const { outputFiles } = await build({
      entryPoints: [source],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      legalComments: 'none',
      // No 'use strict': what a frozen page refuses is then refused in silence.
      tsconfigRaw: '{}',
      charset: 'utf8',
      mangleProps: /_$/,
      mangleCache: SHARED,
      define: { __TAG__: JSON.stringify(version) },
    });
    const code = await shrink(outputFiles[0].text, format);
    await writeFile(join(outDir, name), code);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: code.length } };
    weights.push({
      name,
      bytes: code.length,
      gzip: gzipSync(code, { level: 9 }).length,
      brotli: brotliCompressSync(code, quality).length,
      budget,
    });
  }
  return weights;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const weights = await buildSnippet({ root, outDir: join(root, 'build', 'assets') });
  console.table(weights);
  if (weights.some(({ brotli, budget }) => brotli > budget)) process.exitCode = 1;
}
