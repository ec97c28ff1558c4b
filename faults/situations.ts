/** What must meet and by chance seldom does, drawn on purpose: a few steps each, around which everything else goes on. */
import type { Dice } from './dice.ts';
import { brokenDelivery, deadLetter } from './queue-situations.ts';
import type { Act, Step } from './scenario.ts';
import type { Situation, Stage } from './situation.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const nextMidnight = ({ midnights }: Stage, after: number) => midnights.find((at) => at > after) ?? after;

/** Somebody's visit goes on over midnight and over the closing of its day. */
const overMidnight: Situation = (stage, now) => {
  const { dice, traffic, acts } = stage;
  const midnight = nextMidnight(stage, now + HOUR);
  const who = traffic.somebody();
  const steps: Step[] = [];
  let closed = false;
  for (let at = midnight - dice.below(25 * MINUTE); at < midnight + 75 * MINUTE; at += 9 * MINUTE + dice.below(20 * MINUTE)) {
    steps.push({ now: at, act: acts.sendOf(traffic.make(at, { who, at: at - dice.below(1_000) })) });
    if (closed || at < midnight + 22 * MINUTE) continue;
    closed = true;
    const cronAt = Math.max(at, midnight + 30 * MINUTE) + 1 + dice.below(2 * MINUTE);
    steps.push({ now: cronAt, act: acts.upkeep() });
    at = Math.max(at, cronAt - 9 * MINUTE);
  }
  if (dice.chance(50)) steps.push({ now: midnight + 91 * MINUTE + dice.below(20 * MINUTE), act: acts.upkeep() });
  return steps;
};

/** An act by which a visitor is known arrives when later days of that visitor, who was nobody until then, are closed. */
const lateAct: Situation = (stage, now) => {
  const { dice, traffic, acts } = stage;
  const who = traffic.newcomer();
  const first = now + dice.below(HOUR);
  const second = nextMidnight(stage, first) + 2 * HOUR + dice.below(20 * HOUR);
  const late = nextMidnight(stage, second) + HOUR + dice.below(2 * HOUR);
  const visit = (at: number) => ({ now: at, act: acts.sendOf(traffic.make(at, { who, what: 'pageview', at })) });
  const act = acts.sendOf(traffic.make(late, { who, what: 'identify', at: first - dice.below(20 * MINUTE) }));
  return [
    visit(first),
    visit(second),
    { now: late, act: dice.chance(50) ? acts.windows(5_000) : acts.upkeep() },
    { now: late + MINUTE, act },
    { now: late + 2 * MINUTE, act: dice.chance(60) ? acts.upkeep() : acts.stumble(acts.upkeep()) },
  ];
};

/** A run of cron hangs for hours while messages come and another run takes over. */
const hungCron: Situation = ({ dice, traffic, acts }, now) => {
  const steps: Step[] = [];
  let at = now;
  for (let n = 2 + dice.below(3); n > 0; n -= 1) {
    at += 10 * MINUTE + dice.below(40 * MINUTE);
    steps.push({ now: at, act: acts.sendOf(traffic.make(at, { who: traffic.somebody(), at })) });
  }
  at += 40 * MINUTE + dice.below(HOUR);
  const later = dice.chance(25) ? 10 * HOUR + dice.below(12 * HOUR) : 2 * HOUR + dice.below(4 * HOUR);
  const between = at + dice.below(later - HOUR);
  const send = acts.sendOf(traffic.make(at + later, { who: traffic.somebody(), at: between }));
  const other: Act = { ...send, meanwhile: { call: 1, when: 'after', later: 0, act: acts.windows(2) } };
  const hung = { call: dice.chance(50) ? 4 : 2 + dice.below(4), when: 'before' as const, later, act: other };
  return [...steps, { now: at, act: { ...acts.windows(2), meanwhile: hung } }];
};

/** A late row arrives in a closed day, and whoever recomputes it dies at one call after the other. */
const dyingRecompute: Situation = ({ dice, traffic, acts }, now) => {
  const at = now + dice.below(30 * MINUTE);
  const back = DAY + dice.below(12 * HOUR);
  return [
    { now: at, act: acts.upkeep() },
    { now: at + 1_000, act: acts.sendOf(traffic.make(at, { at: at - back })) },
    { now: at + 2_000, act: acts.stumble(acts.windows(dice.chance(50) ? 2 : 5_000)) },
  ];
};

/** A late row arrives in a day that is about to be sealed. */
const lateSeal: Situation = (stage, now) => {
  const { dice, traffic, acts } = stage;
  const first = now + dice.below(HOUR);
  const day = nextMidnight(stage, first) + 3 * DAY;
  const late = day - dice.below(6 * HOUR);
  return [
    { now: first, act: acts.sendOf(traffic.make(first)) },
    { now: first + DAY + 2 * HOUR, act: acts.windows(5_000) },
    { now: late, act: acts.windows(5_000) },
    { now: late + 1_000, act: acts.sendOf(traffic.make(late, { at: first + dice.below(20 * MINUTE) - 10 * MINUTE })) },
    { now: day + HOUR + dice.below(6 * HOUR), act: acts.purge() },
  ];
};

const ANY = [overMidnight, lateAct, lateAct, hungCron, dyingRecompute, brokenDelivery];
const BY_THEME = new Map([
  ['late rows', [lateAct, lateAct, dyingRecompute, dyingRecompute]],
  ['queue', [brokenDelivery, brokenDelivery, deadLetter, deadLetter]],
  ['busy day', [hungCron, hungCron, overMidnight]],
  ['purge', [lateSeal]],
]);

/** One that suits the theme. */
export const drawSituation = ({ of }: Dice, theme: string): Situation => of(BY_THEME.get(theme) ?? ANY, overMidnight);
