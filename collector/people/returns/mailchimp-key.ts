/** The key in the address that Mailchimp calls: it sends no header and signs nothing, so a secret in the address is all there is. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { oldestKey } from '../keys.ts';

/** Made of the connector's id and our secret, so that nothing has to be stored; another connector is another key. */
export function mailchimpKey(indexSecret: string, outlet: string): string {
  const key = Buffer.from(hkdfSync('sha256', oldestKey(indexSecret), '', 'mailchimp-hook', 32));
  return createHmac('sha256', key).update(outlet).digest('base64url');
}

export function isMailchimpKey(indexSecret: string, outlet: string, given: string): boolean {
  const [wanted, got] = [mailchimpKey(indexSecret, outlet), given].map((text) => Buffer.from(text));
  return wanted !== undefined && got !== undefined && wanted.length === got.length && timingSafeEqual(wanted, got);
}
