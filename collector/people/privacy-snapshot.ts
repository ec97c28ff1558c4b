/** Keeps the privacy page as it was when a wording was registered: its hash with the wording, its bytes in the history. */
import { createHash } from 'node:crypto';

const MAX_BYTES = 1_048_576;
const WAIT_MS = 5_000;

/** Where the copy of a page lies in the history. */
export const snapshotName = (sha256: string): string => `privacy/${sha256}`;

async function readSome(body: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > MAX_BYTES) return null;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** How a page is asked for, and which may be. */
export type PublicWeb = {
  fetch: (url: URL, init: RequestInit) => Promise<Response>;
  /** The address, when a request may go there; otherwise why it may not. */
  check: (address: string) => Promise<URL | string>;
};

/**
 * @returns SHA-256 of the page's bytes in hex, or null when it cannot be read: no public page, an error, a redirect, too large, too
 * slow. Nothing of it is ever shown.
 */
export async function keepPrivacyPage(history: R2Bucket | undefined, address: string, web: PublicWeb): Promise<string | null> {
  if (!history) return null;
  const url = await web.check(address);
  if (typeof url === 'string') return null;
  try {
    const answer = await web.fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(WAIT_MS),
      headers: { accept: 'text/html' },
    });
    const bytes = answer.ok && answer.body ? await readSome(answer.body) : null;
    if (!bytes) return null;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await history.put(snapshotName(sha256), bytes, {
      // As text: whoever opens the copy reads it, and runs nothing of it.
      httpMetadata: { contentType: 'text/plain; charset=utf-8' },
      customMetadata: { url: url.href },
    });
    return sha256;
  } catch {
    return null;
  }
}
