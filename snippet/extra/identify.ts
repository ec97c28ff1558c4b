/** `comptoir('identify', …)`: who the site's own log-in says this is, in engagement mode only. */
import type { Part } from '../contract.ts';
import { make, shared } from './core.ts';

export const identify = (user: unknown, proof: unknown): void => {
  // An e-mail address would turn the statistics into a list of people.
  if (/@/.test(String(user))) console.warn('comptoir: identify takes no address');
  else if (shared.mode_ === 'engagement') make('identify', { ...Object(proof), user } as Part<'identify'>);
};
