/** The links between visitors and persons: written once for each act, taken back when the person takes the purpose back. */
import { DAY_MS } from '../store/calendar.ts';
import { VISITOR_DAYS } from '../store/retention.ts';
import { type LinkAct, type LinkSpan, spansOf } from './link-spans.ts';

/** Takes down that an opt-in named its visitor, from the moment it was given; nothing without the box `link`. Call it when it is confirmed. */
export function linkOptIn(people: D1Database, site: number, id: string): D1PreparedStatement {
  return people
    .prepare(
      `INSERT INTO links (site, visitor, id, person, via, since_at) SELECT site, visitor, id, person, 'opt-in', captured_at FROM opt_ins
       WHERE site = ?1 AND id = ?2 AND json_extract(boxes, '$.link') = 1 AND link_withdrawn_at IS NULL ON CONFLICT (site, visitor, id) DO NOTHING`,
    )
    .bind(site, id);
}

/**
 * Takes a person out of what the purpose `link` joined: opt-ins and mailed links, not what the site's own log-in said. The visits
 * stay as anonymous figures, nobody inherits them, and no token opens anything any more. Statements for the batch of a withdrawal.
 *
 * @param at when it was taken back, epoch ms.
 */
export function unlink(
  people: D1Database,
  { site, person, at }: { site: number; person: string; at: number },
): D1PreparedStatement[] {
  return [
    people
      .prepare(
        "UPDATE links SET person = NULL, ended_at = ?3, relay = via = 'link' WHERE person = ?1 AND site = ?2 AND via IN ('opt-in', 'link')",
      )
      .bind(person, site, at),
    people.prepare('DELETE FROM link_tokens WHERE person = ?1 AND site = ?2').bind(person, site),
  ];
}

const MINUTE_MS = 60_000;
/** Once a night: every act is looked at for it. */
export const isLinkPurgeDue = (at: number): boolean => Math.floor((at % DAY_MS) / MINUTE_MS) === 197;

/** Forgets who visitors were whose ids have ended, as their days are forgotten. */
export async function forgetOldLinks(people: D1Database, nowMs: number): Promise<void> {
  await people
    .prepare('DELETE FROM links WHERE since_at < ?1')
    .bind(nowMs - VISITOR_DAYS * DAY_MS)
    .run();
}

/** When a person was which visitor. */
export type PersonSpan = LinkSpan & { visitor: number };

/** The spans of a person at a site, by visitor, oldest first. */
export async function spansOfPerson(people: D1Database, site: number, person: string): Promise<PersonSpan[]> {
  const { results } = await people
    .prepare(
      `SELECT visitor, id, person, via, since_at, ended_at FROM links
       WHERE site = ?1 AND visitor IN (SELECT visitor FROM links WHERE person = ?2 AND site = ?1)`,
    )
    .bind(site, person)
    .all<LinkAct & { visitor: number }>();
  const byVisitor = new Map<number, LinkAct[]>();
  for (const { visitor, ...act } of results) byVisitor.set(visitor, [...(byVisitor.get(visitor) ?? []), act]);
  return [...byVisitor].flatMap(([visitor, acts]) =>
    spansOf(acts)
      .filter((span) => span.person === person)
      .map((span) => ({ ...span, visitor })),
  );
}
