/** Takes erased visitors out of the files of the history (R2): each file that has something of them is written again without it. */
import type { Site } from '../store/sites.ts';
import type { ErasedVisitor } from './erase-facts.ts';
import { isErased } from './erase-parked.ts';
import { MANIFEST } from './history-file.ts';

const PART = /\/part-\d+\.ndjson\.gz$/;
type Line = { visitor?: unknown; at?: unknown };

function readLine(text: string): Line | null {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? line : null;
  } catch {
    return null;
  }
}

const through = async (bytes: ArrayBuffer | Uint8Array, stream: CompressionStream | DecompressionStream) =>
  new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();

/** Writes a file again without them. Returns its rows and bytes, or null when it had nothing of them. */
async function rewrite(
  history: R2Bucket,
  key: string,
  gone: (fact: Line) => boolean,
): Promise<{ rows: number; bytes: number } | null> {
  const found = await history.get(key);
  if (!found) return null;
  const text = new TextDecoder().decode(await through(await found.arrayBuffer(), new DecompressionStream('gzip')));
  const lines = text.split('\n').filter((line) => line !== '');
  const kept = lines.filter((line) => {
    const read = readLine(line);
    return read === null || !gone(read);
  });
  if (kept.length === lines.length) return null;
  const plain = new TextEncoder().encode(kept.map((line) => `${line}\n`).join(''));
  const packed = await through(plain, new CompressionStream('gzip'));
  await history.put(key, packed, { httpMetadata: { contentType: 'application/gzip' } });
  return { rows: kept.length, bytes: packed.byteLength };
}

/** Brings the small file beside a part up to date; a reader compares them. */
async function amendManifest(history: R2Bucket, key: string, now: { rows: number; bytes: number }, at: number): Promise<void> {
  const [folder, name] = [key.slice(0, key.lastIndexOf('/') + 1), key.slice(key.lastIndexOf('/') + 1)];
  const manifest: unknown = await (await history.get(folder + MANIFEST))?.json();
  if (typeof manifest !== 'object' || manifest === null || !('parts' in manifest) || !Array.isArray(manifest.parts)) return;
  const parts: unknown[] = manifest.parts;
  const amended = parts.map((part) =>
    typeof part === 'object' && part !== null && 'name' in part && part.name === name ? { ...part, ...now } : part,
  );
  const rows = amended.reduce<number>(
    (sum, part) => sum + (typeof part === 'object' && part !== null && 'rows' in part ? Number(part.rows) : 0),
    0,
  );
  await history.put(folder + MANIFEST, JSON.stringify({ ...manifest, rows, parts: amended, erasedAt: at }), {
    httpMetadata: { contentType: 'application/json' },
  });
}

/**
 * Looks through at most `files` files of a site. Must not run beside an export, which could write a file from facts it read before:
 * both belong to cron's one run.
 *
 * @param after key of the file to go on after; '' begins.
 * @returns where to go on, or null when all were looked at.
 */
export async function eraseHistory(
  history: R2Bucket,
  site: Pick<Site, 'key'>,
  erased: readonly ErasedVisitor[],
  after: string,
  nowMs: number,
  files: number,
): Promise<string | null> {
  const gone = isErased(erased);
  const page = await history.list({
    prefix: `site=${site.key}/`,
    limit: files * 2,
    ...(after === '' ? {} : { startAfter: after }),
  });
  for (const { key } of page.objects) {
    if (!PART.test(key)) continue;
    const now = await rewrite(history, key, gone);
    if (now) await amendManifest(history, key, now, nowMs);
  }
  return page.truncated ? (page.objects.at(-1)?.key ?? null) : null;
}
