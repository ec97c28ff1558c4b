/** The addresses of a name, by DNS over HTTPS: Workers have no other (https://developers.cloudflare.com/workers/runtime-apis/nodejs/dns/). */
import { promises as dns } from 'node:dns';

/** IPv4 and IPv6 addresses of a name. @throws when it has neither, or nobody answers. */
export async function resolveHost(host: string): Promise<string[]> {
  const found = await Promise.allSettled([dns.resolve4(host), dns.resolve6(host)]);
  const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  if (addresses.length === 0) throw new Error('no address');
  return addresses;
}
