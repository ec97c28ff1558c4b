/**
 * What the tag costs a page while it loads, on a processor slowed down four times: main-thread time inside our files, taken
 * from Chromium's own trace. Beside it, in turns in one run, the same page without a tag, and with the least that any tag does:
 * one look into the storage and one request. Machines differ; the ratio of the two does not (docs/decisions/012).
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Browser, sleep } from '../tests/browser/chromium.ts';

const SLOWDOWN = 4;
const LONG_TASK_MS = 50;
/** What of a trace is our work: compiling, running, and being called back. Nested slices are counted once. */
const OURS = /\/(c|c\.x|least)\.js/;
/** What begins so soon after the page's load event still belongs to its load. */
const LOAD_ENDS_MS = 90;
const LEAST = `localStorage.least;fetch('/c',{method:'POST',keepalive:true,body:'x'.repeat(400)})`;
const VARIANTS = ['none', 'least', 'tag'] as const;

/** Times in microseconds; `tts` and `tdur` are those of the thread, which other processes do not lengthen. */
type Slice = { name: string; ph: string; ts: number; tts?: number; tdur?: number; tid: number; pid: number; args?: unknown };
/** Milliseconds, one figure per load: the page's main thread as a whole, our part of it during the load, and our part after that. */
export type LoadCost = Record<(typeof VARIANTS)[number], { page: number[]; load: number[]; later: number[] }> & {
  longTasks: number;
};

const isSlice = (value: unknown): value is Slice =>
  typeof value === 'object' && value !== null && 'name' in value && 'tts' in value && 'ph' in value;

/** Sums slices that do not lie inside one already counted. @returns milliseconds. */
function union(slices: Slice[]): number {
  let end = 0;
  let sum = 0;
  for (const { tts = 0, tdur = 0 } of slices.toSorted((a, b) => (a.tts ?? 0) - (b.tts ?? 0))) {
    sum += Math.max(0, tts + tdur - Math.max(tts, end));
    end = Math.max(end, tts + tdur);
  }
  return sum / 1000;
}

async function trace(browser: Browser, act: () => Promise<void>): Promise<Slice[]> {
  const slices: Slice[] = [];
  const done = new Promise<void>((resolve) => {
    const stop = browser.on(({ method, params }) => {
      if (method === 'Tracing.dataCollected' && Array.isArray(params?.value)) slices.push(...params.value.filter(isSlice));
      if (method !== 'Tracing.tracingComplete') return;
      stop();
      resolve();
    });
  });
  await browser.send('Tracing.start', { categories: 'devtools.timeline,v8,toplevel', transferMode: 'ReportEvents' });
  await act();
  await browser.send('Tracing.end');
  await done;
  return slices;
}

function serve(assets: string): Promise<{ origin: string; close: () => void }> {
  const text = `<p>${'Notes of bergamot and rain. '.repeat(40)}</p>`.repeat(20);
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
    if (request.method === 'POST') return void response.writeHead(202, { 'x-comptoir': '1' }).end('{"ok":1,"rej":[]}');
    if (pathname.endsWith('.js')) {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      return void response.end(pathname === '/least.js' ? LEAST : readFileSync(join(assets, pathname)));
    }
    const variant = searchParams.get('with');
    const script =
      variant === 'none' ? '' : `<script defer src="/${variant === 'tag' ? 'c' : 'least'}.js" data-site="key"></script>`;
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><link rel="icon" href="data:,">${script}<title>A page</title><body>${text}`);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, close });
    });
  });
}

/** @param assets folder with c.js and c.x.js. @param loads how many of each variant. */
export async function measureLoadCost(assets: string, loads: number): Promise<LoadCost> {
  const { origin, close } = await serve(assets);
  const browser = await Browser.launch();
  const empty = () => ({ page: [], load: [], later: [] });
  const cost: LoadCost = { none: empty(), least: empty(), tag: empty(), longTasks: 0 };
  try {
    // The first loads warm the browser up and are not counted.
    for (let n = -VARIANTS.length; n < loads * VARIANTS.length; n++) {
      const variant = VARIANTS[(n + VARIANTS.length) % VARIANTS.length] ?? 'none';
      const page = await browser.open();
      await page.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
      const slices = await trace(browser, async () => {
        await page.goto(`${origin}/?with=${variant}`);
        await sleep(700);
      });
      await page.close();
      if (n < 0) continue;
      const parsing = slices.find(({ name }) => name === 'ParseHTML');
      const main = slices.filter(({ ph, tid, pid }) => ph === 'X' && tid === parsing?.tid && pid === parsing?.pid);
      const ours = main.filter(({ args }) => OURS.test(JSON.stringify(args ?? {})));
      const loaded = slices.find(({ name, pid }) => name === 'MarkLoad' && pid === parsing?.pid);
      const ends = (loaded?.ts ?? Number.POSITIVE_INFINITY) + LOAD_ENDS_MS * 1000;
      cost[variant].page.push(union(main.filter(({ name }) => /RunTask/.test(name))));
      cost[variant].load.push(union(ours.filter(({ ts }) => ts < ends)));
      cost[variant].later.push(union(ours.filter(({ ts }) => ts >= ends)));
      if (variant === 'tag') cost.longTasks += ours.filter(({ tdur = 0 }) => tdur / 1000 > LONG_TASK_MS).length;
    }
  } finally {
    await browser.close();
    close();
  }
  return cost;
}
