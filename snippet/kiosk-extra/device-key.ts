/** The device's key: ECDSA P-256, made here, not extractable. The disk holds it as a handle that no script can read out. */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

export const toBase64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+/=]/g, (char) => (char === '+' ? '-' : char === '/' ? '_' : ''));

/** A new key, and its public half as SubjectPublicKeyInfo. */
export const makeDeviceKey = async (): Promise<{ key_: CryptoKey; publicKey_: string }> => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  return { key_: privateKey, publicKey_: toBase64Url(await crypto.subtle.exportKey('spki', publicKey)) };
};

/** ECDSA with SHA-256 over the text in UTF-8, as the 64 bytes `r ‖ s`. */
export const sign = async (key: CryptoKey, text: string): Promise<string> =>
  toBase64Url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new TextEncoder().encode(text)));
