/** POST /events: hits that a server sends, by the tag's contract. */
import * as v from 'valibot';
import { receiveRelayed, relayedEnvelope } from '../../collect/receive-relayed.ts';
import { WIRE_LIMITS } from '../../wire.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint, jsonBody } from '../endpoint.ts';
import { problem } from '../problem.ts';

const RETRY_S = '30';

export const events = endpoint({
  method: 'post',
  path: '/events',
  name: 'sendEvents',
  summary: "Hits from a server: the tag's contract, for visitors who meet no tag",
  description:
    'Sending a message again changes nothing: its id is made once. A message needs a “visitor” of its own, or “sender” with the IP and user agent of the visitor. Without a user agent device, browser and system are not measured; without a country the place is not.',
  scope: 'write',
  changes: true,
  params: {},
  body: jsonBody(relayedEnvelope, WIRE_LIMITS.bodyBytes),
  answers: [
    {
      status: 202,
      type: 'application/json',
      description: 'Every message is stored, or named in “rej” with its position and the reason.',
      schema: v.object({ ok: v.number(), rej: v.array(v.tuple([v.number(), v.string()])) }),
    },
  ],
  problems: [[503, 'Neither database nor queue took it: send it again.']],
  handle: async ({ caller, body, collector }) => {
    const site = siteFor(caller, body.site, 'write');
    if (site instanceof Response) return site;
    try {
      const { status, answer: received } = await receiveRelayed(body, site, collector());
      return status === 202
        ? answer(received, 202)
        : problem(429, 'quota', "The site's messages of the day are used up.", {}, { 'retry-after': '3600' });
    } catch (error) {
      console.error('api: events not stored', error instanceof Error ? error.name : 'unknown');
      return problem(503, 'not_stored', 'Nothing was stored. Send it again.', {}, { 'retry-after': RETRY_S });
    }
  },
});
