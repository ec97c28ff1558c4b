/** The mailer of the demo: mails lie in a table that the demo's dashboard shows. Nothing leaves the machine. */
import type { Mailer } from './mailer.ts';

export function localMailer(people: D1Database): Mailer {
  return {
    async send(mail, nowMs) {
      await people
        .prepare(
          'INSERT INTO local_mails (id, site, at, recipient, subject, text, html) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING',
        )
        .bind(mail.id, mail.site, nowMs, mail.to, mail.subject, mail.text, mail.html)
        .run();
    },
  };
}
