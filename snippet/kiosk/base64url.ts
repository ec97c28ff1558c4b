/** Bytes as base64url without padding (RFC 4648 §5). */
export const toBase64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+/=]/g, (char) => (char === '+' ? '-' : char === '/' ? '_' : ''));
