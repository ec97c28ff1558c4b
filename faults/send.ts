/** One request to POST /c, through the real route, with what goes wrong in it. */
import { collectRoute } from '../collector/collect/route.ts';
import { actorOf } from './actor.ts';
import { type Game, randomBytes, type Sent } from './game.ts';
import { copyOf, driftWithin, messageOf } from './message.ts';
import type { Act } from './scenario.ts';
import type { Databases } from './world.ts';

export const AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
export const IP = '203.0.113.7';

/** The queue's binding, as an actor sees it. */
export function spillway({ queue, tally }: Game, fails: () => boolean): Queue {
  const accepted = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  return {
    send: async (body: unknown) => {
      if (fails()) {
        tally.add('fault: queue fails');
        throw new Error('Queue send failed');
      }
      tally.add('by the queue');
      queue.send(body);
      return accepted;
    },
    sendBatch: () => Promise.reject(new Error('faults: not used')),
    metrics: () => Promise.reject(new Error('faults: not used')),
  };
}

export async function send(game: Game, act: Extract<Act, { do: 'send' }>, nowMs: number): Promise<void> {
  const { site, env, kiosk } = game.world;
  const { happenings, start } = game.scenario;
  const items = act.items.flatMap((item) => {
    const h = happenings[item.happening];
    return h ? [{ h, item }] : [];
  });
  const drift = driftWithin(
    act.drift,
    items.map(({ h }) => h),
    start,
  );
  const copies = items.map(({ h, item }) => copyOf(game, h, item, drift, nowMs));
  const sent: Sent = { copies, status: 0, ok: 0, rej: [], healthy: !act.slow };
  game.requests.push(sent);
  game.tally.add('messages', items.length);
  if (act.slow) game.tally.add('fault: D1 slow');
  const actor = actorOf(game, act, nowMs, sent);
  const waiting: Promise<unknown>[] = [];
  // A slow database: the deadline passes, the message goes to the queue, and then the commit goes through after all.
  let reached = () => {};
  const spilled = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const route = collectRoute<Databases>((request) => ({
    collector: {
      events: actor.events(act.slow ? () => spilled : undefined),
      people: actor.people,
      spillway: spillway(game, () => {
        reached();
        return act.queueFails || actor.isDead();
      }),
      secrets: env,
      countsHeadless: false,
      ...(act.slow ? { deadlineMs: 0 } : {}),
      now: () => nowMs,
      random: randomBytes(game),
      sendMails: async () => {},
      later: (work) => waiting.push(work.catch(() => {})),
    },
    sender: { headers: request.headers, ip: IP, place: { country: 'FR', region: null, city: null } },
  }));
  const envelope = JSON.stringify({
    ...{ v: 1, site: site.key, sentAt: nowMs + act.skew + drift, tag: 'faults' },
    messages: items.map(({ h, item }) => messageOf(h, item)),
  });
  const body = items[0]?.h.kiosk ? await kiosk.sign(envelope) : envelope;
  const headers = { 'user-agent': AGENT, 'accept-language': 'fr' };
  const response = await route.fetch(new Request('https://in.example/c', { method: 'POST', headers, body }), env);
  const answer: { ok?: number; rej?: [number, string][] } = await response.json();
  if (act.slow) reached();
  await actor.idle();
  await Promise.all(waiting);
  // Whoever died has told nobody.
  sent.status = actor.isDead() ? 0 : response.status;
  sent.ok = answer.ok ?? 0;
  sent.rej = answer.rej ?? [];
  sent.healthy &&= actor.failed() === 0;
  if (response.status !== 202 && sent.healthy) throw new Error(`a healthy collector answered ${response.status}`);
}
