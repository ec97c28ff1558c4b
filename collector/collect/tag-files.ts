/** Serves the tag files from the assets, readable from every site. */

/** Names the tag is served under; nothing else of the assets is reachable on a brand's host. */
const TAG_FILE = /^\/(c|c\.x|kiosk)\.js$/;

export const isTagFile = (path: string) => TAG_FILE.test(path);

/** The file with headers that let every brand page use it, also under COEP. The body depends on nothing in the request. */
export async function serveTagFile(assets: Fetcher, url: URL): Promise<Response> {
  const found = await assets.fetch(new URL(url.pathname, url.origin));
  if (!found.ok) return new Response('Not found\n', { status: 404 });
  return new Response(found.body, {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}
