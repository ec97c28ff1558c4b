/** The opt-in of a person at the kiosk: thanked when it is on the disk, whatever the network does. */
import type { Message, OptInMessage } from '../../collector/wire.ts';
import type { OptInForm } from '../contract.ts';
import { describe } from './about.ts';
import { announce } from './announce.ts';
import { keep } from './kiosk-outbox.ts';
import { flush } from './kiosk-sender.ts';
import { takeChanges, visitor } from './kiosk-visit.ts';
import { shown } from './screens.ts';

export type OptInAnswer = { ok: true } | { error: 'bad_address' | 'no_box' | 'storage' };

/** The visit so far goes to the disk in the same transaction, so that no opt-in is left without its visit. */
export const optIn = async ({
  email,
  boxes,
  wording,
  ticked,
  language = document.documentElement.lang,
}: OptInForm): Promise<OptInAnswer> => {
  const address = email.trim();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) return { error: 'bad_address' };
  if (!Object.values(boxes).includes(true)) return { error: 'no_box' };
  const message: OptInMessage = {
    kind: 'opt-in',
    ...describe(shown, visitor()),
    email: address,
    boxes,
    wording,
    language,
    ...(ticked && { ticked }),
  };
  const messages: Message[] = [message, ...takeChanges()];
  try {
    await keep(messages, true);
  } catch {
    return { error: 'storage' };
  }
  announce('optin', { ok: true });
  flush();
  return { ok: true };
};
