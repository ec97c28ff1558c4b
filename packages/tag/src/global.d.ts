/** What the platform has and the DOM library does not know yet, and the one name the tag adds to a page. Not published. */
interface Window {
  /** The tag, or the stub that keeps commands in `q` until it comes; the tag has a mark there. */
  comptoir?: { (...command: import('./command.ts').Command): unknown; q?: import('./command.ts').Command[] | 1 };
  /** https://developer.mozilla.org/docs/Web/API/TrustedTypePolicyFactory */
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: (url: string) => string },
    ): { createScriptURL: (url: string) => string | object };
  };
}
