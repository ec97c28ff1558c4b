/** Requests to the API of an e-mail tool, with its key. */
import { type Requests, request } from '../outlets/request.ts';
import type { Call, Connector } from './connector.ts';

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * @param origin another origin than the provider's: in tests.
 * @returns null for a key that cannot be one of this tool's.
 */
export function callOf(connector: Connector, key: string, requests: Requests, origin?: string): Call | null {
  const own = connector.origin(key);
  if (own === null) return null;
  return async (method, path, body) => {
    const headers = { accept: 'application/json', 'user-agent': 'Comptoir/1', ...connector.headers(key) };
    const init =
      body === undefined
        ? { method, headers }
        : { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const { text, ...attempt } = await request(new URL(path, origin ?? own), init, requests);
    return { ...attempt, json: readJson(text) };
  };
}
