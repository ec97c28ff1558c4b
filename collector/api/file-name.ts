/** Names of downloaded files: safe on every system, and telling. */

const slug = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);

/** `maison-amarante-2026-10-01-2026-10-31-page.csv` */
export const fileName = (parts: readonly string[], ending: string): string =>
  `${parts.map(slug).filter(Boolean).join('-') || 'export'}.${ending}`;

/** Headers that make a browser save what it gets. */
export const savedAs = (name: string, type: string): Record<string, string> => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});
