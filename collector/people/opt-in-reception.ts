/** An opt-in on its way into PEOPLE: what was sent, and what the request says of it. */
import type { Facts, OptInFact } from '../store/facts.ts';
import type { Site } from '../store/sites.ts';
import type { OptInMessage } from '../wire.ts';
import type { HeldFor } from './mail-quotas.ts';

export type PeopleSecrets = { ADDRESS_SECRET: string; INDEX_SECRET: string };
export type OptInReception = {
  people: D1Database;
  secrets: PeopleSecrets;
  site: Site;
  message: OptInMessage & { email: string };
  /** The addressless fact that goes to EVENTS, with the dictionary entries it needs. */
  fact: OptInFact;
  /** When the person did it, corrected; the fact may be counted on another day. */
  capturedAt: number;
  /** Why it is mailed only after a person's decision, as far as the request tells: older than thirty days, or one of very many. */
  heldFor: HeldFor | null;
  page: Facts['pages'][number];
  receivedAt: number;
  /** When it is taken in: later than its receipt where it was set aside first. Its link lives from then on. */
  takenAt: number;
  tagVersion: string | null;
  random: (bytes: number) => Uint8Array;
};
