/** Tells an e-mail tool how a person stands: an announcement only says that it is time to look. */
import type { Attempt } from '../outlets/attempt.ts';
import type { Delivering } from '../outlets/delivering.ts';
import type { ConnectorKind, OutletSettings } from '../outlets/outlet.ts';
import { quote } from '../outlets/request.ts';
import { TEST_TYPE } from '../webhooks/announcement-types.ts';
import type { Message } from '../webhooks/message.ts';
import { brevo } from './brevo.ts';
import { callOf } from './call.ts';
import type { Call, Connector, Told } from './connector.ts';
import { isConsenting, keepRemote, readStanding } from './contacts.ts';
import { hubspot } from './hubspot.ts';
import { mailchimp } from './mailchimp.ts';

export const CONNECTORS: Record<ConnectorKind, Connector> = { brevo, mailchimp, hubspot };
export type ConnectorOutlet = { id: string; site: number; kind: ConnectorKind; settings: OutletSettings };

const failed = (outcome: 'no_secret' | 'broken', answer: string): Attempt => ({
  outcome,
  status: null,
  durationMs: 0,
  answer,
  retryAfterMs: null,
});

/** Keeps of what came of it only what a log may have. */
const logged = ({ outcome, status, durationMs, answer, retryAfterMs }: Told): Attempt => ({
  // Gone is a webhook's word: an e-mail tool that answers so has no such contact, list or method.
  outcome: outcome === 'gone' ? 'refused' : outcome,
  status,
  durationMs,
  answer: quote(answer),
  retryAfterMs,
});

/** Brings the person to how they stand, and looks again: a withdrawal meanwhile must not be overtaken by an older yes. */
async function settle(d: Delivering, outlet: ConnectorOutlet, call: Call, person: string): Promise<Told> {
  const connector = CONNECTORS[outlet.kind];
  const list = outlet.settings.list ?? '';
  const { known, contact } = await readStanding(d, outlet, person);
  // Without an address the person was erased here, and is to be erased there.
  if (known.address === null) {
    const told = await connector.forget(call, list, known);
    if (told.outcome === 'delivered') await keepRemote(d, outlet, person, null);
    return told;
  }
  if (!contact) return connector.unsubscribe(call, list, known);
  const told = await connector.subscribe(call, list, contact);
  if (told.remote !== undefined) await keepRemote(d, outlet, person, told.remote);
  if (told.outcome !== 'delivered' || (await isConsenting(d.people, outlet.site, person))) return told;
  return settle(d, outlet, call, person);
}

/** @param key the API key, or null when it could not be opened. */
export async function sendToConnector(
  outlet: ConnectorOutlet,
  key: string | null,
  message: Message,
  d: Delivering,
): Promise<Attempt> {
  const call = key === null ? null : callOf(CONNECTORS[outlet.kind], key, d, d.apiOrigin?.(outlet.kind));
  if (!call) return failed('no_secret', '');
  if (message.type === TEST_TYPE) return logged(await CONNECTORS[outlet.kind].check(call, outlet.settings.list ?? ''));
  const { person } = message.data;
  if (typeof person !== 'string') return failed('broken', 'no person');
  return logged(await settle(d, outlet, call, person));
}
