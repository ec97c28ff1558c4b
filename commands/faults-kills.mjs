/** Kills workerd under load, again and again on the same data, and proves that nothing acknowledged was lost or counted twice. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { root } from './install.mjs';
import { startServer } from './server.mjs';

const SENDERS = 6;
const DAY = 86_400_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const print = (line) => process.stdout.write(`${line}\n`);

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

async function bundleLoad() {
  const esbuild = await import('esbuild');
  const outfile = join(root, 'build/faults-worker/kills.mjs');
  await esbuild.build({
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    absWorkingDir: root,
    logLevel: 'error',
    entryPoints: ['faults/kills.ts'],
    outfile,
  });
  return import(pathToFileURL(outfile).href);
}

/** @param {number} kills how often the server is killed. */
export async function runKills(kills) {
  await build();
  const { makeKillSite, Load, judge } = await bundleLoad();
  const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-kills-'));
  const port = await freePort();
  const open = () => startServer({ dataDir, port, cron: false });
  let server = await open();
  const secrets = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));
  const site = await makeKillSite(await server.database('PEOPLE'), secrets.SITE_SECRET, Date.now());
  const load = new Load(server.origin, site);
  const running = load.run(SENDERS);
  const began = Date.now();
  try {
    for (let n = 1; n <= kills; n += 1) {
      await pause(300 + Math.random() * 900);
      // Cron of the day after tomorrow: days close under traffic, which is late for them from then on.
      const cron = n % 2 ? server.runCron(Date.now() + 2 * DAY).catch(() => {}) : undefined;
      await pause(Math.random() * 60);
      process.kill(Number(server.pid), 'SIGKILL');
      await Promise.race([server.stop().catch(() => {}), pause(3_000)]);
      await Promise.race([cron, pause(500)]);
      server = await open();
      if (n % 5 === 0)
        print(`${n} kills, ${load.posts} posts, ${load.failed} unanswered, ${Math.round((Date.now() - began) / 1000)} s`);
    }
    await pause(500);
    load.stop();
    await running;
    // The lease of a run that was killed lasts two minutes; time passes by the schedule's clock.
    for (let n = 1; n <= 6; n += 1) await server.runCron(Date.now() + 2 * DAY + n * 180_000);
    const db = { EVENTS: await server.database('EVENTS'), PEOPLE: await server.database('PEOPLE') };
    const { wrong, stored, acknowledged } = await judge(db, site, load, Date.now() + 2 * DAY);
    print(
      `\n${kills} kills of workerd in ${Math.round((Date.now() - began) / 1000)} s: ${load.posts} posts (${load.failed} unanswered), ${acknowledged} messages ` +
        `acknowledged, ${stored} stored.`,
    );
    print(
      'This proves the direct path. The local queue lives in memory and dies with workerd; none of these messages needed it, for D1 never failed.',
    );
    for (const line of wrong.slice(0, 20)) print(`WRONG: ${line}`);
    print(
      wrong.length > 0
        ? `FAILED: ${wrong.length} differences`
        : 'Nothing acknowledged was lost, nothing stored twice, the report is the model’s.',
    );
    if (wrong.length > 0) process.exitCode = 1;
  } finally {
    load.stop();
    await Promise.race([server.stop().catch(() => {}), pause(3_000)]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}
