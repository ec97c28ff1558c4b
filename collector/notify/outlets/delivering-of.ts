/** Deliveries in the real Worker: its network, its clock, its chance. */
import type { Delivering } from './delivering.ts';
import { resolveHost } from './resolve-host.ts';
import type { TargetRules } from './target.ts';

type Needed = Pick<Env, 'PEOPLE' | 'ADDRESS_SECRET' | 'STAGE' | 'CANONICAL_HOST'>;

/** Where receivers may be: anywhere public, and in the demo on this machine too. */
export const rulesOf = ({ STAGE, CANONICAL_HOST }: Pick<Needed, 'STAGE' | 'CANONICAL_HOST'>): TargetRules => ({
  allowsLocal: STAGE === 'demo',
  ownHost: CANONICAL_HOST,
  resolve: resolveHost,
});

/** @param now another clock than the machine's, in epoch ms. */
export const deliveringOf = (env: Needed, now: () => number = Date.now): Delivering => ({
  people: env.PEOPLE,
  addressSecret: env.ADDRESS_SECRET,
  rules: rulesOf(env),
  fetch: (url, init) => fetch(url, init),
  now,
  random: Math.random,
  randomBytes: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
});
