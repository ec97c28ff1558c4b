/** What the platform has and the DOM library does not know yet, and the one name we add to a page. */
interface Document {
  /** https://developer.mozilla.org/docs/Web/API/Document/prerendering */
  readonly prerendering?: boolean;
}

interface Navigator {
  /** https://www.w3.org/TR/gpc/ */
  readonly globalPrivacyControl?: boolean;
}

interface Window {
  /** The stub that a page may put there before us collects commands in `q`; ours says its version in `tag`. */
  comptoir?: { (...command: import('./commands.ts').Command): unknown; q?: import('./commands.ts').Command[]; tag?: string };
}

/** Written by the build: the version of the tag, sent in every envelope. */
declare const __TAG__: string;
