/** A body, signed with the device's key and numbered, as one request. */
import type { SignedEnvelope } from '../../collector/wire.ts';
import { sign } from './device-key.ts';
import type { Identity } from './identity.ts';
import { kit } from './kit.ts';
import { type Posted, post } from './post.ts';

/** Strictly increasing, over restarts and power cuts too: raised on the disk before it is used. */
const nextSequence = (): Promise<number> =>
  kit.transact(
    'readwrite',
    (store) => {
      const request = store.get('sequence');
      let next = 1;
      request.onsuccess = () => {
        next = (Number(request.result) || 0) + 1;
        store.put(next, 'sequence');
      };
      return () => next;
    },
    true,
  );

export const postSigned = async ({ device, key }: Identity, body: string): Promise<Posted> => {
  const sequence = await nextSequence();
  const signature = await sign(key, `${device}.${sequence}.${body}`);
  const signed: SignedEnvelope = { v: 1, device, sequence, signature, body };
  return post(JSON.stringify(signed));
};
