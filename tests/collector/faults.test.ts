/** A small share of the fault simulation in every run of the tests, and the seeds that once found a bug. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { generate } from '../../faults/generate.ts';
import { play } from '../../faults/play.ts';

const SCENARIOS = 60;
const FIRST = 10_001;

test(`${SCENARIOS} scenarios of traffic and faults: nothing acknowledged is lost, nothing counted twice`, async () => {
  for (let seed = FIRST; seed < FIRST + SCENARIOS; seed += 1) {
    const { violation } = await play(env, generate(seed));
    expect(violation, `npm run faults -- --scenarios 1 --seed ${seed}`).toBeNull();
  }
}, 120_000);
