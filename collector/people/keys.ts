/**
 * Keys by id. A secret is one key (its id is 1), or several, the current one first: `2:BASE64 1:BASE64`. Adding one in front and
 * deploying begins a rotation (rotate-keys.ts); the old one may go when nothing lies under it any more.
 */
export type Key = { id: string; secret: string };

const known = new Map<string, readonly [Key, ...Key[]]>();
const ENTRY = /^([0-9a-z]{1,8}):(\S+)$/;

/** The keys of a secret, the current one first. Text that is no list of keys is one key, as it always was. */
export function keysOf(secret: string): readonly [Key, ...Key[]] {
  const found = known.get(secret);
  if (found) return found;
  const entries = secret
    .trim()
    .split(/\s+/)
    .map((entry) => ENTRY.exec(entry))
    .map((match) => (match ? { id: match[1] ?? '', secret: match[2] ?? '' } : null));
  const [first, ...others] = entries.every((entry) => entry !== null) ? entries : [];
  const keys: readonly [Key, ...Key[]] = first ? [first, ...others] : [{ id: '1', secret }];
  if (known.size > 20) known.clear();
  known.set(secret, keys);
  return keys;
}

/** The key of an id, or null when it is not there any more. */
export const keyOf = (secret: string, id: string): string | null => keysOf(secret).find((key) => key.id === id)?.secret ?? null;

/** The first key there ever was: for what is derived and cannot be derived anew, such as the ids of known users. */
export const oldestKey = (secret: string): string => keysOf(secret).at(-1)?.secret ?? secret;
