/** What a scenario contained, by name: totals, acts, and what went wrong. */

export class Tally {
  readonly counts: Record<string, number> = {};

  add(name: string, n = 1): void {
    if (n !== 0) this.counts[name] = (this.counts[name] ?? 0) + n;
  }
}
