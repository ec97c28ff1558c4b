/** Pinned files: named after their content, kept for good, and a build that notices when one was touched. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderOf, pinOf, pinTag, readReleased, release } from '../../commands/pin-tag.mjs';

const ROOT = join(import.meta.dirname, '../..');
let root = '';
let outDir = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'comptoir-pin-'));
  outDir = join(root, 'build');
  mkdirSync(folderOf(root), { recursive: true });
  mkdirSync(join(outDir, 'assets'), { recursive: true });
  writeFileSync(join(folderOf(root), 'released.json'), '[]\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const releaseCore = (code: string) => release({ root, code, version: '0.1.0', date: '2026-11-22' });
const buildCore = (code: string) => {
  writeFileSync(join(outDir, 'assets/c.js'), code);
  return pinTag({ root, outDir });
};
const assets = () => readdirSync(join(outDir, 'assets')).sort();

test('the name is the content, and the integrity is what a browser computes', () => {
  const { name, integrity } = pinOf('let a=1');
  expect(name).toBe(`c.v1.${createHash('sha256').update('let a=1').digest('hex').slice(0, 12)}.js`);
  expect(integrity).toBe(`sha384-${createHash('sha384').update('let a=1').digest('base64')}`);
});

test('a build has its own copy; a later one keeps what was released and drops what was not', async () => {
  const first = await buildCore('let a=1');
  expect(assets()).toEqual(['c.js', first.current.name]);
  await releaseCore('let a=1');
  await buildCore('let a=2');
  const third = await buildCore('let a=3');
  expect(assets()).toEqual(['c.js', first.current.name, third.current.name].sort());
  expect(readFileSync(join(outDir, 'assets', first.current.name), 'utf8')).toBe('let a=1');
  expect(JSON.parse(readFileSync(join(outDir, 'pinned.json'), 'utf8'))).toEqual(third);
  expect(third.released).toEqual([{ ...first.current, version: '0.1.0', date: '2026-11-22' }]);
});

test('releasing the same core twice is releasing it once', async () => {
  expect((await releaseCore('let a=1')).isNew).toBe(true);
  expect((await releaseCore('let a=1')).isNew).toBe(false);
  expect((await releaseCore('let a=2')).isNew).toBe(true);
  expect((await readReleased(root)).map(({ name }) => name)).toEqual([pinOf('let a=1').name, pinOf('let a=2').name]);
});

test.each([
  ['changed', (file: string) => writeFileSync(file, 'let a=9'), /was changed/],
  ['with other line ends', (file: string) => writeFileSync(file, 'let a=1\r\n'), /was changed/],
  ['deleted', (file: string) => rmSync(file), /is missing/],
  ['added by hand', (file: string) => writeFileSync(file.replace(/v1\.\w+/, 'v1.0123456789ab'), 'x'), /not in released/],
])('a released file that was %s fails the build', async (_how, act, sentence) => {
  const { entry } = await releaseCore('let a=1');
  act(join(folderOf(root), entry.name));
  await expect(buildCore('let a=2')).rejects.toThrow(sentence);
});

test('the files of this repository are as they were released', async () => {
  const released = await readReleased(ROOT);
  for (const { name, version, date } of released) {
    expect(existsSync(join(folderOf(ROOT), name))).toBe(true);
    expect([version, date]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/), expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
  }
});
