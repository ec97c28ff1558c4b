/** Visitor keys: what is stored instead of any id, address or IP. */
import { hashSecretly, hashText } from '../store/hash.ts';

/** Key of a web visitor with a first-party id. */
export function webVisitor(site: number, clientId: string): number {
  return hashText('web', site, clientId);
}

/** Key of one kiosk visit: the kiosk makes a new id for each person. */
export function kioskVisitor(site: number, kiosk: number, visitId: string): number {
  return hashText('kiosk', site, kiosk, visitId);
}

/** Key of a web visitor without storage, for one site-local day: gone with the day's salt. IP and user agent end here. */
export function visitorOfDay(salt: string, site: number, ip: string, userAgent: string): number {
  return hashSecretly(salt, 'day', site, ip, userAgent);
}
