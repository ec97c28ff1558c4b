/** An opt-in: stored before it is sent, sent until it is answered, and its answer told. */
import type { Answer } from '../../collector/wire.ts';
import type { OptInForm } from '../commands.ts';
import { useCore } from './core.ts';
import { remove, secure } from './durable.ts';

export type Outcome = { ok: true } | { error: string };

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A refusal of the request or of its only message; an answer we cannot read was still an answer. */
const readOutcome = async (answer: Response): Promise<Outcome> => {
  try {
    const { reason, rej }: Answer = await answer.json();
    const error = reason ?? rej[0]?.[1];
    return error ? { error } : { ok: true };
  } catch {
    return { ok: true };
  }
};

export const optIn = async ({ email, boxes, wording, ticked, language }: OptInForm): Promise<Outcome> => {
  const { describe, post, store } = useCore();
  const message = { kind: 'opt-in' as const, ...describe(), email, boxes, wording, ticked, language };
  const key = `comptoir:2${message.id}`;
  const json = JSON.stringify(message);
  store(key, json);
  // Not awaited: a person who leaves at once has at least the request.
  secure(key, json);
  for (let tries = 0; ; tries++) {
    try {
      const answer = await post([json]);
      store(key, '');
      remove(key);
      return readOutcome(answer);
    } catch (wait) {
      await sleep((Number(wait) * 1e3 || 0) + Math.random() * Math.min(3e5, 1e3 * 2 ** tries));
    }
  }
};
