/** Types of the package's build for the suites that use it. */
export function buildPackage(options: { root: string; outDir: string }): Promise<void>;
