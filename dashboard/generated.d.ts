/** What `commands/build-dashboard.mjs` writes: help pages as HTML, and the addresses of stylesheet and islands. */
declare module '*/build/dashboard/generated.mjs' {
  export type HelpPage = { slug: string; title: string; lead: string; html: string };
  export const help: { fr: HelpPage[]; en: HelpPage[] };
  export const assets: { styles: string; overview: string };
}
