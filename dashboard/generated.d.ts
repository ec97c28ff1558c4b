/** What `commands/build-dashboard.mjs` writes: help pages as HTML, the addresses of stylesheet and islands, the newest pinned tag. */
declare module '*/build/dashboard/generated.mjs' {
  export type HelpPage = { slug: string; title: string; lead: string; html: string };
  export const help: { fr: HelpPage[]; en: HelpPage[] };
  export type Pinned = { name: string; integrity: string };
  /** The newest released pinned core (commands/pin-tag.mjs); null before the first release. */
  export const pinned: Pinned | null;
  export const assets: { styles: string; overview: string };
}
