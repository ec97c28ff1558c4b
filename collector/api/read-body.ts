/** Reads the bytes of a request: of a type we take, and never more than allowed, whatever Content-Length says. */
import { problem } from './problem.ts';

/** @returns the bytes, or the problem document that refuses them. */
export async function readBody(
  request: Request,
  { types, maxBytes }: { types: readonly string[]; maxBytes: number },
): Promise<Uint8Array | Response> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== '' && !types.includes(type))
    return problem(415, 'unsupported_type', `Send ${types[0]}, not ${type.slice(0, 80)}.`, { field: 'content-type' });
  const tooLarge = () =>
    problem(413, 'too_large', `The body is larger than ${Math.floor(maxBytes / 1024)} KB.`, { field: 'body' });
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return tooLarge();
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      return tooLarge();
    }
    parts.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
