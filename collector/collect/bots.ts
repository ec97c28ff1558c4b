/** Recognises hits that no person made, from the headers and the network they come from. */
import { isbot } from 'isbot';
import type { Refusal } from '../wire.ts';
import { isDataCentreHit } from './data-centres.ts';

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
  if (agent === '' || isbot(agent.slice(0, 512))) return 'bot';
  return isDataCentreHit(headers, asn) ? 'data_centre' : null;
}
