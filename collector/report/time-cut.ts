/** Cuts a span by up to two kinds of buckets at once. */
import { DAY_MS, offsetAt } from '../store/calendar.ts';
import type { Site } from '../store/sites.ts';
import type { Dimension } from './dimension.ts';
import { type Bucket, type BucketSize, cutSpan, type Span } from './period.ts';
import { type Problem, problem } from './problem.ts';
import { QUERY_LIMITS } from './query-shape.ts';

/** A piece of time that lies in one bucket of each kind; `labels` are the buckets' names, in the order of the kinds. */
export type Piece = Span & { labels: readonly string[] };

const PER_DAY: Record<BucketSize, number> = { hour: 24, day: 1, week: 1 / 7, month: 1 / 31 };

/** A span in more buckets than anybody reads is refused before it is cut. */
export function refuseBuckets(span: Span, dimensions: readonly Dimension[]): Problem | null {
  const days = (span.end - span.start) / DAY_MS;
  const most = Math.max(0, ...dimensions.map((d) => (d.bucket ? Math.floor(days * PER_DAY[d.bucket]) : 0)));
  if (most <= QUERY_LIMITS.buckets) return null;
  return problem('too_many_buckets', 'date_range', {
    fr: `Cette période ferait ${most} lignes ; ${QUERY_LIMITS.buckets} au plus. Demandez moins de jours, ou des jours, des semaines, des mois.`,
    en: `This period would make ${most} rows; at most ${QUERY_LIMITS.buckets}. Ask for fewer days, or for days, weeks, months.`,
  });
}

export const bucketNames = (site: Site, span: Span, dimensions: readonly Dimension[]): string[][] =>
  dimensions.flatMap((d) => (d.bucket ? [cutSpan(site.zone, span, d.bucket, offsetAt).map((b) => b.name)] : []));

/**
 * @param names of the buckets of each kind, by position: a comparison takes those of the span it is compared with, and what has no
 * counterpart there is left out.
 */
export function cutTime(site: Site, span: Span, dimensions: readonly Dimension[], names: readonly string[][]): Piece[] {
  let pieces: Piece[] = [{ ...span, labels: [] }];
  const kinds = dimensions.flatMap((d) => (d.bucket ? [cutSpan(site.zone, span, d.bucket, offsetAt)] : []));
  kinds.forEach((buckets, kind) => {
    const cut = (piece: Piece, bucket: Bucket, i: number): Piece[] => {
      const [start, end] = [Math.max(piece.start, bucket.start), Math.min(piece.end, bucket.end)];
      const name = names[kind]?.[i];
      if (start >= end || name === undefined) return [];
      const [from, to] = [Math.max(piece.from, bucket.from), Math.min(piece.to, bucket.to)];
      return [{ from, to, start, end, labels: [...piece.labels, name] }];
    };
    pieces = pieces.flatMap((piece) => buckets.flatMap((bucket, i) => cut(piece, bucket, i)));
  });
  return pieces.sort((a, b) => a.start - b.start);
}

/** Finds the piece of an instant; pieces are in order and do not overlap. */
export function pieceFinder(pieces: readonly Piece[]): (at: number) => Piece | undefined {
  return (at) => {
    let [low, high] = [0, pieces.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const piece = pieces[middle];
      if (!piece) return undefined;
      if (at < piece.start) high = middle - 1;
      else if (at >= piece.end) low = middle + 1;
      else return piece;
    }
    return undefined;
  };
}
