/** The second origin of `npm start`: the demo shop at `/` and the demo kiosk at `/kiosk/`, on plain node:http. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { asset, demoFolder, type Reply } from './files.ts';
import { kioskPage } from './kiosk/page.ts';
import { serviceWorker } from './kiosk/service-worker.ts';
import { brochure } from './shop/brochure.ts';
import { pageFor } from './shop/pages.ts';
import { render } from './shop/template.ts';

export type DemoOptions = {
  port: number;
  host?: string;
  /** Origin of the collector, where the tag and the kiosk script come from. */
  tagOrigin: string;
  siteKey: string;
  issueEnrolmentCode: () => Promise<string>;
};
export type DemoServer = { origin: string; close(): Promise<void> };

/** What the kiosk's page needs to start without a network, besides the tag's files. */
const KIOSK_FILES = ['/assets/icon.svg', '/assets/tones.css', '/kiosk/assets/kiosk.css', '/kiosk/assets/screens.js'];

function policy(tagOrigin: string): string {
  const tag = `'self' ${tagOrigin}`;
  return `default-src 'self'; script-src ${tag}; connect-src ${tag}; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
}

const html = (body: string, status = 200): Reply => ({ status, type: 'text/html; charset=utf-8', body });
const redirect = (location: string): Reply => ({
  status: 302,
  type: 'text/plain; charset=utf-8',
  body: '',
  headers: { location, 'cache-control': 'no-store' },
});

async function answer(request: IncomingMessage, folder: string, options: DemoOptions): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://demo.invalid');
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname;
  if (path === '/kiosk/enrol') return redirect(`/kiosk/#enrol=${encodeURIComponent(await options.issueEnrolmentCode())}`);
  if (path === '/kiosk/sw.js')
    return {
      status: 200,
      type: 'text/javascript; charset=utf-8',
      body: serviceWorker('/kiosk/', KIOSK_FILES, options.tagOrigin),
    };
  if (path === '/kiosk' && !url.pathname.endsWith('/')) return redirect('/kiosk/');
  if (path.startsWith('/kiosk/assets/')) return (await asset(join(folder, 'kiosk/assets'), path.slice(14))) ?? html('', 404);
  if (path === '/kiosk' || path.startsWith('/kiosk/')) return html(kioskPage(options.tagOrigin, options.siteKey));
  if (path === '/carnet/maison-amarante-automne-2026.pdf') return { status: 200, type: 'application/pdf', body: brochure() };
  if (path.startsWith('/assets/')) {
    const found = await asset(join(folder, 'shop/assets'), path.slice(8));
    if (found) return found;
  }
  const cookie = /(?:^|;\s*)mesure=(engagement|audience)/.exec(request.headers.cookie ?? '')?.[1];
  const page = pageFor(path);
  return html(
    render(page, {
      tagOrigin: options.tagOrigin,
      siteKey: options.siteKey,
      mode: cookie === 'engagement' ? 'engagement' : 'audience',
      chosen: cookie !== undefined,
    }),
    page.status,
  );
}

function send(response: ServerResponse, reply: Reply, options: DemoOptions): void {
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-security-policy': policy(options.tagOrigin),
    // Revalidated, yet kept for the back/forward cache.
    'cache-control': 'no-cache',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    vary: 'cookie',
    ...reply.headers,
  });
  response.end(reply.body);
}

export function startDemoServer(options: DemoOptions): Promise<DemoServer> {
  const { port, host = '127.0.0.1' } = options;
  const folder = demoFolder();
  const server = createServer((request, response) => {
    request.resume();
    answer(request, folder, options).then(
      (reply) => send(response, reply, options),
      (error: unknown) =>
        send(
          response,
          {
            status: 503,
            type: 'text/plain; charset=utf-8',
            body: `The demo could not answer: ${error instanceof Error ? error.message : String(error)}\n`,
          },
          options,
        ),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} on ${host} is already in use: the demo shop cannot start there.`)
          : error,
      );
    });
    server.listen(port, host, () => {
      const bound = server.address();
      const actual = bound && typeof bound === 'object' ? bound.port : port;
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          server.closeAllConnections();
        });
      resolve({ origin: `http://${host}:${actual}`, close });
    });
  });
}
