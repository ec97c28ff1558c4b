/** What the local mailer holds, newest first. */

export type LocalMail = {
  id: string;
  at: number;
  sender: string;
  recipient: string;
  subject: string;
  text: string;
  html: string;
};
const COLUMNS = 'id, at, sender, recipient, subject, text, html';

export async function listLocalMails(people: D1Database, site: number): Promise<LocalMail[]> {
  const { results } = await people
    .prepare(`SELECT ${COLUMNS} FROM local_mails WHERE site = ?1 ORDER BY at DESC LIMIT 50`)
    .bind(site)
    .all<LocalMail>();
  return results;
}

export const readLocalMail = (people: D1Database, site: number, id: string): Promise<LocalMail | null> =>
  people.prepare(`SELECT ${COLUMNS} FROM local_mails WHERE site = ?1 AND id = ?2`).bind(site, id).first<LocalMail>();
