/** The mailer that the configuration asks for. */
import { type MailEnv, readMailWay } from '../people/mail-way.ts';
import { cloudflareMailer } from './cloudflare-mailer.ts';
import { httpMailer } from './http-mailer.ts';
import { localMailer } from './local-mailer.ts';
import type { Mailer } from './mailer.ts';

/** @returns null when the configuration names none that works: mails wait then, sealed, and the dashboard says what is missing. */
export function chooseMailer(env: MailEnv & { PEOPLE: D1Database }): { mailer: Mailer; from: string } | null {
  const way = readMailWay(env);
  if ('problem' in way) return null;
  if (way.kind === 'outbox') return { mailer: localMailer(env.PEOPLE), from: way.from };
  if (way.kind === 'cloudflare') return { mailer: cloudflareMailer(way.binding), from: way.from };
  return { mailer: httpMailer(way.url, way.key), from: way.from };
}
