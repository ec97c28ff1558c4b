/**
 * Pinned copies of the core, `c.v1.HASH.js`: the name says the content, so a browser may keep the file for good and a page may
 * name its hash. A released one (snippet/released, made by `npm run release:tag`) is served for as long as the product lives.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The 1 is the wire's version (collector/wire.ts): a core of another wire would be another series. */
const PINNED = /^c\.v1\.[0-9a-f]{12}\.js$/;
export const folderOf = (root) => join(root, 'snippet/released');
const listOf = (root) => join(folderOf(root), 'released.json');

/** Name and integrity (https://www.w3.org/TR/SRI/) of a core. */
export function pinOf(code) {
  const digest = (algorithm, encoding) => createHash(algorithm).update(code).digest(encoding);
  return { name: `c.v1.${digest('sha256', 'hex').slice(0, 12)}.js`, integrity: `sha384-${digest('sha384', 'base64')}` };
}

/**
 * Every released core, oldest first.
 *
 * @returns {Promise<{name: string, integrity: string, version: string, date: string}[]>}
 * @throws when a released file is missing, changed or not in the list: pages in the world name its hash and would lose the tag.
 */
export async function readReleased(root) {
  const list = JSON.parse(await readFile(listOf(root), 'utf8'));
  for (const { name, integrity } of list) {
    const file = join(folderOf(root), name);
    if (!existsSync(file)) throw new Error(`snippet/released/${name} is missing. Released files stay: bring it back from git.`);
    const real = pinOf(await readFile(file));
    if (real.name !== name || real.integrity !== integrity)
      throw new Error(`snippet/released/${name} was changed. Released files never change: bring it back from git.`);
  }
  const listed = new Set(list.map(({ name }) => name));
  for (const name of await readdir(folderOf(root)))
    if (name.endsWith('.js') && !listed.has(name))
      throw new Error(`snippet/released/${name} is not in released.json. Only \`npm run release:tag\` adds files there.`);
  return list;
}

/** Adds the core to the released ones. Returns its entry, and whether it was there already. */
export async function release({ root, code, version, date }) {
  const list = await readReleased(root);
  const pin = pinOf(code);
  const known = list.find(({ name }) => name === pin.name);
  if (known) return { entry: known, isNew: false };
  const entry = { ...pin, version, date };
  await writeFile(join(folderOf(root), pin.name), code);
  await writeFile(listOf(root), `${JSON.stringify([...list, entry], null, 2)}\n`);
  return { entry, isNew: true };
}

/**
 * Puts the pinned files beside `c.js`: today's, and every released one. Only released ones are ever shown to a site owner:
 * today's is gone with the next build. Their names and integrities are written to `pinned.json`.
 */
export async function pinTag({ root, outDir }) {
  const assets = join(outDir, 'assets');
  const code = await readFile(join(assets, 'c.js'));
  const current = pinOf(code);
  const released = await readReleased(root);
  const wanted = new Set([current.name, ...released.map(({ name }) => name)]);
  await mkdir(assets, { recursive: true });
  for (const name of await readdir(assets)) if (PINNED.test(name) && !wanted.has(name)) await rm(join(assets, name));
  await writeFile(join(assets, current.name), code);
  for (const { name } of released) await copyFile(join(folderOf(root), name), join(assets, name));
  const manifest = { current, released };
  await writeFile(join(outDir, 'pinned.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
