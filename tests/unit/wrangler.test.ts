/** What a deployment would lose in silence: queues nobody reads. */
import { expect, test } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';

type Queues = {
  producers?: { queue: string }[];
  consumers?: { queue: string; max_retries?: number; dead_letter_queue?: string }[];
};
const { producers = [], consumers = [] }: Queues = readConfig({ config: 'wrangler.toml' }).queues;

test('every queue that is written to, and every dead-letter queue, has a consumer', () => {
  const read = consumers.map(({ queue }) => queue);
  const written = producers.map(({ queue }) => queue);
  const dead = consumers.flatMap((c) => (c.dead_letter_queue ? [c.dead_letter_queue] : []));
  expect(written.length).toBeGreaterThan(0);
  expect(dead.length).toBeGreaterThan(0);
  for (const queue of [...written, ...dead]) expect(read, `${queue} has no consumer: its messages vanish`).toContain(queue);
});

test('a consumer never drops: retries for days, then a dead-letter queue, or it is one itself', () => {
  const dead = new Set(consumers.map((c) => c.dead_letter_queue));
  for (const c of consumers) {
    expect(c.max_retries).toBe(100);
    if (!dead.has(c.queue)) expect(c.dead_letter_queue).toBeTruthy();
  }
});
