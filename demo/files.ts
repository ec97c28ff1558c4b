/** The demo's stylesheets, scripts and icon, from the folder they were written in. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Reply = { status: number; type: string; body: string | Buffer; headers?: Record<string, string> };

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The folder `demo/`, whether this file runs where it was written or bundled into `build/`. */
export function demoFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    for (const candidate of [folder, join(folder, 'demo')])
      if (existsSync(join(candidate, 'shop/assets/shop.css'))) return candidate;
    if (folder === dirname(folder)) throw new Error(`The demo's files were not found from ${here}.`);
  }
}

/** A name without folders, of a type we know; anything else is no file of ours. */
export async function asset(folder: string, name: string): Promise<Reply | null> {
  const type = /^[a-z-]+\.(css|js|svg)$/.test(name) ? types[name.slice(name.lastIndexOf('.') + 1)] : undefined;
  if (!type) return null;
  return readFile(join(folder, name)).then(
    (body) => ({ status: 200, type, body }),
    () => null,
  );
}
