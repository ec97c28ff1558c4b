/** Types of the pinned copies for the suites that use them. */
export type Pin = { name: string; integrity: string };
export type Released = Pin & { version: string; date: string };
export function folderOf(root: string): string;
export function pinOf(code: string | Uint8Array): Pin;
export function readReleased(root: string): Promise<Released[]>;
export function release(options: {
  root: string;
  code: string | Uint8Array;
  version: string;
  date: string;
}): Promise<{ entry: Released; isNew: boolean }>;
export function pinTag(options: { root: string; outDir: string }): Promise<{ current: Pin; released: Released[] }>;
