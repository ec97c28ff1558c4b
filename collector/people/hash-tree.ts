/** A hash tree over a list (RFC 6962 §2.1, https://www.rfc-editor.org/rfc/rfc6962#section-2.1): one number for all, a short path for each. */
import { createHash } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
/** Leaves and nodes are hashed apart, so that none can pass for the other. */
export const leafOf = (text: string): string => sha256(LEAF, new TextEncoder().encode(text)).toString('hex');
const join = (left: string, right: string) => sha256(NODE, Buffer.from(left, 'hex'), Buffer.from(right, 'hex')).toString('hex');

/** The largest power of two below n. */
const splitOf = (n: number) => 2 ** Math.floor(Math.log2(n - 1));

/** The root of some leaves; of none, the hash of nothing. */
export function rootOf(leaves: readonly string[]): string {
  const [only] = leaves;
  if (only === undefined) return sha256().toString('hex');
  if (leaves.length === 1) return only;
  const half = splitOf(leaves.length);
  return join(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

/** The neighbours on the way from a leaf to the root, from below. */
export function pathOf(leaves: readonly string[], index: number): string[] {
  if (leaves.length <= 1) return [];
  const half = splitOf(leaves.length);
  return index < half
    ? [...pathOf(leaves.slice(0, half), index), rootOf(leaves.slice(half))]
    : [...pathOf(leaves.slice(half), index - half), rootOf(leaves.slice(0, half))];
}

/** The root to which a leaf leads by its path; null when leaf, place and path do not fit together. */
export function rootBy(leaf: string, index: number, count: number, path: readonly string[]): string | null {
  if (!Number.isInteger(index) || index < 0 || index >= count) return null;
  if (count === 1) return path.length === 0 ? leaf : null;
  const neighbour = path.at(-1);
  if (neighbour === undefined) return null;
  const half = splitOf(count);
  const below = path.slice(0, -1);
  const own = index < half ? rootBy(leaf, index, half, below) : rootBy(leaf, index - half, count - half, below);
  if (own === null) return null;
  return index < half ? join(own, neighbour) : join(neighbour, own);
}
