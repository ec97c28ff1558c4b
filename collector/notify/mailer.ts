/** How a mail leaves: one interface, several ways. */

export type Mail = {
  /** 32 hex digits, the same for every attempt. */
  id: string;
  site: number;
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Headers besides the usual ones, RFC 8058's among them. */
  headers: Record<string, string>;
};

/**
 * What became of one attempt. `why` is a code of ours or the way's (`http 429`, `E_RATE_LIMIT_EXCEEDED`), never its words: those quote
 * addresses. `unknown`: it was handed over and nobody heard the answer, so it may have left.
 */
export type Attempt =
  | { outcome: 'sent' }
  | { outcome: 'later'; why: string; afterMs?: number }
  | { outcome: 'never'; why: string }
  | { outcome: 'unknown'; why: string };

export type Mailer = {
  /** For how long the way itself knows a mail's id again, so that an attempt of unknown outcome may be repeated; 0 = never. */
  repeatableMs: number;
  /** Hands one mail over. Failures are answers; a throw counts as `unknown`. */
  send(mail: Mail, nowMs: number): Promise<Attempt>;
};
