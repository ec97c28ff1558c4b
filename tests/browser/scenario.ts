/** One scenario: a browser and two origins of its own, the truth, what was recorded, and what must not have happened. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSnippet } from '../../commands/build-snippet.mjs';
import { type Pin, pinTag, type Released } from '../../commands/pin-tag.mjs';
import { Browser } from './chromium.ts';
import { Site } from './site.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The error of measured active time that a pageview may have (design/architecture.md). */
const BOUND = 100;
/** When it began is read from two clocks one after the other, and on a busy machine something may come between the two. */
const BEGUN_BOUND = 500;

type Row = { scenario: string; views: number; truthMs: number; activeMs: number; errorMs: number };
const rows: Row[] = [];
let assets = '';
/** The pinned files beside `c.js`: today's, and every released one. */
export let pins: { current: Pin; released: Released[] };

export const prepare = (name: string): void => {
  beforeAll(async () => {
    const outDir = mkdtempSync(join(tmpdir(), 'comptoir-assets-'));
    assets = join(outDir, 'assets');
    await buildSnippet({ root: ROOT, outDir: assets });
    pins = await pinTag({ root: ROOT, outDir });
  });
  afterAll(async () => {
    await Promise.all(idle.splice(0).map((browser) => browser.close()));
    mkdirSync(join(ROOT, 'build'), { recursive: true });
    writeFileSync(join(ROOT, 'build', `accuracy-${name}.json`), JSON.stringify(rows, null, 1));
    for (const { scenario: told, errorMs } of rows) process.stdout.write(`${String(errorMs).padStart(5)} ms  ${told}\n`);
  });
};

export type Scene = { browser: Browser; site: Site; relaunch: () => Promise<Browser> };
export type Options = {
  /** Problems that the scenario itself causes, for instance failed requests; anything else is a failure. */
  expected?: RegExp;
  flags?: string[];
  timeout?: number;
  /** Needs a browser of its own: it kills it, starts it again, or uses what a private window does not have. */
  alone?: boolean;
};

/**
 * What an overloaded machine does to the scenario itself: the browser ended a page without running its handlers (it gives a
 * closing tab no more time), or gave a page in front its focus late.
 */
class Unfit extends Error {}
const ATTEMPTS = 3;

/** Browsers that wait for their next scenario. */
const idle: Browser[] = [];

const attempt = async (act: (scene: Scene) => Promise<void>, { expected, flags, alone }: Options): Promise<void> => {
  const site = await Site.open(assets);
  const shared = !alone && !flags;
  const first = (shared && idle.pop()) || (await Browser.launch(undefined, flags));
  if (shared) await first.renew();
  let fine = false;
  const browsers = [first];
  const relaunch = async (): Promise<Browser> => {
    const next = await Browser.launch(first.profile, flags);
    browsers.push(next);
    return next;
  };
  try {
    await act({ browser: first, site, relaunch });
    const problems = browsers.flatMap((browser) => browser.problems).filter((problem) => !expected?.test(problem));
    expect(problems, 'uncaught errors and console noise').toEqual([]);
    fine = true;
  } finally {
    if (shared && fine && browsers.length === 1) idle.push(first);
    else for (const browser of browsers.reverse()) await browser.close(browser !== first);
    site.close();
  }
};

/** A run that was not the scenario proves nothing and is repeated; nothing else is. */
export const scenario = (name: string, act: (scene: Scene) => Promise<void>, options: Options = {}): void =>
  void test.concurrent(
    name,
    async () => {
      for (let tries = 1; ; tries++)
        try {
          return await attempt(act, options);
        } catch (error) {
          if (!(error instanceof Unfit) || tries === ATTEMPTS) throw error;
        }
    },
    ATTEMPTS * (options.timeout ?? 40_000),
  );

/** Each pageview once, in order, with the active and the foreground time that the probe saw; and nothing else. */
export const expectTruth = async (
  scenarioName: string,
  site: Site,
  paths: string[],
  until?: { at: number; doc?: string },
  bound = BOUND,
): Promise<void> => {
  await site.settle();
  if (!until && site.unheard) throw new Unfit('a page ended without pagehide');
  if (site.lines.some(({ type }) => type === 'starved')) throw new Unfit('the browser had no processor for a tenth of a second');
  if (site.unfocused) throw new Unfit('a page got its focus late');
  const truth = site.truth(until);
  const recorded = site.recorded();
  const story = JSON.stringify({ truth, recorded, lines: site.lines }, null, 1);
  expect(
    truth.map(({ path }) => path),
    `the probe saw something else: ${story}`,
  ).toEqual(paths);
  expect(
    recorded.map(({ path }) => path),
    story,
  ).toEqual(paths);
  for (const [index, view] of recorded.entries()) {
    const real = truth[index] ?? { activeMs: 0, foregroundMs: 0, begun: 0 };
    expect(Math.abs(view.activeMs - real.activeMs), `active time of ${view.path}: ${story}`).toBeLessThanOrEqual(bound);
    expect(Math.abs(view.foregroundMs - real.foregroundMs), `foreground time of ${view.path}: ${story}`).toBeLessThanOrEqual(
      bound,
    );
    expect(Math.abs(view.begun - real.begun), `beginning of ${view.path}: ${story}`).toBeLessThanOrEqual(BEGUN_BOUND);
  }
  const sum = (key: 'activeMs' | 'foregroundMs', views: { activeMs: number; foregroundMs: number }[]) =>
    Math.round(views.reduce((total, view) => total + view[key], 0));
  rows.push({
    scenario: scenarioName,
    views: recorded.length,
    truthMs: sum('activeMs', truth),
    activeMs: sum('activeMs', recorded),
    errorMs: Math.max(0, ...recorded.map((view, index) => Math.round(Math.abs(view.activeMs - (truth[index]?.activeMs ?? 0))))),
  });
};
