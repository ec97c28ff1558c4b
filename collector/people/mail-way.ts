/** How mails leave this installation, read from its configuration, or what is missing there. */
import { readUrl } from '../store/read-url.ts';
import { normaliseAddress } from './address.ts';

export type MailEnv = {
  STAGE: string;
  /** `cloudflare`, `http` or `outbox`; empty = the outbox in the demo, and nothing leaves elsewhere. */
  MAIL_WAY?: string;
  /** The address that mails come from; its name is the site's. */
  MAIL_FROM?: string;
  /** Where the HTTP provider takes mails; empty = Brevo. */
  MAIL_URL?: string;
  MAIL_API_KEY?: string;
  MAIL?: SendEmail;
};
export type MailWay =
  | { kind: 'outbox'; from: string }
  | { kind: 'cloudflare'; from: string; binding: SendEmail }
  | { kind: 'http'; from: string; url: string; key: string };
/** What is wrong with the configuration: mails wait until it is mended. */
export type MailProblem = 'no_way' | 'unknown_way' | 'outbox_is_for_demos' | 'bad_sender' | 'no_binding' | 'no_key' | 'bad_url';

const BREVO = 'https://api.brevo.com/v3/smtp/email';
const DEMO_SENDER = 'bonjour@comptoir.example';

/** A provider is reached by https, one on this machine by http. */
function readEndpoint(text: string): string | null {
  const url = readUrl(text);
  if (url === null || url.username !== '' || url.password !== '') return null;
  const isHere = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere) ? url.href : null;
}

export function readMailWay(env: MailEnv): MailWay | { problem: MailProblem } {
  const isDemo = env.STAGE === 'demo';
  const way = env.MAIL_WAY || (isDemo ? 'outbox' : '');
  const from = normaliseAddress(env.MAIL_FROM || (isDemo ? DEMO_SENDER : ''));
  if (way === '') return { problem: 'no_way' };
  // Readable recipients in a table: for a demo only.
  if (way === 'outbox' && !isDemo) return { problem: 'outbox_is_for_demos' };
  if (way !== 'outbox' && way !== 'cloudflare' && way !== 'http') return { problem: 'unknown_way' };
  if (from === null) return { problem: 'bad_sender' };
  if (way === 'outbox') return { kind: way, from };
  if (way === 'cloudflare') return env.MAIL ? { kind: way, from, binding: env.MAIL } : { problem: 'no_binding' };
  const url = readEndpoint(env.MAIL_URL || BREVO);
  if (url === null) return { problem: 'bad_url' };
  return env.MAIL_API_KEY ? { kind: way, from, url, key: env.MAIL_API_KEY } : { problem: 'no_key' };
}
