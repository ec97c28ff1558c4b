/** A likely slip in an address: suggested, never corrected. The idea is mailcheck's (https://github.com/mailcheck/mailcheck); the list is ours. */
const DOMAINS =
  'gmail.com orange.fr free.fr sfr.fr laposte.net wanadoo.fr hotmail.fr hotmail.com outlook.fr outlook.com yahoo.fr yahoo.com icloud.com live.fr bbox.fr neuf.fr'.split(
    ' ',
  );

/** Levenshtein: letters to add, drop or change. */
export const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const letter of a) {
    const next = [(row[0] ?? 0) + 1];
    for (let j = 1; j < row.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The address with a well-known domain in place of one that is at most two letters away, or nothing. */
export const suggest = (address: string): string | undefined => {
  const [, name, typed = ''] = /^([^\s@]+)@([^\s@]+)$/.exec(address.toLowerCase()) ?? [];
  if (!name || DOMAINS.includes(typed)) return undefined;
  // Short names are close to each other by chance: one letter only.
  const [best] = DOMAINS.map((domain) => ({ domain, far: distance(typed, domain) + (domain.length < 8 ? 1 : 0) }))
    .filter(({ far }) => far < 3)
    .sort((a, b) => a.far - b.far);
  return best && `${address.slice(0, address.indexOf('@'))}@${best.domain}`;
};
