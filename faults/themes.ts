/** What a scenario is about. Chance alone seldom brings together what must meet: a visit over midnight, a round, and a late row. */
import type { Dice } from './dice.ts';

export type Theme = {
  name: string;
  /** How the clock goes on: some minutes, up to half an hour, up to 80 minutes, to the last hour of a day, nearly a day. */
  clock: [minutes: number, half: number, hour: number, midnight: number, day: number];
  acts: {
    [act in 'send' | 'upkeep' | 'deliver' | 'both' | 'stumble' | 'confirm' | 'replay' | 'poison' | 'migrate']: number;
  };
  /** Most browsers. Per cent of what happens that is told late, of it that is done by whoever did the last thing, and of messages that are repeats. */
  people: number;
  late: number;
  goesOn: number;
  repeats: number;
  /** Weight of acts by which a visitor is known, beside 75 of others. */
  identifies: number;
  /** Per cent of acts with a fault, and of steps at which EVENTS goes away. */
  broken: number;
  away: number;
  /** Per cent of windows in small pieces. */
  pieces: number;
  purges: boolean;
};

const MIXED: Theme = {
  name: 'mixed',
  clock: [30, 30, 15, 14, 11],
  acts: { send: 46, upkeep: 15, deliver: 10, both: 10, stumble: 5, confirm: 6, replay: 3, poison: 2, migrate: 0.7 },
  ...{ people: 5, late: 40, goesOn: 35, repeats: 45, identifies: 20, broken: 40, away: 6, pieces: 50, purges: false },
};

/** Weight of each theme. */
const THEMES: readonly (readonly [weight: number, Theme])[] = [
  [30, MIXED],
  [
    18,
    {
      ...MIXED,
      name: 'late rows',
      clock: [25, 20, 20, 20, 15],
      acts: { ...MIXED.acts, upkeep: 22, stumble: 10, confirm: 10 },
      ...{ people: 3, late: 60, identifies: 40, repeats: 30 },
    },
  ],
  [
    16,
    {
      ...MIXED,
      name: 'queue',
      acts: { ...MIXED.acts, deliver: 25, stumble: 10, replay: 8, poison: 6 },
      ...{ broken: 60, away: 25 },
    },
  ],
  [
    18,
    {
      ...MIXED,
      name: 'busy day',
      clock: [25, 45, 30, 0, 0],
      acts: { ...MIXED.acts, upkeep: 25 },
      ...{ late: 60, pieces: 100 },
    },
  ],
  [
    18,
    {
      ...MIXED,
      name: 'purge',
      clock: [25, 15, 5, 15, 40],
      acts: { ...MIXED.acts, upkeep: 28, stumble: 8, confirm: 2 },
      ...{ late: 65, purges: true },
    },
  ],
];

export const drawTheme = ({ weighed }: Dice): Theme => weighed(THEMES, MIXED);
