/**
 * What the site owner wrote on our own script element, read while that element is still the current one. In a module script
 * there is none: reading throws, the build's `try` around every entry swallows it, and nothing is measured.
 */
// biome-ignore lint/style/noNonNullAssertion: see above.
export const { src, dataset: config } = document.currentScript! as HTMLScriptElement;
