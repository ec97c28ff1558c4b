/** Situations of messages that go by the queue. */
import { away, drawFault } from './draw-faults.ts';
import type { Act } from './scenario.ts';
import type { Situation } from './situation.ts';

const MINUTE = 60_000;

/** A message goes by the queue, among one that nobody can store, and whoever delivers it fails. */
export const brokenDelivery: Situation = ({ dice, traffic, acts }, now) => {
  const deliver = (): Act => ({ do: 'deliver', size: 6, pick: dice.below(1e6), again: dice.chance(25) });
  const broken = drawFault(dice, 'events', 2);
  const steps: Act[] = [
    away(dice, acts.sendOf(traffic.make(now, { who: traffic.somebody() }))),
    ...(dice.chance(50) ? [{ do: 'poison' as const, column: dice.of(['page', 'kiosk', 'at'], 'page') }] : []),
    { ...deliver(), fault: { ...broken, how: dice.of(['before', 'before', 'after', 'dies'] as const, 'before') } },
    deliver(),
  ];
  return steps.map((act, i) => ({ now: now + i * MINUTE, act }));
};

/** A letter dies, is parked, and whoever gives it back to the queue fails. */
export const deadLetter: Situation = ({ dice, traffic, acts }, now) => {
  const deliver: Act = { do: 'deliver', size: 6, pick: dice.below(1e6), again: false };
  const replay: Act = { do: 'replay', all: dice.chance(50), queueFails: dice.chance(50) };
  const broken = drawFault(dice, 'events', 1);
  const steps: Act[] = [
    away(dice, acts.sendOf(traffic.make(now, { who: traffic.somebody() }))),
    away(dice, deliver),
    deliver,
    replay.queueFails
      ? replay
      : { ...replay, fault: { ...broken, call: 2, how: dice.of(['before', 'after', 'dies'] as const, 'after') } },
    replay,
  ];
  return steps.map((act, i) => ({ now: now + i * MINUTE, act }));
};
