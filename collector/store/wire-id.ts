/** The 96-bit ids of the wire as the two integers of a row. */

/** First half (epoch ms of the sender's clock) and second half (random) of 24 hex digits. */
export function splitWireId(id: string): { born: number; rand: number } {
  return { born: Number.parseInt(id.slice(0, 12), 16), rand: Number.parseInt(id.slice(12), 16) };
}

/** The 24 hex digits of a fact's id, as the client made it. */
export function spellWireId(fact: { born: number; rand: number }): string {
  return fact.born.toString(16).padStart(12, '0') + fact.rand.toString(16).padStart(12, '0');
}
