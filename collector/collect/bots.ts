/** Recognises hits that no person made, from the headers and the network they come from. */
import { isbot } from 'isbot';
import type { Refusal } from '../wire.ts';
import { isDataCentreHit } from './data-centres.ts';

const judged = new Map<string, boolean>();
const MAX_JUDGED = 2_000;

/** `isbot` of at most 512 characters; the text itself is kept nowhere but in this isolate's short memory. */
function isBotAgent(agent: string): boolean {
  const text = agent.slice(0, 512);
  const known = judged.get(text);
  if (known !== undefined) return known;
  const bot = isbot(text);
  if (judged.size >= MAX_JUDGED) judged.clear();
  judged.set(text, bot);
  return bot;
}

/**
 * @returns the reason to refuse the request, or null. Prefetch and prerender requests announce themselves with Sec-Purpose
 * (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Purpose); the tag waits for activation, so such a hit is not ours.
 *
 * @param asn the network's number, where the platform says it
 * @param countsHeadless true only in the demo on a laptop, where a driven browser plays the visitor.
 */
export function refuseBot(headers: Headers, asn: number | null, countsHeadless: boolean): Refusal | null {
  const purpose = headers.get('sec-purpose') ?? headers.get('purpose') ?? headers.get('x-moz') ?? '';
  if (/prefetch|prerender/i.test(purpose)) return 'prefetch';
  const sent = headers.get('user-agent') ?? '';
  const agent = countsHeadless ? sent.replace('HeadlessChrome', 'Chrome') : sent;
  if (agent === '' || isBotAgent(agent)) return 'bot';
  return isDataCentreHit(headers, asn) ? 'data_centre' : null;
}
