/**
 * Announces an act to the brand's own programs: statements for the act's own batch, so that both are written or neither.
 * People and fleet may import this file; what happens with the announcements they never see.
 */
import { createHash } from 'node:crypto';
import type { AnnouncementType, TEST_TYPE } from './announcement-types.ts';

export type Announcement = {
  site: number;
  type: AnnouncementType | typeof TEST_TYPE;
  /** Ids and plain words only: never an address, a name or a token. The key of the site is added when it is sent. */
  data: Record<string, string | number | null>;
  /** When it happened, epoch ms. */
  at: number;
  /** Names the act within its type, e.g. the opt-in's id: announced again, it is the same message. Without it data and moment do. */
  id?: string;
};

/** The id of a message: the same for every receiver and every attempt, so that a receiver may drop what it has seen. */
const messageId = ({ site, type, data, at, id }: Announcement): string =>
  `msg_${createHash('sha256')
    .update(JSON.stringify([site, type, id ?? [data, at]]))
    .digest('hex')
    .slice(0, 32)}`;

/** The site's outlets that want ?3, and have not ended. */
const WANTING =
  'FROM outlets o WHERE o.site = ?2 AND o.ended_at IS NULL AND EXISTS (SELECT 1 FROM json_each(o.types) t WHERE t.value = ?3)';

/**
 * The statements that announce an act; where nobody listens they write nothing.
 *
 * @returns two statements for the batch that writes the act itself.
 */
export function announce(people: D1Database, announcement: Announcement): D1PreparedStatement[] {
  const { site, type, data, at } = announcement;
  const id = messageId(announcement);
  return [
    people
      .prepare(
        `INSERT INTO announcements (id, site, type, data, at) SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 ${WANTING})
         ON CONFLICT (id) DO NOTHING`,
      )
      .bind(id, site, type, JSON.stringify(data), at),
    people
      .prepare(
        `INSERT INTO deliveries (id, announcement, outlet, at, next_at) SELECT ?1 || '.' || o.id, ?1, o.id, ?4, ?4 ${WANTING}
         ON CONFLICT (id) DO NOTHING`,
      )
      .bind(id, site, type, at),
  ];
}
