/** The network an address belongs to, for limits: a household or an office, never one device, and only as a hash of the day. */
import { hashText } from '../store/hash.ts';

/** 24 bits of IPv4, 48 of IPv6, as text; an IPv6 address that maps an IPv4 one counts as that. Anything else is one network. */
export function prefixOf(ip: string): string {
  const mapped = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  if (!ip.includes(':')) return '';
  const [head = '', tail] = ip.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** The prefix as a number that means nothing without the day's salt. */
export const hashPrefix = (salt: string, site: number, ip: string): number => hashText('prefix', salt, site, prefixOf(ip));
