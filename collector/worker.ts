/** Composition root: the only file that sees everything. */
import { Hono } from 'hono';
import { dashboardApp } from '../dashboard/app.tsx';
import { mailchimpHook } from './api/mailchimp-hook.ts';
import { apiRoute } from './api/route.ts';
import type { Collector } from './collect/collector.ts';
import type { Sender } from './collect/receive.ts';
import { takeReleased } from './collect/receive-kiosk.ts';
import { collectRoute } from './collect/route.ts';
import { isTagFile, serveTagFile } from './collect/tag-files.ts';
import { wordingRoute } from './collect/wording-route.ts';
import { forgetOldKeys, watchFleet } from './fleet/watch.ts';
import { sweepAllImports } from './import/imports.ts';
import { consume } from './ingest/consumer.ts';
import { replayParked } from './ingest/replay-parked.ts';
import { runSchedule } from './ingest/schedule.ts';
import { chooseMailer } from './notify/choose-mailer.ts';
import { deliver } from './notify/outlets/deliver.ts';
import { deliveringOf } from './notify/outlets/delivering-of.ts';
import { forgetAnnouncements } from './notify/outlets/delivery-log.ts';
import { sendMails } from './notify/send-mails.ts';
import { makeDigests } from './people/digest.ts';
import { workOffErasures } from './people/erase-work.ts';
import { expireOptIns } from './people/expire-opt-ins.ts';
import { forgetMails } from './people/forget-mails.ts';
import { forgetLinkTokens } from './people/link-tokens.ts';
import { forgetOldLinks, isLinkPurgeDue } from './people/links.ts';
import { forgetMyData } from './people/my-data.ts';
import { isReplayDue, REPLAY_MS, replayErasures } from './people/replay-erasures.ts';
import { isRotationDue, rotateKeys } from './people/rotate-keys.ts';
import { forgetQuotas } from './store/quotas.ts';
import { shardFor } from './store/shards.ts';
import { allSites, homesOf } from './store/sites.ts';

const MAILS_AT_ONCE = 20;
/** What the dead-letter queue parked for want of a good moment goes back to the queue, some of it every minute. */
const REPLAYS_AT_ONCE = 50;
/** Requests of a kiosk that somebody declared to be one. */
const RELEASED_AT_ONCE = 20;
/** Rows of each kind that are sealed anew in a run. */
const ROTATED_AT_ONCE = 2_000;
/** Days of an older ledger that are signed in a run. */
const DIGESTS_AT_ONCE = 10;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 100) : null);
const isLocal = (host: string) => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
/** Cron runs every minute; what reads a whole table does not. */
const isHourly = (at: number) => new Date(at).getUTCMinutes() === 0;
const canonicalOrigin = (env: Env) => `${isLocal(env.CANONICAL_HOST) ? 'http' : 'https'}://${env.CANONICAL_HOST}`;
/** Without a way to send, mails wait, sealed; the dashboard says what the configuration lacks. */
const mail = (env: Env) => async () => {
  const chosen = chooseMailer(env);
  if (!chosen) return 0;
  const sending = { ...chosen, people: env.PEOPLE, secrets: env, linkBase: canonicalOrigin(env) };
  return sendMails(sending, Date.now(), MAILS_AT_ONCE);
};

/** Tells the brand's programs what waits; whoever acted has their answer already, and cron tells what is left. */
const tell = (env: Env) =>
  deliver(deliveringOf(env)).catch((error: unknown) => {
    console.error('webhooks: not told', error instanceof Error ? error.name : 'unknown');
  });

