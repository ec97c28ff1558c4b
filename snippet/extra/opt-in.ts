/** An opt-in: stored before it is sent, sent until it is answered, and its answer told. */
import type { Answer } from '../../collector/wire.ts';
import type { Of, OptInForm } from '../contract.ts';
import { box, isRefused, make, shared } from './core.ts';
import { mirror, secure } from './durable.ts';
import { keep, PREFIX } from './kept.ts';
import { post } from './post.ts';

export type Outcome = { ok: true } | { error: string };

/** A refusal of the request or of its only message; an answer we cannot read was still an answer. */
const readOutcome = async (answer: Response): Promise<Outcome> => {
  try {
    const { reason, rej }: Answer = await answer.json();
    const error = reason ?? rej[0]?.[1];
    if (error) return { error };
  } catch {}
  return { ok: true };
};

/** Asking for e-mails works where nothing is measured, too; who has refused is not named. */
const describe = ({ email, boxes, wording, ticked, language }: OptInForm): Of<'opt-in'> | undefined => {
  const { path_: path } = shared;
  const refused = isRefused();
  shared.path_ = (kind) => path(kind) || location.pathname;
  const message = make('opt-in', { email, boxes, wording, ticked, language });
  shared.path_ = path;
  if (refused) {
    localStorage.comptoir = '0';
    delete message?.visitor;
  }
  return message;
};

export const optIn = async (form: OptInForm): Promise<Outcome> => {
  const message = describe(form);
  const key = PREFIX + message?.id;
  const json = JSON.stringify(message);
  // The core was about to send it; until it is answered it stays where the next page would find it.
  delete box[key];
  setTimeout(() => keep(key, json));
  // Not awaited: a person who leaves at once has at least the request.
  secure(key, json);
  for (let tries = 0; ; tries++) {
    try {
      const answer = await post(json);
      delete box[key];
      mirror();
      return readOutcome(answer);
    } catch {
      await new Promise((done) => setTimeout(done, 1e3 * 2 ** tries * (1 + Math.random())));
    }
  }
};
