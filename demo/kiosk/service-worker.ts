/** The service worker that makes the kiosk's page start without a network: the recipe of the help for IT, word for word. */

/** @param start the page the kiosk starts with, and the path below which it works. @param files everything else it needs. */
export const serviceWorker = (start: string, files: readonly string[], tagOrigin: string): string => `const START = '${start}';
const FILES = ${JSON.stringify(files)};
const COMPTOIR = '${tagOrigin}';
const TAG = ['/kiosk.js', '/kiosk.x.js', '/kiosk.s.js', '/c.o.js', '/c.k.js'];

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open('kiosk').then((cache) => cache.addAll([START, ...FILES, ...TAG.map((file) => COMPTOIR + file)])));
});
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

async function answer(request) {
  const cache = await caches.open('kiosk');
  const wanted = request.mode === 'navigate' ? START : request;
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) await cache.put(wanted, fresh.clone());
    return fresh;
  } catch {
    return (await cache.match(wanted, { ignoreSearch: true })) ?? Response.error();
  }
}
addEventListener('fetch', (event) => {
  if (event.request.method === 'GET') event.respondWith(answer(event.request));
});
`;
