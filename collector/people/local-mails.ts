/** What the local mailer holds, newest first. */

export type LocalMail = { id: string; at: number; recipient: string; subject: string; text: string; html: string };

export async function listLocalMails(people: D1Database, site: number): Promise<LocalMail[]> {
  const { results } = await people
    .prepare('SELECT id, at, recipient, subject, text, html FROM local_mails WHERE site = ?1 ORDER BY at DESC LIMIT 50')
    .bind(site)
    .all<LocalMail>();
  return results;
}
