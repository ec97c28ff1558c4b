/** What an e-mail tool brings back: a person left, a mail came back for good, a mail was called spam. */

export const RETURN_KINDS = ['withdrawn', 'bounced', 'complained'] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];
export type Return = { address: string; kind: ReturnKind };

const WORDS: Record<ReturnKind, readonly string[]> = {
  withdrawn: ['withdrawn', 'unsubscribe', 'unsubscribed', 'désinscrit', 'désabonné', 'désinscription', 'manual', 'optout'],
  bounced: ['bounced', 'bounce', 'hard', 'hardbounce', 'invalid', 'invalidemail', 'cleaned', 'rejet', 'rejeté'],
  complained: ['complained', 'complaint', 'spam', 'abuse', 'plainte', 'spamcomplaint'],
};
const KINDS = new Map(RETURN_KINDS.flatMap((kind) => WORDS[kind].map((word) => [word.normalize('NFC'), kind] as const)));

/** What a tool's word for it means here; null for what is no end of consent, a soft bounce for one. */
export const kindOf = (word: string): ReturnKind | null =>
  KINDS.get(
    word
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\s_-]/g, ''),
  ) ?? null;
