/** The key that signs digests and proofs: Ed25519, derived from a Worker secret. Node and workerd have it in WebCrypto. */
import { createHash, hkdfSync } from 'node:crypto';

/** RFC 8410 §7: what stands before 32 bytes of an Ed25519 private key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const encoder = new TextEncoder();
export type SigningKey = { publicKey: string; sign: (text: string) => Promise<string> };

const known = new Map<string, Promise<SigningKey>>();

async function derive(secret: string): Promise<SigningKey> {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'ledger-signing', 32));
  const key = await crypto.subtle.importKey('pkcs8', Buffer.concat([PKCS8, seed]), 'Ed25519', true, ['sign']);
  const jwk = await crypto.subtle.exportKey('jwk', key);
  if (jwk instanceof ArrayBuffer || !jwk.x) throw new Error('signing key: no public half');
  return {
    publicKey: jwk.x,
    sign: async (text) => Buffer.from(await crypto.subtle.sign('Ed25519', key, encoder.encode(text))).toString('base64url'),
  };
}

/** @returns the key; `publicKey` in base64url, as it stands in digests. */
export function signingKey(secret: string): Promise<SigningKey> {
  const found = known.get(secret);
  if (found) return found;
  const made = derive(secret);
  known.clear();
  known.set(secret, made);
  return made;
}

/** Whether a text was signed with the private half of a key; false for what is no key or no signature. */
export async function isSigned(publicKey: string, signature: string, text: string): Promise<boolean> {
  // Bits that a reader ignores could be altered unseen.
  if (![publicKey, signature].every((text) => Buffer.from(text, 'base64url').toString('base64url') === text)) return false;
  try {
    const key = await crypto.subtle.importKey('raw', Buffer.from(publicKey, 'base64url'), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, Buffer.from(signature, 'base64url'), encoder.encode(text));
  } catch {
    return false;
  }
}

/** A key as people compare it: `ab12 cd34 …`, 128 bits of its hash. */
export const fingerprint = (publicKey: string): string =>
  (createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 32).match(/.{4}/g) ?? []).join(' ');
