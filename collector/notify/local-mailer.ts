/** The mailer of the demo: mails lie in a table that the demo's dashboard shows. Nothing leaves the machine. */
import type { Mailer } from './mailer.ts';

export function localMailer(people: D1Database): Mailer {
  return {
    repeatableMs: Number.POSITIVE_INFINITY,
    async send({ id, site, from, to, subject, text, html, headers }, nowMs) {
      const sender = `${from.name} <${from.address}>`;
      await people
        .prepare(
          `INSERT INTO local_mails (id, site, at, recipient, subject, text, html, sender, headers) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
           ON CONFLICT (id) DO NOTHING`,
        )
        .bind(id, site, nowMs, to, subject, text, html, sender, JSON.stringify(headers))
        .run();
      return { outcome: 'sent' };
    },
  };
}
