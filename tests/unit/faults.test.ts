/** A small share of the fault simulation in every run of the tests; `npm run check:long` plays thousands. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('60 scenarios of traffic and faults: nothing acknowledged is lost, nothing counted twice', () => {
  const done = spawnSync(process.execPath, ['commands/faults.mjs', '--scenarios', '60', '--seed', '10001'], { encoding: 'utf8' });
  expect(done.status, `${done.stdout}\n${done.stderr}`).toBe(0);
  expect(done.stdout).toContain('60 scenarios');
}, 180_000);
