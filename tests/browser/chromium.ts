/**
 * Chromium driven by raw CDP over a pipe. Playwright and Puppeteer force focus emulation and switch the back/forward cache
 * off, which is exactly what is measured here.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
  '--metrics-recording-only',
  '--mute-audio',
  // Painting in software is what costs most, and nothing here looks at it.
  '--window-size=480,360',
  '--remote-debugging-pipe',
  '--autoplay-policy=no-user-gesture-required',
];

type Json = Record<string, unknown>;
type Reply = { id?: number; method?: string; params?: Json; result?: Json; error?: { message: string }; sessionId?: string };

export const findChromium = (): string => {
  const found = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );
  if (!found) throw new Error('No Chromium: set CHROMIUM_PATH or install one.');
  return found;
};

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** One browser process on one profile. Errors that a page threw or logged are collected, never swallowed. */
export class Browser {
  readonly problems: string[] = [];
  readonly #child: ChildProcess;
  readonly #toBrowser: Writable;
  readonly #waiting = new Map<number, { done: (result: Json) => void; fail: (error: Error) => void }>();
  readonly #listeners = new Set<(reply: Reply) => void>();
  #last = 0;
  /** Cookies, storage and windows of its own, like another profile. */
  #context: string | undefined;

  private constructor(
    child: ChildProcess,
    toBrowser: Writable,
    fromBrowser: Readable,
    readonly profile: string,
  ) {
    this.#child = child;
    this.#toBrowser = toBrowser;
    let rest = '';
    fromBrowser.setEncoding('utf8');
    fromBrowser.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\0');
      rest = parts.pop() ?? '';
      for (const part of parts) this.#hear(JSON.parse(part));
    });
    toBrowser.on('error', () => {});
    fromBrowser.on('error', () => {});
  }

  static async launch(profile = mkdtempSync(join(tmpdir(), 'comptoir-chromium-')), extra: string[] = []): Promise<Browser> {
    // Its own process group, so that kill -9 reaches every process of it and no other.
    const child = spawn(findChromium(), [...FLAGS, ...extra, `--user-data-dir=${profile}`, 'about:blank'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const [, , , to, from] = child.stdio;
    if (!to || !from || !('write' in to) || !('read' in from)) throw new Error('no pipe to Chromium');
    const browser = new Browser(child, to, from, profile);
    await browser.send('Browser.getVersion');
    return browser;
  }

  #hear(reply: Reply): void {
    if (reply.id !== undefined) {
      const call = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (reply.error) call?.fail(new Error(reply.error.message));
      else call?.done(reply.result ?? {});
    } else for (const listener of this.#listeners) listener(reply);
  }

  send(method: string, params: Json = {}, sessionId?: string): Promise<Json> {
    const id = ++this.#last;
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.#toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });
  }

  on(listener: (reply: Reply) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A clean state for the next scenario, at a fraction of the price of another process. */
  async renew(): Promise<void> {
    if (this.#context) await this.send('Target.disposeBrowserContext', { browserContextId: this.#context });
    this.problems.length = 0;
    this.#context = String((await this.send('Target.createBrowserContext')).browserContextId);
    // A window with a tab in it, as after a start.
    await this.send('Target.createTarget', { url: 'about:blank', browserContextId: this.#context });
  }

  /** Opens a tab, or a window of its own. A background tab is never seen until it is activated. */
  async open(url = 'about:blank', options: { background?: boolean; newWindow?: boolean } = {}): Promise<Page> {
    // Blank first, so that the listeners are there before the page is.
    const { targetId } = await this.send('Target.createTarget', {
      url: 'about:blank',
      ...options,
      ...(this.#context && { browserContextId: this.#context }),
    });
    const page = await this.attach(String(targetId));
    // On a busy machine the focus arrives after the tab; a person does not type an address before.
    for (let waited = 0; !options.background && waited < 3_000 && !(await page.evaluate('document.hasFocus()')); waited += 20)
      await sleep(20);
    if (url !== 'about:blank') await page.goto(url);
    return page;
  }

  async attach(targetId: string): Promise<Page> {
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, targetId, String(sessionId));
    await Promise.all([page.send('Page.enable'), page.send('Runtime.enable'), page.send('Log.enable')]);
    return page;
  }

  /** Waits until the processes are gone: the next launch on the same profile would find them. */
  async #gone(signal: NodeJS.Signals | undefined): Promise<void> {
    const ended =
      this.#child.exitCode !== null || this.#child.signalCode !== null
        ? undefined
        : new Promise((done) => this.#child.once('exit', done));
    if (signal && this.#child.pid) process.kill(-this.#child.pid, signal);
    await Promise.race([ended, sleep(5_000)]);
  }

  async close(keepProfile = false): Promise<void> {
    await Promise.race([this.send('Browser.close').catch(() => {}), sleep(2_000)]);
    await this.#gone(undefined);
    try {
      await this.#gone('SIGKILL');
    } catch {}
    if (!keepProfile) rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** A power cut: no handler of any page runs, nothing is flushed. */
  kill(): Promise<void> {
    return this.#gone('SIGKILL');
  }
}

/** One tab. */
export class Page {
  readonly #forget: () => void;

  constructor(
    readonly browser: Browser,
    readonly targetId: string,
    readonly sessionId: string,
  ) {
    this.#forget = browser.on(({ method, params, sessionId: from }) => {
      if (from !== sessionId) return;
      if (method === 'Runtime.exceptionThrown' || (method === 'Runtime.consoleAPICalled' && params?.type === 'error'))
        browser.problems.push(JSON.stringify(params));
      if (method === 'Log.entryAdded' && !/favicon/.test(JSON.stringify(params))) browser.problems.push(JSON.stringify(params));
    });
  }

  send(method: string, params: Json = {}): Promise<Json> {
    return this.browser.send(method, params, this.sessionId);
  }

  /** Resolves with the first event of that name. */
  next(name: string, timeout = 10_000): Promise<Json> {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => {
        stop();
        fail(new Error(`no ${name} within ${timeout} ms`));
      }, timeout);
      const stop = this.browser.on(({ method, params, sessionId }) => {
        if (method !== name || sessionId !== this.sessionId) return;
        clearTimeout(timer);
        stop();
        done(params ?? {});
      });
    });
  }

  async goto(url: string): Promise<void> {
    const loaded = this.next('Page.loadEventFired');
    const [{ errorText }] = await Promise.all([this.send('Page.navigate', { url }), loaded]);
    if (errorText) throw new Error(`${url}: ${errorText}`);
  }

  async evaluate(expression: string, userGesture = false): Promise<unknown> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined;
  }

  async activate(): Promise<void> {
    await this.browser.send('Target.activateTarget', { targetId: this.targetId });
  }

  /** As a person closes a tab: the page's handlers run. */
  async close(): Promise<void> {
    // On a busy machine the last handlers run long after the answer.
    const gone = new Promise<void>((done) => {
      const stop = this.browser.on(({ method, params }) => {
        if (method !== 'Target.detachedFromTarget' || params?.sessionId !== this.sessionId) return;
        stop();
        done();
      });
    });
    await this.browser.send('Target.closeTarget', { targetId: this.targetId });
    await Promise.race([gone, sleep(5_000)]);
    this.#forget();
  }

  async moveMouse(x = 100, y = 100): Promise<void> {
    await this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
  }

  async click(x: number, y: number): Promise<void> {
    for (const type of ['mousePressed', 'mouseReleased'])
      await this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
  }
}
