/** Untrusted bytes become a request of one of four kinds, or a refusal. Never throws. */
import * as v from 'valibot';
import {
  type Enrolment,
  enrolment,
  envelope,
  type Health,
  health,
  type Message,
  message,
  type Refusal,
  type SignedEnvelope,
  signedEnvelope,
  WIRE_LIMITS,
} from '../wire.ts';

export type ParsedEnvelope = Omit<v.InferOutput<typeof envelope>, 'messages'> & { messages: (Message | Refusal)[] };
export type Parsed =
  | { kind: 'hits'; envelope: ParsedEnvelope }
  | { kind: 'signed'; signed: SignedEnvelope }
  | { kind: 'enrolment'; enrolment: Enrolment }
  | { kind: 'health'; health: Health }
  | { kind: 'refused'; reason: Refusal };

/** Reads at most `WIRE_LIMITS.bodyBytes` of a body, whatever Content-Length says; null when there is more. */
export async function readBody(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > WIRE_LIMITS.bodyBytes) return null;
  if (!request.body) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > WIRE_LIMITS.bodyBytes) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** One message, or why it is not one. Refusals that help the sender are told apart from plain nonsense. */
export function readMessage(raw: unknown): Message | Refusal {
  const parsed = v.safeParse(message, raw);
  if (parsed.success) return parsed.output;
  const fields = new Set(parsed.issues.map((issue) => String(issue.path?.[0]?.key ?? '')));
  if (fields.has('url') || fields.has('referrer')) return 'bad_url';
  if (fields.has('activeMs') || fields.has('foregroundMs') || fields.has('lengthMs')) return 'bad_time';
  return 'bad_message';
}

/** Checks the text of an envelope; its messages one by one, so that a bad one spoils no other. */
export function parseEnvelope(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'refused', reason: 'malformed' };
  }
  if (typeof value !== 'object' || value === null) return { kind: 'refused', reason: 'malformed' };
  if ('signature' in value) {
    const signed = v.safeParse(signedEnvelope, value);
    return signed.success ? { kind: 'signed', signed: signed.output } : { kind: 'refused', reason: 'malformed' };
  }
  if ('health' in value) {
    const said = v.safeParse(health, value);
    return said.success ? { kind: 'health', health: said.output } : { kind: 'refused', reason: 'malformed' };
  }
  if ('enrol' in value || 'provision' in value) {
    const asked = v.safeParse(enrolment, value);
    return asked.success ? { kind: 'enrolment', enrolment: asked.output } : { kind: 'refused', reason: 'malformed' };
  }
  if ('messages' in value && Array.isArray(value.messages) && value.messages.length > WIRE_LIMITS.messages)
    return { kind: 'refused', reason: 'too_many' };
  const parsed = v.safeParse(envelope, value);
  if (!parsed.success) return { kind: 'refused', reason: 'malformed' };
  return { kind: 'hits', envelope: { ...parsed.output, messages: parsed.output.messages.map(readMessage) } };
}
