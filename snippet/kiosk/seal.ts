/**
 * Seals an address with the site's public key, so that only the collector can open it: the counterpart of
 * collector/people/sealed-opt-in.ts. Nobody who has this screen has the key.
 */
import { toBase64Url } from './base64url.ts';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));

/**
 * @param publicKey `kid.point`. @param site public key of the site. @param id of the message: it opens for no other.
 * @returns `kid.point.ciphertext`.
 */
export const seal = async (publicKey: string, site: string, id: string, address: string): Promise<string> => {
  const { subtle } = crypto;
  const [kid, point = ''] = publicKey.split('.');
  const theirs = await subtle.importKey('raw', fromBase64Url(point), CURVE, false, []);
  const mine = (await subtle.generateKey(CURVE, false, ['deriveBits'])) as CryptoKeyPair;
  const bits = await subtle.deriveBits({ name: 'ECDH', public: theirs }, mine.privateKey, 256);
  const key = await subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: utf8(''), info: utf8(`comptoir opt-in|${site}|${id}`) },
    await subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  // Padded: how long an address is, is nobody's business either. A key of its own for every message: the IV need not differ.
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, utf8(address.padEnd(64)));
  return [kid, toBase64Url(await subtle.exportKey('raw', mine.publicKey)), toBase64Url(sealed)].join('.');
};
