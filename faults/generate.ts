/** Draws a scenario from a seed: who does what when, and what goes wrong. Nothing is drawn while it runs. */
import { startsOfDays } from './days.ts';
import { diceOf } from './dice.ts';
import { actsOf } from './draw-acts.ts';
import { away } from './draw-faults.ts';
import { drawTraffic } from './draw-traffic.ts';
import type { Scenario, Step } from './scenario.ts';
import { drawSituation } from './situations.ts';
import { drawTheme } from './themes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** First days around clock changes, leap days and ordinary ones. */
const BEGINNINGS: readonly [zone: string, date: string][] = [
  ['UTC', '2026-10-24'],
  ['Europe/Paris', '2026-10-23'],
  ['Europe/Paris', '2026-03-27'],
  ['Europe/Paris', '2026-06-10'],
  ['Asia/Kolkata', '2024-02-27'],
  ['America/New_York', '2026-03-06'],
  ['Australia/Lord_Howe', '2026-04-03'],
];

/** The same seed is the same scenario for ever, as long as this folder does not change. */
export function generate(seed: number): Scenario {
  const dice = diceOf(seed);
  const { below, chance, of, weighed } = dice;
  const theme = drawTheme(dice);
  const [zone, date] = of(BEGINNINGS, ['UTC', '2026-10-24']);
  const midnights = startsOfDays(zone, date, 60);
  const start = midnights[0] ?? 0;
  const traffic = drawTraffic(dice, start, theme);
  const acts = actsOf(dice, traffic, theme);
  const steps: Step[] = [];
  let now = start + DAY + below(10 * HOUR);
  let gone = 0;

  /** Some minutes, so that visits go on; an hour; the last hour of a day; nearly a day. */
  const goOn = () => {
    const [minutes, half, hour, midnight, day] = theme.clock;
    now = weighed(
      [
        [minutes, now + 1 + below(10 * MINUTE)],
        [half, now + 5 * MINUTE + below(30 * MINUTE)],
        [hour, now + 1 + below(80 * MINUTE)],
        [midnight, (midnights.find((at) => at > now + HOUR) ?? now) - below(50 * MINUTE)],
        [day, now + DAY - below(3 * HOUR)],
      ],
      now + MINUTE,
    );
  };
  const anything = () => {
    goOn();
    const act = acts.any(now);
    // Now and then EVENTS is away for a while.
    if (gone > 0) gone -= 1;
    else if (chance(theme.away)) gone = 1 + below(4);
    steps.push({ now, act: gone > 0 && act.do !== 'both' && act.do !== 'stumble' ? away(dice, act) : act });
    now += act.meanwhile?.later ?? 0;
  };
  const happen = () => {
    goOn();
    steps.push(...drawSituation(dice, theme.name)({ dice, traffic, acts, midnights }, now));
    const last = steps.at(-1);
    now = Math.max(now, last ? last.now + (last.act.meanwhile?.later ?? 0) : now);
  };
  for (let parts = 1 + below(2); parts > 0; parts -= 1) {
    for (let n = 2 + below(4); n > 0; n -= 1) anything();
    happen();
  }
  for (let n = 1 + below(4); n > 0; n -= 1) anything();
  return { seed, theme: theme.name, zone, start, purges: theme.purges, happenings: traffic.happenings, steps };
}
