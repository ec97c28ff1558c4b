/** Distributions of active times as rollups hand them over, `value:times;value:times…`, joined by value. */
import { TimesCount } from '../store/times.ts';

type Part = { text: string; from: number; to: number };

export class JoinedTimes {
  private readonly parts = new Map<number, Part[]>();

  /** Notes where the distributions of a text are: parts of it are read where they stand, as copies take longer than that. */
  add(text: string): void {
    for (let from = 0; from < text.length; ) {
      const colon = text.indexOf(':', from);
      const semicolon = text.indexOf(';', colon);
      const to = semicolon < 0 ? text.length : semicolon;
      const value = Number(text.slice(from, colon));
      const part = { text, from: colon + 1, to };
      const known = this.parts.get(value);
      if (known) known.push(part);
      else this.parts.set(value, [part]);
      from = to + 1;
    }
  }

  /** Each value once, with all of its times. */
  *[Symbol.iterator](): Generator<[value: number, times: string]> {
    for (const [value, parts] of this.parts) {
      const [only] = parts;
      if (only && parts.length === 1) {
        yield [value, only.text.slice(only.from, only.to)];
        continue;
      }
      const count = new TimesCount();
      for (const { text, from, to } of parts) count.take(text, from, to);
      yield [value, count.spell()];
    }
  }
}
