/**
 * The link behind "unsubscribe": names a person of a site, cannot be forged, and works after the person is gone, as long as the key that
 * made it is among the keys of the secret.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { keysOf } from './keys.ts';

const MAC_BYTES = 16;
const SHAPE = /^([0-9a-z]{1,11})\.([0-9a-f]{32})\.([\w-]{22})$/;

function macOf(secret: string, site: number, person: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'unsubscribe', 32));
  return createHmac('sha256', key).update(`${site}|${person}`).digest().subarray(0, MAC_BYTES).toString('base64url');
}

/** @param person the random id of the person, 32 hex digits: it says nothing of the address. */
export const makeWithdrawalToken = (secret: string, site: number, person: string): string =>
  `${site.toString(36)}.${person}.${macOf(keysOf(secret)[0].secret, site, person)}`;

/** Whom a link names, or null when we never made it. */
export function readWithdrawalToken(secret: string, token: string): { site: number; person: string } | null {
  const [, base36 = '', person = '', given = ''] = SHAPE.exec(token) ?? [];
  const site = Number.parseInt(base36, 36);
  if (!Number.isSafeInteger(site)) return null;
  // As texts: several texts decode to the same bytes, and one link is enough.
  const isOurs = (key: string) => {
    const [mac, wanted] = [Buffer.from(given), Buffer.from(macOf(key, site, person))];
    return mac.length === wanted.length && timingSafeEqual(mac, wanted);
  };
  return keysOf(secret).some((key) => isOurs(key.secret)) ? { site, person } : null;
}
