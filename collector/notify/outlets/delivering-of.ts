/** Deliveries in the real Worker: its network, its clock, its chance. */
import type { MailEnv } from '../../people/mail-way.ts';
import type { PublicWeb } from '../../people/privacy-snapshot.ts';
import { chooseMailer } from '../choose-mailer.ts';
import type { Delivering } from './delivering.ts';
import { resolveHost } from './resolve-host.ts';
import { checkTarget, type TargetRules } from './target.ts';

type Needed = Pick<Env, 'PEOPLE' | 'ADDRESS_SECRET' | 'STAGE' | 'CANONICAL_HOST'> & MailEnv;
const isLocal = (host: string) => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);

/** Where receivers may be: anywhere public, and in the demo on this machine too. */
export const rulesOf = ({ STAGE, CANONICAL_HOST }: Pick<Needed, 'STAGE' | 'CANONICAL_HOST'>): TargetRules => ({
  allowsLocal: STAGE === 'demo',
  ownHost: CANONICAL_HOST,
  resolve: resolveHost,
});

/** The pages that brands link to: what holds for receivers holds for them. */
export const publicWebOf = (env: Pick<Needed, 'STAGE' | 'CANONICAL_HOST'>): PublicWeb => ({
  fetch: (url, init) => fetch(url, init),
  check: (address) => checkTarget(address, rulesOf(env)),
});

function mailOf(env: Needed): Delivering['mail'] {
  const chosen = chooseMailer(env);
  return chosen && { ...chosen, linkBase: `${isLocal(env.CANONICAL_HOST) ? 'http' : 'https'}://${env.CANONICAL_HOST}` };
}

export const deliveringOf = (env: Needed): Delivering => ({
  people: env.PEOPLE,
  addressSecret: env.ADDRESS_SECRET,
  rules: rulesOf(env),
  fetch: (url, init) => fetch(url, init),
  now: Date.now,
  mail: mailOf(env),
  random: Math.random,
  randomBytes: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
});
