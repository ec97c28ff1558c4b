/** Addresses of receivers: nothing that is not public is ever asked, however it is spelled, at save and at send. */
import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublicAddress } from '../../collector/notify/outlets/public-address.ts';
import { checkTarget, readTarget, type TargetRules } from '../../collector/notify/outlets/target.ts';

const rules = (addresses: string[] = ['93.184.215.14']): TargetRules => ({
  allowsLocal: false,
  ownHost: 'comptoir.brand.com',
  resolve: async () => addresses,
});
const PRIVATE = ['127.0.0.1', '10.1.2.3', '172.16.0.9', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'];

/** Ways in which curl, browsers and resolvers have read an IPv4 address. */
function spellings(ip: string): string[] {
  const parts = ip.split('.').map(Number);
  const whole = parts.reduce((sum, part) => sum * 256 + part, 0);
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const hex = (n: number) => `0x${n.toString(16)}`;
  const octal = (n: number) => `0${n.toString(8)}`;
  return [
    ip,
    `${ip}.`,
    String(whole),
    hex(whole),
    octal(whole),
    parts.map(hex).join('.'),
    parts.map(octal).join('.'),
    `${a}.${b * 65_536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `[::ffff:${ip}]`,
    `[::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}]`,
    `[64:ff9b::${ip}]`,
    encodeURIComponent(ip).replaceAll('.', '%2e'),
    ip.replaceAll('.', '。'),
  ];
}

test('no address of a network, in any spelling, is taken', async () => {
  for (const host of PRIVATE.flatMap(spellings))
    for (const url of [`https://${host}/`, `https://${host}:8443/x`, `https://user@${host}/`, `http://${host}/`])
      expect(await checkTarget(url, rules()), url).toBeTypeOf('string');
});

test.each([
  ['http://hooks.brand.com/', 'not_https'],
  ['ftp://hooks.brand.com/', 'not_https'],
  ['javascript:alert(1)', 'not_https'],
  ['file:///etc/passwd', 'not_https'],
  ['hooks.brand.com', 'no_url'],
  ['', 'no_url'],
  [`https://hooks.brand.com/${'a'.repeat(2_100)}`, 'no_url'],
  ['https://user:secret@hooks.brand.com/', 'credentials'],
  ['https://hooks.brand.com@127.0.0.1/', 'credentials'],
  ['https://hooks.brand.com:22/', 'port'],
  ['https://hooks.brand.com:80/', 'port'],
  ['https://8.8.8.8/', 'address'],
  ['https://[2606:4700::1111]/', 'address'],
  ['https://[::1]/', 'address'],
  ['https://[fd00::1]/', 'address'],
  ['https://localhost/', 'private_name'],
  ['https://localhost./', 'private_name'],
  ['https://intranet/', 'private_name'],
  ['https://metadata.google.internal/', 'private_name'],
  ['https://printer.local/', 'private_name'],
  ['https://router.home.arpa/', 'private_name'],
  ['https://comptoir.brand.com/c', 'own_host'],
  ['https://COMPTOIR.brand.com./c', 'own_host'],
])('%s is refused: %s', async (url, why) => {
  expect(await checkTarget(url, rules())).toBe(why);
});

test('a public name is taken, also on 8443 and with letters of its own', async () => {
  for (const url of ['https://hooks.brand.com/a?b=c', 'https://hooks.brand.com:8443/', 'https://exemple-été.fr/'])
    expect(String(await checkTarget(url, rules()))).toMatch(/^https:/);
});

test('a name that leads into a network is refused, also when only one of its addresses does', async () => {
  for (const ip of [
    ...PRIVATE,
    '::1',
    'fe80::1',
    'fc00::1',
    '::ffff:10.0.0.1',
    '2002:a00:1::',
    '64:ff9b::a00:1',
    '2001::1',
    'nonsense',
  ])
    expect(await checkTarget('https://127.0.0.1.nip.io/', rules(['93.184.215.14', ip])), ip).toBe('private_address');
  expect(await checkTarget('https://hooks.brand.com/', rules([]))).toBe('unresolved');
  const silent: TargetRules = { ...rules(), resolve: () => Promise.reject(new Error('SERVFAIL')) };
  expect(await checkTarget('https://hooks.brand.com/', silent)).toBe('unresolved');
});

test('only the demo may tell a program on its own machine, and nothing else of its network', () => {
  const demo = { allowsLocal: true, ownHost: 'localhost:8787' };
  for (const url of ['http://localhost:3000/hook', 'http://127.0.0.1:9/', 'https://[::1]:1/'])
    expect(readTarget(url, demo)).toBeInstanceOf(URL);
  for (const url of ['http://10.0.0.1/', 'http://169.254.169.254/', 'http://hooks.brand.com/', 'http://a@localhost/'])
    expect(readTarget(url, demo), url).toBeTypeOf('string');
});

/** Node's own reading of the same registry. */
const special = new BlockList();
for (const [net, bits] of [
  ...[
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
  ],
  ...[
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ],
  ...[
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
] as [string, number][])
  special.addSubnet(net, bits, 'ipv4');
const publicV6 = new BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');
const specialV6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as [string, number][])
  specialV6.addSubnet(net, bits, 'ipv6');

test('addresses are judged as Node judges them by the same lists', () => {
  const nearEdges = fc.constantFrom(9, 10, 11, 100, 126, 127, 128, 169, 172, 192, 198, 203, 223, 224, 239, 240, 255, 0);
  const v4 = fc.tuple(fc.oneof(nearEdges, fc.nat(255)), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(v4, (ip) => isPublicAddress(ip) === !special.check(ip, 'ipv4')),
    { numRuns: 2_000 },
  );
  const first = fc.constantFrom(0x2001, 0x2000, 0x2002, 0x3fff, 0x1fff, 0x4000, 0xfe80, 0xfd00, 0, 0x2606, 0x64);
  const second = fc.constantFrom(0, 0xdb8, 0x1ff, 0x200, 0x0fff, 0x1000, 0xff9b);
  const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
  const v6 = fc
    .tuple(fc.oneof(first, fc.nat(0xffff)), fc.oneof(second, fc.nat(0xffff)), group, group, group, group, group, group)
    .map((groups) => groups.map((n) => n.toString(16)).join(':'));
  const isPublic = (ip: string) => publicV6.check(ip, 'ipv6') && !specialV6.check(ip, 'ipv6');
  fc.assert(
    fc.property(v6, (ip) => isPublicAddress(ip) === isPublic(ip)),
    { numRuns: 2_000 },
  );
});
