/** The lists of sources: nothing in them twice, nothing that could not be found, and look-ups that cost the same whatever is asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLICK_IDS } from '../../collector/acquisition/click-ids.ts';
import { HostTable } from '../../collector/acquisition/host-table.ts';
import { PAYMENT_HOSTS, passThroughOf, SIGN_IN_HOSTS } from '../../collector/acquisition/pass-through.ts';
import { SOURCE_TABLES, sourceNamed, sourceOfCampaign, sourceOfHost } from '../../collector/acquisition/sources.ts';

const entries = SOURCE_TABLES.flatMap(([kind, table]) =>
  Object.entries(table).flatMap(([name, words]) => words.split(' ').map((word) => ({ kind, name, word }))),
);
const twice = (texts: string[]) => texts.filter((one, i) => texts.indexOf(one) !== i);

test('no name and no word stands for two sources, and none is written in vain', () => {
  const names = SOURCE_TABLES.flatMap(([, table]) => Object.keys(table).map((name) => name.toLowerCase()));
  expect(twice(names)).toEqual([]);
  expect(twice(entries.map(({ word }) => word))).toEqual([]);
  expect(twice(`${PAYMENT_HOSTS} ${SIGN_IN_HOSTS}`.split(' '))).toEqual([]);
  // A name in lower case is understood by itself; as a word it is a host of that name, a repeat, or another source's.
  const repeats = entries.filter(
    ({ word, name }) => names.includes(word) && !(word.includes('.') && word === name.toLowerCase()),
  );
  expect(repeats).toEqual([]);
  for (const { word } of entries) expect(word).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9_-]+)*(\.\*)?$/);
});

test('every host, app and name leads to its own source', () => {
  for (const { kind, name, word } of entries) {
    const source = { name, kind };
    if (word.includes('.')) {
      const host = word.replace('.*', '.fr').toLowerCase();
      expect(sourceOfHost(host), host).toEqual(source);
      expect(passThroughOf(host), host).toBeNull();
    } else expect(sourceOfCampaign(word)).toEqual({ ...source, paid: false });
    expect(sourceOfCampaign(name.toUpperCase())).toEqual({ ...source, paid: false });
  }
});

test('every click id names a source we know, or is its own', () => {
  for (const { source, medium } of CLICK_IDS) if (medium !== 'affiliate') expect(sourceNamed(source)?.name).toBe(source);
});

test('the tag sends the name of every click id, and never its value', () => {
  const source = readFileSync(join(import.meta.dirname, '../../snippet/message.ts'), 'utf8');
  const pattern = /location\.search\.match\(\/(.+)\/g\)/.exec(source)?.[1];
  expect(pattern).toBeDefined();
  for (const { name } of CLICK_IDS)
    expect(`?a=1&${name}=canary&utm_source=x`.match(new RegExp(pattern ?? '', 'g'))).toEqual([`${name}=`, 'utm_source=x']);
});

test('a host finds its longest suffix and never a part of a label', () => {
  const label = fc.stringMatching(/^[a-z]{1,6}$/);
  const host = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
  fc.assert(
    fc.property(fc.array(host, { minLength: 1, maxLength: 8 }), host, (suffixes, asked) => {
      const best = suffixes
        .filter((suffix) => asked === suffix || asked.endsWith(`.${suffix}`))
        .sort((a, b) => b.length - a.length)[0];
      expect(new HostTable(suffixes.map((suffix) => [suffix, suffix] as const)).find(asked)).toBe(best);
    }),
  );
});

test('a host of a thousand labels costs no time', () => {
  const long = 'a.'.repeat(1_000);
  const began = performance.now();
  for (let i = 0; i < 20; i += 1) sourceOfHost(`${long}google.com`);
  expect(performance.now() - began).toBeLessThan(500);
});
