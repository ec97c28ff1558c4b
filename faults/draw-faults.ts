/** Draws what goes wrong at one call. */
import type { Dice } from './dice.ts';
import type { Act, Fault } from './scenario.ts';

/** D1's own words (https://developers.cloudflare.com/d1/observability/debug-d1/); the last two do not pass by themselves. */
const WORDS = [
  'D1_ERROR: Network connection lost.',
  'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: Internal error in D1 DB storage caused object to be reset.',
  'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
  'D1_ERROR: Exceeded maximum DB size',
  'D1_ERROR: no such table: pageviews: SQLITE_ERROR',
];
const PASSING = WORDS.slice(0, 5);
const HOW = ['before', 'after', 'after', 'down', 'dies'] as const;

/** @param calls how many calls the actor makes: one of them fails. */
export const drawFault = ({ below, of }: Dice, database: Fault['database'], calls: number): Fault => ({
  database,
  call: 1 + below(calls),
  how: of(HOW, 'after'),
  words: of(WORDS, ''),
});

/** The same act again and again, failing at its first call, then at its second, and so on. */
export const stumble = ({ below, of }: Dice, act: Act): Act => ({
  do: 'stumble',
  act,
  calls: 3 + below(6),
  fault: {
    database: 'events',
    call: 1,
    how: of(['before', 'before', 'after', 'dies'] as const, 'before'),
    words: of(PASSING, ''),
  },
});

/** EVENTS is away. */
export const away = ({ of }: Dice, act: Act): Act => ({
  ...act,
  fault: { database: 'events', call: 1, how: 'down', words: of(PASSING, '') },
});
