/** Secrets are bindings that wrangler.toml does not name. */
declare namespace Cloudflare {
  interface Env {
    /** Authenticates public site keys. */
    SITE_SECRET: string;
    /** Seals addresses and mails. */
    ADDRESS_SECRET: string;
    /** Keys blind indexes and the hashes of ids. */
    INDEX_SECRET: string;
    /** Signs the ledger's digests and proofs. */
    LEDGER_SECRET: string;
    /** Signs login sessions. */
    AUTH_SECRET: string;
    /** Key of the HTTP provider that sends mails. */
    MAIL_API_KEY?: string;
    /** Cloudflare Email Service, where wrangler.toml binds it. */
    MAIL?: SendEmail;
  }
}
