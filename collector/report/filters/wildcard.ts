/** Wildcards: `*` is any text without a slash, `**` any text. In time proportional to text times pattern, whatever the pattern. */

type Token = { sign: string } | { any: 'part' | 'all' };

function tokensOf(pattern: string): Token[] {
  return [...pattern.matchAll(/\*{2,}|\*|[^*]/gsu)].map(([sign]) =>
    sign === '*' ? { any: 'part' } : sign.startsWith('**') ? { any: 'all' } : { sign },
  );
}

/** Whether the whole text fits. A set of places in the pattern moves through the text, so no pattern makes it backtrack. */
export function wildcard(pattern: string): (text: string) => boolean {
  const tokens = tokensOf(pattern);
  /** A star may also stand for nothing: its place is at once the next one, too. */
  const reach = (places: Set<number>, at: number): void => {
    for (let i = at; !places.has(i); i += 1) {
      places.add(i);
      const token = tokens[i];
      if (!token || !('any' in token)) return;
    }
  };
  return (text) => {
    let places = new Set<number>();
    reach(places, 0);
    for (const sign of text) {
      const next = new Set<number>();
      for (const at of places) {
        const token = tokens[at];
        if (!token) continue;
        if ('sign' in token) {
          if (token.sign === sign) reach(next, at + 1);
        } else if (token.any === 'all' || sign !== '/') reach(next, at);
      }
      if (next.size === 0) return false;
      places = next;
    }
    return places.has(tokens.length);
  };
}
