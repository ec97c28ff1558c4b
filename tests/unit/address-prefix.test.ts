import { expect, test } from 'vitest';
import { prefixOf } from '../../collector/collect/address-prefix.ts';

test.each([
  ['203.0.113.7', '203.0.113'],
  ['::ffff:203.0.113.9', '203.0.113'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
  ['2001:0DB8:0001::1', '2001:db8:1'],
  ['2001:db8::1', '2001:db8:0'],
  ['::1', '0:0:0'],
  ['', ''],
  ['unknown', ''],
])('%s belongs to %s', (ip, prefix) => {
  expect(prefixOf(ip)).toBe(prefix);
});
