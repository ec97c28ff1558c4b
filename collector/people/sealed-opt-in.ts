/**
 * Opt-ins sealed on a kiosk: the address is encrypted there with the site's public key and opened here only, so that neither
 * staff nor whoever takes the screen along can read what waits in it. ECIES: ephemeral ECDH on P-256, HKDF-SHA-256, AES-256-GCM
 * (https://www.secg.org/sec1-v2.pdf §5.1), bound to site and message.
 */
import { createECDH, hkdfSync } from 'node:crypto';
import { keyOf, keysOf } from './keys.ts';

const CURVE = 'prime256v1';
const encoder = new TextEncoder();

/** The site's pair is a function of the secret: nothing to store, and nothing to lose but the secret itself. */
function pairOf(secret: string, siteKey: string) {
  const scalar = Buffer.from(hkdfSync('sha256', secret, '', `opt-in-sealing:${siteKey}`, 32));
  // Below the curve's order, whatever came out.
  scalar[0] = (scalar[0] ?? 0) & 0x7f;
  const pair = createECDH(CURVE);
  pair.setPrivateKey(scalar);
  return pair;
}

/** @returns `kid.point`, the uncompressed public point in base64url: public, and the same for every kiosk of the site. */
export function sealingKeyOf(secret: string, siteKey: string): string {
  const [current] = keysOf(secret);
  return `${current.id}.${pairOf(current.secret, siteKey).getPublicKey('base64url')}`;
}

/**
 * Opens what a kiosk sealed for this site and message.
 *
 * @param sealed `kid.point.ciphertext`, base64url (snippet/kiosk/seal.ts).
 * @returns the text without its padding, or null when it was altered, moved to another message, or sealed under another key.
 */
export async function openSealed(secret: string, siteKey: string, id: string, sealed: string): Promise<string | null> {
  const [kid, point = '', text = ''] = sealed.split('.');
  const own = kid === undefined ? null : keyOf(secret, kid);
  if (own === null) return null;
  try {
    const shared = pairOf(own, siteKey).computeSecret(Buffer.from(point, 'base64url'));
    const bits = hkdfSync('sha256', shared, '', `comptoir opt-in|${siteKey}|${id}`, 32);
    const key = await crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['decrypt']);
    const opened = await crypto.subtle.decrypt(
      // A key of its own for every message: the IV need not differ.
      { name: 'AES-GCM', iv: new Uint8Array(12) },
      key,
      Buffer.from(text, 'base64url'),
    );
    return new TextDecoder().decode(opened).trimEnd();
  } catch {
    return null;
  }
}

/** What the kiosk does, for whoever makes a sealed message outside a browser. */
export async function sealFor(publicKey: string, siteKey: string, id: string, address: string): Promise<string> {
  const [kid, point = ''] = publicKey.split('.');
  const mine = createECDH(CURVE);
  mine.generateKeys();
  const shared = mine.computeSecret(Buffer.from(point, 'base64url'));
  const bits = hkdfSync('sha256', shared, '', `comptoir opt-in|${siteKey}|${id}`, 32);
  const key = await crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: new Uint8Array(12) },
    key,
    encoder.encode(address.padEnd(64)),
  );
  return [kid, mine.getPublicKey('base64url'), Buffer.from(sealed).toString('base64url')].join('.');
}
