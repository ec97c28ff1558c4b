/** Serves the tag files from the assets, readable from every site. */

/** Names the tag is served under; nothing else of the assets is reachable on a brand's host. */
const TAG_FILE = /^\/(c|c\.[xok]|kiosk|kiosk\.[xsm])\.js$/;
/** A copy of the core whose name is its content (commands/pin-tag.mjs): pages that name its hash ask for it for years. */
const PINNED_FILE = /^\/c\.v1\.[0-9a-f]{12}\.js$/;

export const isTagFile = (path: string) => TAG_FILE.test(path) || PINNED_FILE.test(path);

const keepFor = (path: string) =>
  PINNED_FILE.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600, stale-while-revalidate=86400';

/** The file with headers that let every brand page use it, also under COEP. The body depends on nothing in the request. */
export async function serveTagFile(assets: Fetcher, url: URL): Promise<Response> {
  const found = await assets.fetch(new URL(url.pathname, url.origin));
  if (!found.ok) return new Response('Not found\n', { status: 404, headers: { 'cache-control': 'no-store' } });
  return new Response(found.body, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': keepFor(url.pathname),
      // Also what `crossorigin` asks for, without which a browser refuses to check the integrity of another host's file.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}
