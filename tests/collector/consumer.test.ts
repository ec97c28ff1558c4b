/** The queue's consumers: every message is committed, tried again or parked, by name; delivering it twice changes nothing. */
import { createExecutionContext, createMessageBatch, env, getQueueResult } from 'cloudflare:test';
import { beforeAll, expect, test } from 'vitest';
import { consume } from '../../collector/ingest/consumer.ts';
import { type Facts, noFacts } from '../../collector/store/facts.ts';
import type { Site } from '../../collector/store/sites.ts';
import { countOf, dump, envelope, knock } from './door.ts';
import { idAt, makeSite, seeded } from './fixture.ts';
import { failing } from './subscriber.ts';

const NOW = Date.parse('2026-10-20T12:00:00Z');
const random = seeded(12);
let site: Site;
beforeAll(async () => {
  site = await makeSite(NOW - 86_400_000);
});

/** What a request sent to the spillway while EVENTS failed as told; the real queue, with a note of what it was given. */
async function spill(messages: unknown[], failure: string, queue: { sent: unknown[]; fails?: boolean }) {
  const spillway = new Proxy(env.SPILLWAY, {
    get: (target, name) =>
      name === 'send'
        ? async (body: unknown, options?: QueueSendOptions) => {
            if (queue.fails) throw new Error('Queue send failed');
            queue.sent.push(structuredClone(body));
            return target.send(body, options);
          }
        : Reflect.get(target, name),
  });
  return knock(envelope(site, NOW, messages), { now: NOW, collector: { events: failing(env.EVENTS, failure), spillway } });
}
async function deliver(bodies: unknown[], events = env.EVENTS, queue = 'comptoir-spillway', attempts = 1) {
  const messages = bodies.map((body, i) => ({ id: `m${i}`, timestamp: new Date(NOW), attempts, body }));
  const batch = createMessageBatch(queue, messages);
  const delays: number[] = [];
  const noted = batch.messages.map((m) => ({
    ...{ id: m.id, timestamp: m.timestamp, body: m.body, attempts: m.attempts },
    ack: () => m.ack(),
    retry: (options?: QueueRetryOptions) => {
      delays.push(options?.delaySeconds ?? 0);
      m.retry(options);
    },
  }));
  await consume({ ...batch, queue, messages: noted }, events, NOW, () => 0.5);
  const result = await getQueueResult(batch, createExecutionContext());
  const again: string[] = result.retryMessages.map((m: { msgId: string }) => m.msgId);
  return { acked: [...result.explicitAcks].sort(), again, delays };
}
const view = () => ({
  kind: 'pageview',
  id: idAt(NOW - 1_000, random),
  url: `https://shop.example/${Math.floor(random() * 1e6)}`,
  mode: 'audience',
  visitor: idAt(NOW, random),
});
async function spilled(count: number): Promise<Facts[]> {
  const sent: unknown[] = [];
  for (let i = 0; i < count; i += 1)
    expect((await spill([view()], 'D1_ERROR: overloaded', { sent })).json).toEqual({ ok: 1, rej: [] });
  return sent.filter((body): body is Facts => typeof body === 'object' && body !== null && 'pageviews' in body);
}

test('a message that EVENTS does not take goes to the queue, and from there to the same rows', async () => {
  const messages = [view(), view(), { ...view(), url: 'https://evil.example/' }];
  const sent: unknown[] = [];
  const answered = await spill(messages, 'D1_ERROR: D1 DB is overloaded. Too many requests queued.', { sent });
  expect(answered).toMatchObject({ status: 202, mark: 'ok', json: { ok: 2, rej: [[2, 'wrong_host']] } });
  const before = await countOf(env.EVENTS, 'pageviews');
  expect(await deliver(sent)).toMatchObject({ acked: ['m0'], again: [] });
  expect(await countOf(env.EVENTS, 'pageviews')).toBe(before + 2);
  const after = await dump(env.EVENTS);
  await deliver([...sent, ...sent]);
  // The tag never saw the answer and sends again: a direct commit of what the queue brought.
  await knock(envelope(site, NOW, messages), { now: NOW, collector: {} });
  expect(await dump(env.EVENTS)).toBe(after);
});

