/** What the platform has and the DOM library does not know yet, and the one name we add to a page. */
interface Navigator {
  /** https://www.w3.org/TR/gpc/ */
  readonly globalPrivacyControl?: boolean;
}

interface Window {
  /** The stub that a page may put there before us collects commands in `q`; ours has a mark there. */
  comptoir?: { (...command: import('./contract.ts').Command): unknown; q?: import('./contract.ts').Said[] | 1; tag?: string };
}

/** Written by the build: the version of the tag. */
declare const __TAG__: string;
