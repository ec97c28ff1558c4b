/** What deliveries work with, and what one of them is. */
import type { Mailer } from '../mailer.ts';
import type { Message } from '../webhooks/message.ts';
import type { Requests } from './request.ts';
import type { TargetRules } from './target.ts';

/** What deliveries work with; clock, chance and network are parameters. */
export type Delivering = Requests & {
  people: D1Database;
  addressSecret: string;
  rules: TargetRules;
  random: () => number;
  randomBytes: (bytes: number) => Uint8Array;
  /** How mail leaves, and where its links lead; null when nothing is configured. */
  mail: { mailer: Mailer; from: string; linkBase: string } | null;
  /** Where a connector's API is, when not at its provider: in tests. */
  apiOrigin?: (kind: string) => string | undefined;
};
export type Due = { id: string; announcement: string; attempts: number; message: Message };