/** The request's collector. The address is read here, used for one hash, and goes no further. */
function collectorOf(
  request: Request,
  env: Env,
  later: (work: Promise<unknown>) => void,
): { collector: Collector; sender: Sender } {
  const cf = request.cf;
  return {
    collector: {
      events: env.EVENTS,
      eventsOf: (site) => shardFor(env, site),
      people: env.PEOPLE,
      spillway: env.SPILLWAY,
      shedder: env.SHEDDER,
      secrets: env,
      dashboard: canonicalOrigin(env),
      countsHeadless: env.STAGE === 'demo',
      now: Date.now,
      random,
      sendMails: () => Promise.all([mail(env)(), tell(env)]),
      later,
    },
    sender: {
      headers: request.headers,
      ip: request.headers.get('cf-connecting-ip') ?? '',
      place: { country: text(cf?.country), region: text(cf?.region), city: text(cf?.city) },
      asn: typeof cf?.asn === 'number' ? cf.asn : null,
    },
  };
}

/** Without the secret nothing can be signed: an installation that was deployed before it had one goes on without. */
const signDigests = async (env: Env) => {
  if (!env.LEDGER_SECRET) return;
  for (const site of await allSites(env.PEOPLE)) await makeDigests(env, site, Date.now(), DIGESTS_AT_ONCE);
};

const watchKiosks = async (env: Env) => {
  for (const { id } of await allSites(env.PEOPLE)) await watchFleet(env.PEOPLE, id, Date.now());
  await forgetOldKeys(env.PEOPLE, Date.now());
};

const app = new Hono<{ Bindings: Env }>();
app.route('/', collectRoute<Env>(collectorOf));
app.route('/', wordingRoute<Env>(collectorOf));
app.get('*', async (c, next) => {
  const url = new URL(c.req.url);
  return isTagFile(url.pathname) ? serveTagFile(c.env.ASSETS, url) : next();
});
// Every other host is a brand's own: it serves the tag files, the wordings and POST /c, and nothing else.
app.use('*', async (c, next) => {
  if (new URL(c.req.url).host === c.env.CANONICAL_HOST) await next();
  else return c.text('Not found\n', 404);
});
// Confirmations, withdrawals, erasures, replays: what an act announced leaves right after it.
app.use('*', async (c, next) => {
  await next();
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && c.res.status < 400) c.executionCtx.waitUntil(tell(c.env));
});
app.route('/', mailchimpHook());
app.route('/', apiRoute({ collectorOf: (request, env, later) => collectorOf(request, env, later).collector }));
app.route('/', dashboardApp());

export default {
  fetch: app.fetch,
  async queue(batch, env) {
    await consume(batch, env.EVENTS, Date.now(), Math.random, async (sites) => {
      const homes = await homesOf(env.PEOPLE, sites);
      return (site) => shardFor(env, { events: homes.get(site) });
    });
  },
  async scheduled(controller, env, context) {
    // Beside the rest: a receiver that does not answer must not keep windows and mails waiting.
    context.waitUntil(tell(env));
    await runSchedule(
      env,
      [
        mail(env),
        () => expireOptIns(env.PEOPLE, Date.now()),
        async () => isHourly(controller.scheduledTime) && forgetMails(env.PEOPLE, Date.now()),
        () => forgetLinkTokens(env.PEOPLE, Date.now()),
        async () => isLinkPurgeDue(controller.scheduledTime) && forgetOldLinks(env.PEOPLE, Date.now()),
        () => forgetQuotas(env.EVENTS, Date.now()),
        () => watchKiosks(env),
        () => takeReleased(collectorOf(new Request('https://comptoir.invalid/'), env, () => {}).collector, RELEASED_AT_ONCE),
        async () => isHourly(controller.scheduledTime) && forgetMyData(env.PEOPLE, Date.now()),
        () => signDigests(env),
        async () => isRotationDue(env, controller.scheduledTime) && rotateKeys(env, ROTATED_AT_ONCE, random),
        () => workOffErasures(env, Date.now()),
        async () => isReplayDue(controller.scheduledTime) && replayErasures(env, Date.now() - REPLAY_MS, Date.now(), random),
        () => sweepAllImports(env, Date.now()),
        () => forgetAnnouncements(env.PEOPLE, Date.now()),
        () => replayParked(env.EVENTS, env.SPILLWAY, Date.now(), REPLAYS_AT_ONCE),
      ],
      controller.scheduledTime,
      random,
    );
  },
} satisfies ExportedHandler<Env, unknown>;
