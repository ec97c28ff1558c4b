/** The device's key: ECDSA P-256, made here, not extractable. The disk holds it as a handle that no script can read out. */
import { toBase64Url } from '../kiosk/base64url.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

/** A new key, and its public half as SubjectPublicKeyInfo. */
export const makeDeviceKey = async (): Promise<{ key: CryptoKey; publicKey: string }> => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  return { key: privateKey, publicKey: toBase64Url(await crypto.subtle.exportKey('spki', publicKey)) };
};

/** ECDSA with SHA-256 over the text in UTF-8, as the 64 bytes `r ‖ s`. */
export const sign = async (key: CryptoKey, text: string): Promise<string> =>
  toBase64Url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new TextEncoder().encode(text)));
