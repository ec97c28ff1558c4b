/** npm start: installs, builds, migrates, seeds a demo brand, runs the real Worker on this machine and prints where to look. */
import { join } from 'node:path';
import { ensureInstalled, root, stop } from './install.mjs';

const port = Number(process.env.COMPTOIR_PORT ?? 8787);
const shopPort = Number(process.env.COMPTOIR_SHOP_PORT ?? port + 1);
const dataDir = process.env.COMPTOIR_DATA ?? join(root, '.data');
const say = (text) => process.stdout.write(`${text}\n`);

ensureInstalled();
const { build } = await import('./build.mjs');
const { isFree, startServer } = await import('./server.mjs');
for (const [wanted, variable] of [
  [port, 'COMPTOIR_PORT'],
  [shopPort, 'COMPTOIR_SHOP_PORT'],
]) {
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) stop(`${variable} must be a port number between 1 and 65535.`);
}
say('Building …');
await build();
let server;
try {
  server = await startServer({ dataDir, port });
} catch (error) {
  if (!(await isFree(port)))
    stop(`Port ${port} is in use by another program. Stop it, or choose another port: COMPTOIR_PORT=8900 npm start`);
  if (error?.code === 'EACCES' || error?.code === 'EROFS')
    stop(
      `Comptoir cannot write into ${dataDir}. Give yourself write access, or choose another folder: COMPTOIR_DATA=/some/folder npm start`,
    );
  throw error;
}
if (!(await isFree(shopPort))) {
  await server.stop();
  stop(`Port ${shopPort} is in use by another program. Stop it, or choose another port: COMPTOIR_SHOP_PORT=8901 npm start`);
}
const shopOrigin = `http://127.0.0.1:${shopPort}`;
const began = Date.now();
say('Looking for data; an empty database is filled with 90 days of a demo brand …');
const { seeded, account, siteKey } = await server.demo(
  `/seed?${new URLSearchParams({ shop: shopOrigin, now: String(Date.now()) })}`,
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
await server.runCron();

say(`
  Dashboard    ${server.origin}/s/${siteKey}
               e-mail ${account.email} · password ${account.password}
  Demo shop    ${shop.origin}/
  Demo kiosk   ${shop.origin}/kiosk/enrol
  Help         ${server.origin}/help

  The tag      <script defer src="${server.origin}/c.js" data-site="${siteKey}"></script>

Stop with Ctrl+C. Data stays in ${dataDir}.`);

const end = async () => {
  await shop.close();
  await server.stop();
  process.exit(0);
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
