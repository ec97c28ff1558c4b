/** The opt-in of a person at the kiosk: sealed, and thanked when it is on the disk, whatever the network does. */
import type { Message } from '../../collector/wire.ts';
import { config } from '../config.ts';
import type { OptInForm } from '../contract.ts';
import { describe } from './about.ts';
import { announce } from './announce.ts';
import { codes } from './enrol-code.ts';
import { isMemory, readKept } from './kiosk-database.ts';
import { keep } from './kiosk-outbox.ts';
import { settings } from './kiosk-settings.ts';
import { takeChanges, visitor } from './kiosk-visit.ts';
import { deliver, flush } from './network.ts';
import { shown } from './screens.ts';
import { seal } from './seal.ts';

export type OptInAnswer = { ok: true } | { error: 'bad_address' | 'no_box' | 'not_enrolled' | 'storage' };

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
  const about = describe(shown, visitor());
  try {
    const key = codes.seal || (await readKept<{ seal?: string }>('device'))?.seal;
    // In clear it is never written: whoever takes the screen along could read it.
    if (!key) return { error: 'not_enrolled' };
    const sealed = await seal(key, config.site ?? '', about.id, address);
    const message: Message = { kind: 'opt-in', ...about, sealed, boxes, wording, language, ...(ticked && { ticked }) };
    await keep([message, ...takeChanges()], true);
    // A page that can keep nothing thanks nobody before the collector has it.
    if (isMemory() && !settings.test && !(await deliver(`m0${about.id}`))) return { error: 'storage' };
  } catch {
    return { error: 'storage' };
  }
  announce('optin', { ok: true });
  flush();
  return { ok: true };
};
