/** A small share of the fault simulation in every run of the tests; `npm run check:long` plays thousands. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('15 scenarios of traffic and faults: nothing acknowledged is lost, nothing counted twice', () => {
  const done = spawnSync(process.execPath, ['commands/faults.mjs', '--scenarios', '15', '--seed', '10001'], { encoding: 'utf8' });
  expect(done.status, `${done.stdout}\n${done.stderr}`).toBe(0);
  expect(done.stdout).toContain('15 scenarios');
}, 180_000);
