/** The address of a receiver: checked when it is saved and again before every request, by the same function. */
import { isPublicAddress } from './public-address.ts';

export type TargetProblem =
  | 'no_url'
  | 'not_https'
  | 'credentials'
  | 'port'
  | 'address'
  | 'private_name'
  | 'own_host'
  | 'unresolved'
  | 'private_address';
export type TargetRules = {
  /** Only in the demo: receivers on this machine, at any port, without TLS. */
  allowsLocal: boolean;
  /** Our own host: an announcement must not come back as a request. */
  ownHost: string;
  /** The addresses of a name. @throws when it has none, or nobody answers. */
  resolve: (host: string) => Promise<string[]>;
};

const MAX_CHARS = 2_000;
const PORTS = new Set(['', '8443']);
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Names that never leave a network (RFC 6761, RFC 6762, RFC 8375, and what clouds and offices use). */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|invalid|test|example|onion)$/;
const IP_LITERAL = /^(?:\[|[\d.]+$)/;

/**
 * What an address says of itself, without asking anybody. The URL parser has made every spelling of an IPv4 address (decimal,
 * octal, hexadecimal, short) the common one, and names ASCII.
 */
export function readTarget(text: string, rules: Pick<TargetRules, 'allowsLocal' | 'ownHost'>): URL | TargetProblem {
  if (text.length > MAX_CHARS || !URL.canParse(text)) return 'no_url';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (rules.allowsLocal && LOCAL.has(url.hostname) && /^https?:$/.test(url.protocol)) return url;
  if (url.protocol !== 'https:') return 'not_https';
  if (!PORTS.has(url.port)) return 'port';
  // A public receiver has a name, and a certificate for it.
  if (IP_LITERAL.test(url.hostname)) return 'address';
  const name = url.hostname.replace(/\.$/, '');
  if (!name.includes('.') || PRIVATE_NAME.test(name)) return 'private_name';
  if (name === rules.ownHost.replace(/:\d+$/, '')) return 'own_host';
  return url;
}

/**
 * The address, when requests may go there: its name leads to public addresses only. A name may lead elsewhere a moment later, and
 * the runtime resolves it once more for the request itself: what remains between the two is in docs/help (`webhooks`).
 */
export async function checkTarget(text: string, rules: TargetRules): Promise<URL | TargetProblem> {
  const url = readTarget(text, rules);
  if (typeof url === 'string' || LOCAL.has(url.hostname)) return url;
  const addresses = await rules.resolve(url.hostname).catch(() => []);
  if (addresses.length === 0) return 'unresolved';
  return addresses.every(isPublicAddress) ? url : 'private_address';
}
