/** How a mail leaves: one interface, several ways. */

export type Mail = { id: string; site: number; to: string; subject: string; text: string; html: string };

/**
 * Sends one mail. Resolves when the way has taken it over, for good.
 *
 * @throws when it has not; the caller tries again later. Implementations must be safe to call twice with one id.
 */
export type Mailer = { send(mail: Mail, nowMs: number): Promise<void> };