test('when neither database nor queue takes it, the answer is 503 without our header, and nothing is stored', async () => {
  const before = await countOf(env.EVENTS, 'pageviews');
  const answered = await spill([view()], 'D1_ERROR: Network connection lost.', { sent: [], fails: true });
  expect(answered).toMatchObject({ status: 503, mark: null });
  expect(await countOf(env.EVENTS, 'pageviews')).toBe(before);
});

test('a poisoned message is parked with its reason and body; its neighbours are stored', async () => {
  const good = await spilled(6);
  const [row] = good[0]?.pageviews ?? [];
  const poison = { ...noFacts(), pageviews: [{ ...row, rand: 1, page: "'; DROP TABLE pageviews; --" }] };
  const before = await countOf(env.EVENTS, 'pageviews');
  const bodies = [good[0], poison, good[1], good[2], 'no facts at all', null, good[3], { pageviews: 1 }, good[4], good[5]];
  const result = await deliver(bodies);
  expect(result.acked).toEqual(bodies.map((_, i) => `m${i}`).sort());
  expect(await countOf(env.EVENTS, 'pageviews')).toBe(before + 6);
  const { results } = await env.EVENTS.prepare('SELECT id, at, reason, body FROM parked ORDER BY id').all<{
    id: string;
    reason: string;
    body: string;
  }>();
  expect(results.map((r) => r.id)).toEqual(['m1', 'm4', 'm5', 'm7']);
  expect(results[0]).toMatchObject({
    at: NOW,
    body: JSON.stringify(poison),
    reason: expect.stringContaining('cannot store TEXT'),
  });
  expect(results[1]).toMatchObject({ body: '"no facts at all"', reason: expect.stringContaining('not facts') });
  await env.EVENTS.prepare('DELETE FROM parked').run();
});

// https://developers.cloudflare.com/d1/observability/debug-d1/
test.each([
  'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
  'D1_ERROR: D1 DB is overloaded. Too many requests queued.',
  'D1_ERROR: Network connection lost.',
  'D1_ERROR: D1 DB reset because its code was updated.',
  'D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.',
  'D1_ERROR: Internal error in D1 DB storage caused object to be reset.',
  'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
  'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
])('%s: tried again later, with a growing delay, nothing lost', async (failure) => {
  const bodies = await spilled(3);
  const before = await countOf(env.EVENTS, 'pageviews');
  const first = await deliver(bodies, failing(env.EVENTS, failure));
  expect(first.acked).toEqual([]);
  expect(first.again).toEqual(['m0', 'm1', 'm2']);
  const later = await deliver(bodies, failing(env.EVENTS, failure), 'comptoir-spillway', 5);
  expect(Math.min(...later.delays)).toBeGreaterThan(Math.max(...first.delays));
  const last = await deliver(bodies, failing(env.EVENTS, failure), 'comptoir-spillway', 99);
  expect(Math.max(...last.delays)).toBeLessThanOrEqual(3_600);
  expect(await countOf(env.EVENTS, 'parked')).toBe(0);
  expect((await deliver(bodies)).acked).toHaveLength(3);
  expect(await countOf(env.EVENTS, 'pageviews')).toBe(before + 3);
});

test('a database that fails for good, and cannot park either, keeps the message in the queue', async () => {
  const broken = new Proxy(failing(env.EVENTS, 'D1_ERROR: no such table'), {
    get: (target, name) =>
      name === 'prepare'
        ? () => {
            throw new Error('D1_ERROR: Exceeded maximum DB size');
          }
        : Reflect.get(target, name),
  });
  const result = await deliver(await spilled(1), broken);
  expect([result.acked, result.again]).toEqual([[], ['m0']]);
});

test('dead letters are parked once, delivered twice or not', async () => {
  const bodies = await spilled(2);
  for (const _ of [1, 2]) expect((await deliver(bodies, env.EVENTS, 'comptoir-dead-letters')).acked).toEqual(['m0', 'm1']);
  const { results } = await env.EVENTS.prepare('SELECT id, reason, body FROM parked ORDER BY id').all();
  expect(results).toEqual(bodies.map((body, i) => ({ id: `m${i}`, reason: 'dead letter', body: JSON.stringify(body) })));
  const lost = await deliver(
    bodies,
    new Proxy(env.EVENTS, {
      get: () => () => {
        throw new Error('Network connection lost');
      },
    }),
    'comptoir-dead-letters',
  );
  expect(lost.again).toEqual(['m0', 'm1']);
});
