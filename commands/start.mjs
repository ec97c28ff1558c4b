/** npm start: installs, builds, migrates, seeds a demo brand, runs the real Worker on this machine and prints where to look. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './install.mjs';

const port = Number(process.env.COMPTOIR_PORT ?? 8787);
const shopPort = Number(process.env.COMPTOIR_SHOP_PORT ?? port + 1);
const dataDir = process.env.COMPTOIR_DATA ?? join(root, '.data');
const say = (text) => process.stdout.write(`${text}\n`);

/** A port that a server we just ended still holds is given a moment. */
async function eventuallyFree(wanted) {
  for (let i = 0; i < 20; i += 1) {
    if (await isFree(wanted)) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}

ensureInstalled();
const { build } = await import('./build.mjs');
const { endOrphan, isFree, startServer } = await import('./server.mjs');
for (const [wanted, variable] of [
  [port, 'COMPTOIR_PORT'],
  [shopPort, 'COMPTOIR_SHOP_PORT'],
]) {
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) stop(`${variable} must be a port number between 1 and 65535.`);
}
try {
  mkdirSync(dataDir, { recursive: true });
  accessSync(dataDir, constants.W_OK);
} catch {
  stop(
    `Comptoir cannot write into ${dataDir}. Give yourself write access, or choose another folder: COMPTOIR_DATA=/some/folder npm start`,
  );
}
endOrphan(dataDir);
for (const [wanted, variable] of [
  [port, 'COMPTOIR_PORT'],
  [shopPort, 'COMPTOIR_SHOP_PORT'],
]) {
  if (!(await eventuallyFree(wanted)))
    stop(`Port ${wanted} is in use by another program. Stop it, or choose another port: ${variable}=8900 npm start`);
}
say('Building …');
await build();
const server = await startServer({ dataDir, port });
const shopOrigin = `http://127.0.0.1:${shopPort}`;
const began = Date.now();
const days = Number(process.env.COMPTOIR_DEMO_DAYS) || 90;
say(`Looking for data; an empty database is filled with ${days} days of a demo brand …`);
const { seeded, account, siteKey } = await server.demo(
  `/seed?${new URLSearchParams({ shop: shopOrigin, now: String(Date.now()), days: String(days) })}`,
);
if (seeded)
  say(
    `Demo brand made: ${seeded.messages} messages through the collector in ${Math.round((Date.now() - began) / 1000)} s. API token (shown once): ${seeded.token}`,
  );
const { startDemoServer } = await import(new URL('../build/demo/server.mjs', import.meta.url).href);
const shop = await startDemoServer({
  port: shopPort,
  tagOrigin: server.origin,
  siteKey,
  issueEnrolmentCode: async () => (await server.demo('/enrolment-code')).code,
});
// The screens of its stores say that they are well, as those of real stores do every two minutes.
const alive = () => server.demo('/keep-alive').catch(() => {});
await alive();
const breath = setInterval(alive, 120_000);
await server.runCron();

say(`
  Dashboard    ${server.origin}/s/${siteKey}
               e-mail ${account.email} · password ${account.password}
               for personal data: e-mail donnees@comptoir.example · same password
  Demo shop    ${shop.origin}/
  Demo kiosk   ${shop.origin}/kiosk/enrol
  Help         ${server.origin}/help

  The tag      <script defer src="${server.origin}/c.js" data-site="${siteKey}"></script>

Stop with Ctrl+C. Data stays in ${dataDir}.`);

const end = async () => {
  clearInterval(breath);
  await shop.close();
  await server.stop();
  process.exit(0);
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
