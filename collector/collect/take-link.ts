/** A mailed link was opened: PEOPLE checks the token first, then the act becomes a fact. */
import { openLink } from '../people/link-tokens.ts';
import type { Facts } from '../store/facts.ts';
import type { Message, Refusal } from '../wire.ts';
import type { Collector } from './collector.ts';
import { type Reception, readAbout } from './read-about.ts';

/**
 * @returns why it is refused, or null; then its fact is in `facts`. The answer says nothing of a person.
 * @throws when PEOPLE is away: nothing may be acknowledged then.
 */
export async function takeLink(
  m: Extract<Message, { kind: 'link' }>,
  r: Reception,
  facts: Facts,
  c: Collector,
): Promise<Refusal | null> {
  if (m.mode !== 'engagement') return 'needs_engagement';
  // Mails are opened on a person's own screen, not on one in a store.
  if (r.kiosk) return 'bad_code';
  const read = readAbout(m, r, facts);
  if (typeof read === 'string') return read;
  const { visitor, at } = read.about;
  // Mailing tools append what is theirs.
  const [token = ''] = m.token.split('&');
  if (!(await openLink(c.people, r.site.id, token, { visitor, id: m.id, at }))) return 'bad_code';
  facts.identifications.push({ ...read.about, act: 2, ended_at: null });
  return null;
}
