/** A path as we store paths: without its parameters, readable, and without addresses of people in it. */
import { readPageUrl } from '../collect/page-url.ts';

export function readPath(text: string): string {
  // The host is only there to make an address of it.
  return readPageUrl(`https://host.invalid/${text.replace(/^\/+/, '')}`, false)?.path ?? '/';
}
