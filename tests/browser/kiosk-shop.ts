/** A shop with one kiosk: its page on one origin, and on another a stub of the collector that checks every signature. */
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as v from 'valibot';
import { openSealed, sealingKeyOf } from '../../collector/people/sealed-opt-in.ts';
import {
  type Enrolment,
  type Envelope,
  enrolment,
  envelope,
  type Health,
  health,
  type KioskSettings,
  type Message,
  message,
  type SignedEnvelope,
  signedEnvelope,
} from '../../collector/wire.ts';
import { sleep } from './chromium.ts';

/** How the collector answers: by contract, or as the network does on a bad day. */
export type Mood = 'ok' | 'down' | 'portal' | 'unknown_device' | 'busy' | 'malformed' | 'unknown_wording';
export const SECRET = Buffer.alloc(32, 7).toString('base64');
export type Hit = {
  mood: Mood;
  at: number;
  text: string;
  device: string;
  sequence: number;
  genuine: boolean;
  envelope: Envelope;
};

const PAGE = (script: string, more = '') => `<!doctype html><html lang="fr"><head><link rel="icon" href="data:,">
<script>
  window.said = [];
  for (const name of ['enrolment', 'idle-warning', 'reset', 'optin'])
    addEventListener('comptoir:' + name, (e) => { said.push({ name, ...e.detail }); if (!window.warnsNobody) e.preventDefault(); if (name === 'reset') history.replaceState(null, '', '/'); });
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, () => { window.touchedAt = performance.now(); }, true);
  function go(path) { history.replaceState(null, '', path); }
</script>${script}</head>
<body style="margin:0"><button style="width:200px;height:100px" onclick="go('/liste')">Liste</button><button style="width:200px;height:100px" onclick="go('/produit')">Produit</button>
<form><input id="email" type="email" autocomplete="off"><input type="checkbox" name="news"></form><input id="loose">${more}</body></html>`;

export class KioskShop {
  mood: Mood = 'ok';
  readonly codes = new Set<string>();
  readonly enrolments: Enrolment[] = [];
  readonly hits: Hit[] = [];
  readonly paths: string[] = [];
  readonly healths: Health[] = [];
  /** Files and wordings of the collector by path, besides those of the build. */
  readonly files = new Map<string, string>();
  /** Pages of the shop by path; all others are the same one. */
  readonly pages = new Map<string, { type?: string; body: string }>();
  settings: KioskSettings = {};
  version = '';
  /** No network at all: neither pages nor files nor answers. */
  cut = false;
  /** Word of health is heard, and what is answered never arrives. */
  losesAnswers = false;
  /** What the collector's clock is ahead of this machine's. */
  ahead = 0;
  origin = '';
  collector = '';
  /** Attributes of the script element. */
  attributes = '';
  #servers: Server[] = [];
  #keys = new Map<string, string>();

