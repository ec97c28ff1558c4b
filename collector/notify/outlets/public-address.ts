/** Whether an IP address is one of the public Internet: everything that is not listed as such is not. */

/**
 * IPv4 blocks that are not public, as [first address, prefix length].
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

function readV4(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The eight groups of an IPv6 address, spelled by the URL parser first so that there is one spelling to read. */
function readV6(text: string): number[] | null {
  if (!text.includes(':') || !URL.canParse(`http://[${text}]/`)) return null;
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  return [...before, ...Array<number>(tail === undefined ? 0 : 8 - before.length - after.length).fill(0), ...after];
}

const within = (address: number, first: string, bits: number): boolean =>
  Math.floor(address / 2 ** (32 - bits)) === Math.floor((readV4(first) ?? 0) / 2 ** (32 - bits));

/**
 * Of IPv6 only global unicast (2000::/3) is public, without the blocks in it that carry IPv4 (Teredo, 6to4) or are for books.
 *
 * @param text an address as DNS has it; anything else is not public.
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPublicAddress(text: string): boolean {
  const v4 = readV4(text);
  if (v4 !== null) return !SPECIAL_V4.some(([first, bits]) => within(v4, first, bits));
  const v6 = readV6(text);
  if (!v6) return false;
  const [first = 0, second = 0] = v6;
  if (first >> 13 !== 1) return false;
  if (first === 0x2002 || (first === 0x3fff && second < 0x1000)) return false;
  return !(first === 0x2001 && (second < 0x0200 || second === 0x0db8));
}
