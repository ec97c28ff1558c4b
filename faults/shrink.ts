/** Makes a failing scenario readable: leaves out whatever it also fails without. */
import { play } from './play.ts';
import type { Act, Scenario, Step } from './scenario.ts';
import type { Databases } from './world.ts';

/** Simpler forms of one step: without its fault, without what happens meanwhile, with fewer messages, one of two actors. */
function simpler({ now, act }: Step): Step[] {
  const acts: Act[] = [];
  const { fault, meanwhile, ...plain } = act;
  if (fault) acts.push(meanwhile ? { ...plain, meanwhile } : plain);
  if (meanwhile) {
    acts.push(fault ? { ...plain, fault } : plain);
    for (const inner of simpler({ now, act: meanwhile.act })) acts.push({ ...act, meanwhile: { ...meanwhile, act: inner.act } });
  }
  if (act.do === 'send') {
    for (const left of act.items)
      if (act.items.length > 1) acts.push({ ...act, items: act.items.filter((item) => item !== left) });
    if (act.drift !== 0) acts.push({ ...act, drift: 0 });
  }
  if (act.do === 'both') acts.push(...act.acts);
  if (act.do === 'stumble' && fault)
    for (let call = 1; call <= act.calls; call += 1) acts.push({ ...act.act, fault: { ...fault, call } });
  return acts.map((a) => ({ now, act: a }));
}

/**
 * @param databases the same every time, chance included.
 * @param tries how many scenarios may be played.
 * @returns the smallest failing scenario that was found.
 */
export async function shrink(
  databases: () => Databases,
  scenario: Scenario,
  tries: number,
): Promise<{ scenario: Scenario; violation: string | null; tried: number }> {
  let smallest = scenario;
  let { violation, step } = await play(databases(), scenario);
  let tried = 1;
  const fails = async (steps: Step[]): Promise<boolean> => {
    if (tried >= tries) return false;
    tried += 1;
    const outcome = await play(databases(), { ...smallest, steps });
    if (outcome.violation === null) return false;
    violation = outcome.violation;
    smallest = { ...smallest, steps };
    return true;
  };
  if (violation === null) return { scenario, violation, tried };
  await fails(scenario.steps.slice(0, step + 1));
  for (let changed = true; changed && tried < tries; ) {
    changed = false;
    for (let size = Math.max(1, smallest.steps.length >> 1); size >= 1; size >>= 1) {
      for (let at = smallest.steps.length - size; at >= 0; at -= size) {
        const without = smallest.steps.filter((_, i) => i < at || i >= at + size);
        if (await fails(without)) changed = true;
      }
    }
    for (let i = 0; i < smallest.steps.length; i += 1) {
      const current = smallest.steps[i];
      if (!current) continue;
      for (const form of simpler(current)) {
        if (await fails(smallest.steps.map((s, k) => (k === i ? form : s)))) {
          changed = true;
          break;
        }
      }
    }
  }
  return { scenario: smallest, violation, tried };
}
