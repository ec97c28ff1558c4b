/** A zip that is written while it is read: one file at a time is in memory. */
import { strToU8, Zip, ZipDeflate } from 'fflate/browser';

export type ArchiveFile = { name: string; text: string };

/**
 * @param files made one after another, each only when the one before has been taken.
 * @param at modification time of all files, epoch ms: the same question gives the same bytes.
 */
export function streamArchive(files: AsyncIterator<ArchiveFile>, at: number): ReadableStream<Uint8Array> {
  let made: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    made.push(chunk);
  });
  return new ReadableStream<Uint8Array>({
    async pull(stream) {
      const { done, value } = await files.next();
      if (done) zip.end();
      else {
        const file = new ZipDeflate(value.name, { level: 6 });
        // The format keeps local time without a zone; ours is UTC.
        file.mtime = new Date(at + new Date(at).getTimezoneOffset() * 60_000);
        zip.add(file);
        file.push(strToU8(value.text), true);
      }
      for (const chunk of made) if (chunk.length > 0) stream.enqueue(chunk);
      made = [];
      if (done) stream.close();
    },
  });
}
