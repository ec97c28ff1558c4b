/** What a receiver is told: an announcement as it leaves. */

export type Message = { id: string; type: string; at: number; data: Record<string, unknown>; siteKey: string };

/** The body: the same bytes in every attempt. */
export const bodyOf = ({ type, at, data, siteKey }: Omit<Message, 'id'>): string =>
  JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: { site: siteKey, ...data } });
