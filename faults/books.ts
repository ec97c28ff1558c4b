/**
 * The oracle's books: what was sent, what was acknowledged, what D1 really committed, and therefore what must be stored. They
 * follow the order of commits, and share no code with the collector: times, keys and maxima are worked out again here.
 */
import { type Copy, contentOf, contentOfRow, isTable } from './content.ts';
import type { Written } from './faulty-database.ts';

export type { Copy };
export type Stored = Copy & { confirmedAt: number | null };
/** Days up to `until` (and from where the segment before ends) as they stood when they were sealed. */
export type Segment = { until: number; facts: Stored[] };

const num = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const larger = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));

export class Books {
  readonly stored = new Map<string, Stored>();
  /** Contents that were acknowledged and not seen in a commit yet, with a name for the report. */
  readonly owed = new Map<string, string>();
  readonly sealed: Segment[] = [];
  /** How many rows came when their day was sealed. */
  tooLate = 0;
  private readonly sent = new Map<string, Copy>();
  private readonly committed = new Set<string>();
  acknowledged = 0;

  get sealedBefore(): number {
    return this.sealed.at(-1)?.until ?? 0;
  }

  /** Days were sealed: what is stored by now is what they say for ever. */
  seal(before: number): void {
    if (before <= this.sealedBefore) return;
    this.sealed.push({ until: before, facts: [...this.stored.values()].map((f) => ({ ...f })) });
  }

  /** The sealed days, and the rest as it is now. */
  segments(): { until: number; facts: Iterable<Stored> }[] {
    return [...this.sealed, { until: Number.POSITIVE_INFINITY, facts: this.stored.values() }];
  }

  /** A request carried this copy, whatever came of it. */
  send(copy: Copy): void {
    this.sent.set(contentOf(copy), copy);
  }

  acknowledge(copy: Copy): void {
    this.acknowledged += 1;
    const content = contentOf(copy);
    if (!this.committed.has(content)) this.owed.set(content, `${copy.what} ${copy.id}`);
  }

  /** A transaction went through. Returns the contents that met another visitor's row; throws when a row is nobody's. */
  commit(written: Written[], sealedBefore: number): Set<string> {
    this.seal(sealedBefore);
    const refused = new Set<string>();
    for (const { table, columns, rows } of written) {
      if (!isTable(table)) continue;
      for (const row of rows) {
        const content = contentOfRow(table, (c) => row[columns.indexOf(c)]);
        const copy = this.sent.get(content);
        if (!copy) throw new Error(`a row was committed that nobody sent: ${content}`);
        this.committed.add(content);
        this.owed.delete(content);
        if (!this.take(copy, num(row[columns.indexOf('confirmed_at')]))) refused.add(content);
      }
    }
    return refused;
  }

  /** Whether the row of a copy belongs to the visitor who sent it. */
  private isConflict(copy: Copy): boolean {
    const found = this.stored.get(copy.id);
    return found !== undefined && copy.what !== 'exposure' && found.kind !== 1 && found.key !== copy.key;
  }

  private take(copy: Copy, confirmedAt: number | null): boolean {
    const found = this.stored.get(copy.id);
    if ((found ?? copy).at < this.sealedBefore) {
      this.tooLate += 1;
      return !this.isConflict(copy);
    }
    if (!found) {
      this.stored.set(copy.id, { ...copy, confirmedAt });
      return true;
    }
    if (this.isConflict(copy)) return false;
    found.activeMs = larger(found.activeMs, copy.activeMs);
    found.foregroundMs = larger(found.foregroundMs, copy.foregroundMs);
    found.scroll = larger(found.scroll, copy.scroll);
    found.touches = larger(found.touches, copy.touches);
    found.lengthMs = larger(found.lengthMs, copy.lengthMs);
    found.confirmedAt = larger(found.confirmedAt, confirmedAt);
    return true;
  }
}
