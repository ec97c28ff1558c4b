/** Two origins: a site whose pages carry the tag and a probe, and a stub of the collector that answers by the wire contract. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Message } from '../../collector/wire.ts';
import { sleep } from './chromium.ts';

/** How the collector answers: by contract, or as the network does on a bad day. */
export type Mood = 'ok' | 'down' | 'hang' | 'portal' | 'busy' | 'broken' | 'refuse';
export type Received = {
  at: number;
  /** When it was answered. */
  until: number;
  mood: Mood;
  headers: IncomingMessage['headers'];
  body: { site: string; sentAt: number; lost?: Record<string, number>; messages: Message[] };
};
/** One line of the probe. */
export type Line = {
  doc: string;
  type: string;
  at: number;
  wall: number;
  path: string;
  visible: boolean;
  focused: boolean;
  framed?: boolean;
  persisted?: boolean;
  left?: boolean;
};
export type Shown = { path: string; begun: number; activeMs: number; foregroundMs: number };
export type PageOptions = { tag?: string; head?: string; body?: string; headers?: Record<string, string>; scripts?: number };

const IDLE = 30_000;
const PROBE = readFileSync(join(import.meta.dirname, 'probe.js'), 'utf8');

const listen = (
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => unknown,
): Promise<{ server: Server; origin: string }> =>
  new Promise((done) => {
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => answer(request, response, body));
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done({ server, origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` });
    });
  });

export class Site {
  mood: Mood = 'ok';
  /** The script answers late, as it does in life; what happens before it runs counts too. */
  scriptDelay = 60;
  /** How long the collector takes to answer. */
  answerDelay = 0;
  readonly pages = new Map<string, PageOptions>();
  readonly received: Received[] = [];
  readonly lines: Line[] = [];
  readonly reports: string[] = [];
  readonly requests: { path: string; purpose: string }[] = [];
  /** A file that cannot be had. */
  withheld = '';
  origin = '';
  collector = '';
  #servers: Server[] = [];
  #last = Date.now();

  static async open(assets: string): Promise<Site> {
    const site = new Site();
    const pages = await listen((request, response, body) => site.#page(request, response, body));
    const collector = await listen((request, response, body) => site.#collect(request, response, body, assets));
    site.origin = pages.origin;
    // Another host, so that CORS is real and a new site gets its own process.
    site.collector = collector.origin.replace('127.0.0.1', 'localhost');
    site.#servers = [pages.server, collector.server];
    return site;
  }

  async #page(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const path = new URL(request.url ?? '/', this.origin).pathname;
    if (path === '/probe') {
      this.#last = Date.now();
      if (request.method === 'POST') this.lines.push(JSON.parse(body));
      response.writeHead(204).end();
      return;
    }
    if (path === '/probe.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(PROBE);
      return;
    }
    if (path === '/report') {
      this.reports.push(body);
      response.writeHead(204).end();
      return;
    }
    this.requests.push({ path, purpose: String(request.headers['sec-purpose'] ?? '') });
    const { tag = '', head = '', body: content = '', headers = {}, scripts = 1 } = this.pages.get(path) ?? {};
    const script = `<script defer src="${this.collector}/c.js" data-site="key" ${tag}></script>`;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(
      `<!doctype html><html><head><link rel="icon" href="data:,"><script src="/probe.js"></script>${head}${script.repeat(scripts)}</head><body style="margin:0;min-height:3000px"><h1>${path}</h1>${content}</body></html>`,
    );
  }

  async #collect(request: IncomingMessage, response: ServerResponse, body: string, assets: string): Promise<void> {
    const path = new URL(request.url ?? '/', this.collector).pathname;
    if (request.method === 'GET') {
      if (this.withheld === path) return void request.socket.destroy();
      await sleep(this.scriptDelay);
      response.writeHead(200, {
        'content-type': 'text/javascript',
        'access-control-allow-origin': '*',
        'cache-control': 'max-age=60',
      });
      response.end(readFileSync(join(assets, path)));
      return;
    }
    this.#last = Date.now();
    const { mood } = this;
    const received: Received = { at: Date.now(), until: Infinity, mood, headers: request.headers, body: JSON.parse(body) };
    this.received.push(received);
    if (this.answerDelay) await sleep(this.answerDelay);
    received.until = Date.now();
    const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-comptoir, retry-after' };
    const ours = { ...cors, 'content-type': 'application/json', 'x-comptoir': '1' };
    if (mood === 'ok') response.writeHead(202, ours).end(JSON.stringify({ ok: JSON.parse(body).messages.length, rej: [] }));
    else if (mood === 'refuse') response.writeHead(403, ours).end(JSON.stringify({ ok: 0, rej: [], reason: 'unknown_site' }));
    else if (mood === 'busy') response.writeHead(429, { ...ours, 'retry-after': '2' }).end('{}');
    else if (mood === 'broken') response.writeHead(503, ours).end('{}');
    else if (mood === 'portal')
      response.writeHead(200, { ...cors, 'content-type': 'text/html' }).end('<h1>Log in to our WiFi</h1>');
    else if (mood === 'down') request.socket.destroy();
  }

  /** Waits until neither the tag nor the probe has said anything for a while. */
  async settle(ms = 400): Promise<void> {
    do await sleep(50);
    while (Date.now() - this.#last < ms);
  }

  /** Messages the collector has answered for, in the order of their transmission: every state of a pageview, every act once. */
  get messages(): Message[] {
    const seen = new Set<string>();
    return this.received
      .filter(({ mood }) => mood === 'ok')
      .flatMap(({ body }) => body.messages)
      .filter(({ kind, id }) => kind === 'pageview' || (!seen.has(id) && seen.add(id)));
  }

  /** What the collector ends up with: one row per id, the greatest of every cumulative field. */
  recorded(): Shown[] {
    const views = new Map<string, Shown>();
    for (const message of this.messages) {
      if (message.kind !== 'pageview') continue;
      const url = new URL(message.url);
      const view = views.get(message.id) ?? {
        path: url.pathname + url.hash,
        begun: Number.parseInt(message.id.slice(0, 12), 16),
        activeMs: 0,
        foregroundMs: 0,
      };
      view.activeMs = Math.max(view.activeMs, message.activeMs ?? 0);
      view.foregroundMs = Math.max(view.foregroundMs, message.foregroundMs ?? 0);
      views.set(message.id, view);
    }
    return [...views.values()].sort((a, b) => a.begun - b.begun);
  }

  /** Is there a page whose end the probe has not heard? A page that leaves is hidden after it, and its last word says so. */
  get unheard(): boolean {
    return [...new Set(this.lines.map(({ doc }) => doc))].some((doc) => {
      const last = this.lines.filter((line) => line.doc === doc).reduce((a, b) => (b.at >= a.at ? b : a));
      return last.visible;
    });
  }

  /** From when the tag may have run in a document; a frame knows its focus from the start. */
  #ranAt(doc: string): number {
    const first = this.lines.find((line) => line.doc === doc && (line.type === 'tag' || line.framed));
    return first?.type === 'tag' ? first.at : 0;
  }

  /** Did a page in front get its focus late? */
  get unfocused(): boolean {
    return this.lines.some(
      ({ doc, type, visible, focused, framed }) =>
        type === 'start' &&
        visible &&
        !focused &&
        !framed &&
        this.lines.some((line) => line.doc === doc && line.type === 'focus' && line.at > this.#ranAt(doc)),
    );
  }

  /** Waits until the collector has a pageview of that path. */
  async shows(path: string): Promise<void> {
    for (let waited = 0; !this.recorded().some((view) => view.path === path); waited += 20) {
      if (waited > 10_000) throw new Error(`no pageview of ${path}`);
      await sleep(20);
    }
  }

  /**
   * The same, computed from what the probe saw. Of the time before the tag ran nothing can tell it more than whether the page was
   * visible, so that is the truth of that time. `until` closes pages whose end no handler could report.
   */
  truth(until?: { at: number; doc?: string }): Shown[] {
    const shown: Shown[] = [];
    for (const doc of new Set(this.lines.map((line) => line.doc))) {
      let view: Shown | undefined;
      let front = false;
      let gone = false;
      let last = 0;
      let life = 0;
      let current: string | undefined;
      const ranAt = this.#ranAt(doc);
      const lines = this.lines.filter((line) => line.doc === doc).sort((a, b) => a.at - b.at);
      // A restored page says `pageshow` while it may still be hidden, and `resume` knows better.
      for (const [i, line] of lines.entries())
        if (line.type === 'pageshow' && line.persisted && lines[i + 1]?.type === 'resume')
          line.visible = lines[i + 1]?.visible ?? line.visible;
      const end = lines.at(-1);
      if (until && end && !end.left && (!until.doc || until.doc === doc))
        lines.push({ ...end, type: 'end', at: until.at, left: true });
      for (const { type, at, wall, path, visible, focused, persisted, left } of lines) {
        if (view && front) {
          view.foregroundMs += at - last;
          view.activeMs += Math.max(0, Math.min(at, life + IDLE) - last);
        }
        last = at;
        front = visible && (focused || at < ranAt) && !left;
        if (type === 'sign') life = at;
        if (type === 'pageshow' && persisted) gone = false;
        if (type === 'pagehide') {
          gone = true;
          view = undefined;
        }
        if (!gone && visible && (!view || path !== current)) {
          view = { path, begun: wall, activeMs: 0, foregroundMs: 0 };
          shown.push(view);
          life = at;
        }
        current = path;
      }
    }
    return shown.sort((a, b) => a.begun - b.begun);
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}