  static async open(assets: string): Promise<KioskShop> {
    const shop = new KioskShop();
    const pages = createServer((request, response) => {
      if (shop.cut) return request.socket.destroy();
      shop.paths.push(request.url ?? '');
      const own = shop.pages.get(new URL(request.url ?? '/', shop.origin).pathname);
      response.writeHead(200, { 'content-type': own?.type ?? 'text/html; charset=utf-8' });
      if (own?.type) return response.end(own.body);
      return response.end(
        PAGE(`<script defer src="${shop.collector}/kiosk.js" data-site="key" ${shop.attributes}></script>`, own?.body),
      );
    });
    const collector = createServer((request, response) => {
      const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-comptoir, retry-after' };
      if (request.method === 'GET')
        return shop.#file(new URL(request.url ?? '/', 'http://collector.invalid').pathname, assets, response, cors);
      let text = '';
      request.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      request.on('end', async () => {
        if (shop.cut) return request.socket.destroy();
        const { status, header, body } = await shop.#answer(text);
        if (!status) return request.socket.destroy();
        const wait = status === 429 ? { 'retry-after': '2' } : {};
        return response
          .writeHead(status, { 'content-type': 'application/json', ...cors, ...wait, ...(header && { 'x-comptoir': header }) })
          .end(body);
      });
      return undefined;
    });
    shop.#servers = [pages, collector];
    const [first, second] = await Promise.all(
      shop.#servers.map(
        (server) =>
          new Promise<number>((done) =>
            server.listen(0, '127.0.0.1', () => {
              const address = server.address();
              done(typeof address === 'object' && address ? address.port : 0);
            }),
          ),
      ),
    );
    shop.origin = `http://127.0.0.1:${first}`;
    shop.collector = `http://localhost:${second}`;
    return shop;
  }

  #file(path: string, assets: string, response: ServerResponse, headers: Record<string, string>): void {
    const own = this.files.get(path);
    if (this.cut) return void response.destroy();
    if (path.startsWith('/w/')) {
      response.writeHead(own ? 200 : 404, { 'content-type': 'application/json', ...headers }).end(own ?? 'no');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600', ...headers });
    response.end(own ?? readFileSync(join(assets, path)));
  }

  async #answer(text: string): Promise<{ status: number; header?: string; body: string }> {
    const asked: Enrolment | SignedEnvelope = JSON.parse(text);
    if ('publicKey' in asked) {
      v.assert(enrolment, asked);
      this.enrolments.push(asked);
      if (this.mood === 'down') return { status: 0, body: '' };
      if (!this.codes.has(asked.enrol ?? asked.provision ?? '') || (asked.enrol && !this.codes.delete(asked.enrol)))
        return { status: 403, header: 'bad_code', body: '{"ok":0,"rej":[],"reason":"bad_code"}' };
      const device = `device-${this.#keys.size + 1}`;
      this.#keys.set(device, asked.publicKey);
      return { status: 200, header: 'ok', body: JSON.stringify({ device, kiosk: 'Borne 1', store: 'Lyon', seal: this.seal }) };
    }
    const { mood } = this;
    v.assert(signedEnvelope, asked);
    const said: Envelope | Health = JSON.parse(asked.body);
    if ('health' in said) return this.#answerHealth(said, asked);
    const inner = said;
    // The contract itself, so that the kiosk cannot drift from it.
    v.assert(envelope, inner);
    for (const sent of inner.messages) {
      v.assert(message, sent);
      if (sent.kind === 'opt-in' && sent.sealed) sent.email = (await openSealed(SECRET, 'key', sent.id, sent.sealed)) ?? '';
    }
    const { device, sequence } = asked;
    this.hits.push({ mood, at: Date.now(), text, device, sequence, genuine: this.#isGenuine(asked), envelope: inner });
    if (mood === 'down') return { status: 0, body: '' };
    if (mood === 'portal') return { status: 200, body: '{"ok":1,"rej":[],"login":"https://wifi.example"}' };
    if (mood === 'busy') return { status: 429, header: 'quota', body: '{"ok":0,"rej":[],"reason":"quota"}' };
    if (mood === 'malformed') return { status: 400, header: mood, body: JSON.stringify({ ok: 0, rej: [], reason: mood }) };
    if (mood === 'unknown_wording')
      return { status: 202, header: 'ok', body: JSON.stringify({ ok: 0, rej: inner.messages.map((_, i) => [i, mood]) }) };
    if (mood === 'unknown_device') return { status: 401, header: mood, body: JSON.stringify({ ok: 0, rej: [], reason: mood }) };
    return { status: 202, header: 'ok', body: JSON.stringify({ ok: inner.messages.length, rej: [] }) };
  }

  get seal(): string {
    return sealingKeyOf(SECRET, 'key');
  }

  #answerHealth(said: Health, asked: SignedEnvelope): { status: number; header?: string; body: string } {
    v.assert(health, said);
    const { mood } = this;
    if (mood === 'down' || !this.#isGenuine(asked)) return { status: 0, body: '' };
    if (mood === 'portal') return { status: 200, body: '<h1>WiFi</h1>' };
    if (mood === 'busy') return { status: 429, header: 'quota', body: '{}' };
    if (mood === 'unknown_device') return { status: 401, header: mood, body: '{}' };
    this.healths.push(said);
    const device = said.rotate && this.#rotated(said.rotate);
    if (this.losesAnswers) return { status: 0, body: '' };
    const { version, settings } = this;
    const answer = { ok: 0, rej: [], now: Date.now() + this.ahead, version, seal: this.seal, today: 3 };
    const more = { ...(said.settings !== version && { settings }), ...(device && { device }) };
    return { status: 200, header: 'ok', body: JSON.stringify({ ...answer, ...more }) };
  }

  /** A device that was enrolled before. @param publicKey SubjectPublicKeyInfo, base64url. */
  know(device: string, publicKey: string): void {
    this.#keys.set(device, publicKey);
  }

  /** The same question has the same answer. */
  #rotated(publicKey: string): string {
    const known = [...this.#keys].find(([, key]) => key === publicKey)?.[0];
    const device = known ?? `rotated-${this.#keys.size + 1}`;
    this.#keys.set(device, publicKey);
    return device;
  }

  #isGenuine({ device, sequence, body, signature }: SignedEnvelope): boolean {
    const spki = this.#keys.get(device);
    if (!spki) return false;
    const key = createPublicKey({ key: Buffer.from(spki, 'base64url'), format: 'der', type: 'spki' });
    return verify(
      'sha256',
      Buffer.from(`${device}.${sequence}.${body}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
  }

  /** What the collector has answered for, the latest state of each message. */
  stored<Kind extends Message['kind']>(kind: Kind): Extract<Message, { kind: Kind }>[] {
    const found = new Map<string, Extract<Message, { kind: Kind }>>();
    const isKind = (message: Message): message is Extract<Message, { kind: Kind }> => message.kind === kind;
    for (const hit of this.hits)
      if (hit.mood === 'ok') for (const sent of hit.envelope.messages) if (isKind(sent)) found.set(sent.id, sent);
    return [...found.values()];
  }

  /** Waits for something to become true; says what it waited for when it does not. */
  async until(what: string, test: () => unknown | Promise<unknown>, ms = 10_000): Promise<void> {
    const end = Date.now() + ms;
    while (!(await test())) {
      if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
      await sleep(50);
    }
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}
