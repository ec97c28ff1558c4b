/** Types of the build for the suites that use it. */
export function buildSnippet(options: {
  root: string;
  outDir: string;
}): Promise<{ name: string; bytes: number; gzip: number; brotli: number; budget: number }[]>;
