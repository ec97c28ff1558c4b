/** Secrets that every installation has of its own (collector/secrets.d.ts): each at least 32 random bytes, made once, never made again. */
export const SECRETS = ['SITE_SECRET', 'ADDRESS_SECRET', 'INDEX_SECRET', 'AUTH_SECRET', 'LEDGER_SECRET'];
