/** Opens an uploaded file: a CSV, one in gzip, or a zip of them. Never unpacks more than it may, whatever the file says of itself. */
import { unzipSync } from 'fflate/browser';
import { cleanText } from '../store/clean-text.ts';
import type { Words } from './findings.ts';
import type { CsvFile } from './read-table.ts';

export const MAX_UPLOAD_BYTES = 16 * 1024 * 1024;
const MAX_FILE_BYTES = 40 * 1024 * 1024;
const MAX_FILES = 60;
const tooLarge: Words = {
  fr: `Décompressé, le fichier dépasse ${MAX_FILE_BYTES / 1024 / 1024} Mo : exportez une période plus courte.`,
  en: `Unpacked, the file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB: export a shorter period.`,
};
const broken: Words = { fr: "L'archive est abîmée ou incomplète.", en: 'The archive is damaged or incomplete.' };
const none: Words = { fr: "Il n'y a aucun fichier CSV dans l'archive.", en: 'There is no CSV file in the archive.' };

/** Files by name, each unpacked only when it is read, so that one at a time is in memory. */
export type Opened = { names: string[]; open: (name: string) => CsvFile | Words };

async function gunzip(bytes: Uint8Array): Promise<Uint8Array | Words> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.byteLength;
      if (length > MAX_FILE_BYTES) {
        await reader.cancel();
        return tooLarge;
      }
      parts.push(value);
    }
  } catch {
    return broken;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** A file's own name: without folders, and harmless to show. */
const baseName = (path: string) => cleanText(path.split(/[/\\]/).at(-1) ?? '', 100);

function openZip(bytes: Uint8Array): Opened | Words {
  const paths = new Map<string, { path: string; size: number }>();
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        const base = baseName(name);
        if (/\.csv$/i.test(base) && !base.startsWith('.')) paths.set(base, { path: name, size: originalSize });
        return false;
      },
    });
  } catch {
    return broken;
  }
  if (paths.size === 0 || paths.size > MAX_FILES) return none;
  return {
    names: [...paths.keys()],
    open: (name) => {
      const found = paths.get(name);
      if (!found) return broken;
      if (found.size > MAX_FILE_BYTES) return tooLarge;
      try {
        // Unpacked into as much room as the archive says, and no more: an entry that is larger than it says is cut off.
        const unpacked = unzipSync(bytes, { filter: (entry) => entry.name === found.path })[found.path];
        return unpacked && unpacked.length <= MAX_FILE_BYTES ? { name, bytes: unpacked } : broken;
      } catch {
        return broken;
      }
    },
  };
}

/** @param name as the browser or the program calls the file. */
export async function openFile(bytes: Uint8Array, name: string): Promise<Opened | Words> {
  const begins = (...signature: number[]) => signature.every((byte, i) => bytes[i] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04)) return openZip(bytes);
  const own = baseName(name) || 'export.csv';
  const content = begins(0x1f, 0x8b) ? await gunzip(bytes) : bytes;
  if (!(content instanceof Uint8Array)) return content;
  const file = { name: own.replace(/\.gz$/i, ''), bytes: content };
  return { names: [file.name], open: () => file };
}
