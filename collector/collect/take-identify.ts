/** An `identify`: the person is linked in PEOPLE first, then the act becomes a fact. */
import { checkIdentity, linkIdentity } from '../people/identify.ts';
import type { Facts } from '../store/facts.ts';
import type { Message, Refusal } from '../wire.ts';
import type { Collector } from './collector.ts';
import { type Reception, readAbout } from './read-about.ts';

/**
 * @returns why it is refused, or null; then its fact is in `facts`.
 * @throws when PEOPLE is away: nothing may be acknowledged then.
 */
export async function takeIdentify(
  m: Extract<Message, { kind: 'identify' }>,
  r: Reception,
  facts: Facts,
  c: Collector,
): Promise<Refusal | null> {
  if (m.mode !== 'engagement') return 'needs_engagement';
  const space = checkIdentity(m, c.secrets.INDEX_SECRET, r.site.key, r.receivedAt);
  if (space !== 'signed' && space !== 'unsigned') return space;
  const read = readAbout(m, r, facts);
  if (typeof read === 'string') return read;
  const fact = read.about;
  const newPerson = Buffer.from(c.random(16)).toString('hex');
  await linkIdentity(c.people, c.secrets.INDEX_SECRET, {
    site: r.site,
    space,
    user: m.user,
    visitor: fact.visitor,
    id: m.id,
    at: fact.at,
    nowMs: r.receivedAt,
    newPerson,
  });
  facts.identifications.push({ ...fact, act: 1, ended_at: null });
  return null;
}
