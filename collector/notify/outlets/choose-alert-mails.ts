/** Kiosk alerts by mail, for members who choose them: an outlet of their own, so that failures wait and are tried again like any other. */
import { createHash } from 'node:crypto';
import type { AnnouncementType } from '../webhooks/announcement-types.ts';
import { removeOutlet } from './change-outlets.ts';

const TYPES: readonly AnnouncementType[] = ['kiosk.offline', 'kiosk.online'];
const idOf = (site: number, user: string) => `mail_${createHash('sha256').update(`${site} ${user}`).digest('hex').slice(0, 24)}`;

/** Whether somebody chose alerts by mail for a site. */
export async function hasAlertMails(people: D1Database, site: number, user: string): Promise<boolean> {
  const found = await people
    .prepare('SELECT 1 AS is_there FROM outlets WHERE id = ?1 AND ended_at IS NULL')
    .bind(idOf(site, user))
    .first();
  return found !== null;
}

export async function chooseAlertMails(
  people: D1Database,
  site: number,
  user: string,
  chosen: boolean,
  nowMs: number,
): Promise<void> {
  if (!chosen) {
    await removeOutlet(people, site, idOf(site, user));
    return;
  }
  await people
    .prepare(
      `INSERT INTO outlets (id, site, kind, name, types, settings, sealed, created_by, created_at) VALUES (?1, ?2, 'mail', '', ?3, '{}', '', ?4, ?5)
       ON CONFLICT (id) DO UPDATE SET ended_at = NULL, ended_why = NULL, rest_until = NULL`,
    )
    .bind(idOf(site, user), site, JSON.stringify(TYPES), user, nowMs)
    .run();
}
