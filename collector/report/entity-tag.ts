/** Entity tags (RFC 9110 §8.8.3): who has an answer already need not be sent it again. They are of the content, so they hold across deployments. */

/** A strong tag. */
export async function tagOf(body: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
  return `"${[...hash.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}

/** Whether a request's `If-None-Match` names a tag: the comparison is weak, for a proxy may have made tags so (§13.1.2). */
export const hasTag = (ifNoneMatch: string | null, tag: string): boolean =>
  ifNoneMatch?.trim() === '*' || (ifNoneMatch ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
