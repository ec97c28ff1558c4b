/** A site's own rules: what may be typed, what can be done to the list, and what a rule does to an arrival. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCampaign } from '../../collector/acquisition/campaign.ts';
import { editRules, type RuleEdit } from '../../collector/acquisition/edit-rules.ts';
import { decideOrigin } from '../../collector/acquisition/origin.ts';
import { formOfRule, type RuleForm, readRule } from '../../collector/acquisition/read-rule.ts';
import { tryAddress } from '../../collector/acquisition/try-address.ts';
import { CHANNELS } from '../../collector/store/channel-names.ts';
import { RULE_LIMITS, readSiteRules, type SiteRule, versionOfRules } from '../../collector/store/site-rules.ts';

const HOSTS = ['shop.example'];
const form = (said: Partial<RuleForm>): RuleForm => ({
  referrer: '',
  source: '',
  medium: '',
  campaign: '',
  outcome: '',
  name: '',
  ...said,
});
const decide = (rules: SiteRule[], referrer: string | undefined, query = '') =>
  decideOrigin({
    referrer,
    campaign: readCampaign(new URL(`https://shop.example/${query}`)),
    hosts: HOSTS,
    pageHost: 'shop.example',
    rules,
    browser: 'Chrome',
  });

test.each<[Partial<RuleForm>, SiteRule]>([
  [
    { referrer: 'https://www.Partner.example/page?x=1', outcome: 'affiliate' },
    { referrer: 'partner.example', channel: 'affiliate' },
  ],
  [
    { referrer: 'android-app://com.brand.app/', name: 'Notre appli' },
    { referrer: 'com.brand.app', name: 'Notre appli' },
  ],
  [
    { referrer: 'café.example', outcome: 'referral' },
    { referrer: 'xn--caf-dma.example', channel: 'referral' },
  ],
  [
    { referrer: '*.partner.*', outcome: 'email' },
    { referrer: '*.partner.*', channel: 'email' },
  ],
  [
    { referrer: 'acs.bank.example', outcome: 'aside', name: 'lost' },
    { referrer: 'acs.bank.example', aside: true },
  ],
  [
    { source: ' mailing ', medium: 'x*', outcome: 'email' },
    { source: 'mailing', medium: 'x*', channel: 'email' },
  ],
  [
    { campaign: 'soldes-*', outcome: '(direct)' },
    { campaign: 'soldes-*', channel: '(direct)' },
  ],
])('%j is understood', (said, rule) => {
  const read = readRule(form(said), HOSTS);
  expect(read).toEqual({ ok: true, rule });
  // What is stored comes back as it was, and the form shows it again.
  expect(readSiteRules(JSON.stringify([rule]))).toEqual([rule]);
  expect(readRule(formOfRule(rule), HOSTS)).toEqual({ ok: true, rule });
});

test.each<[Partial<RuleForm>, string, string]>([
  [{ outcome: 'email' }, 'no_condition', 'referrer'],
  [{ source: 'x' }, 'no_effect', 'outcome'],
  [{ referrer: 'not a host', outcome: 'email' }, 'bad_referrer', 'referrer'],
  [{ referrer: 'a b*', outcome: 'email' }, 'bad_referrer', 'referrer'],
  [{ referrer: 'https://help.shop.example/', outcome: 'email' }, 'own_referrer', 'referrer'],
  [{ referrer: 'www.paypal.com', outcome: 'email' }, 'aside_already', 'referrer'],
  [{ source: 'x', outcome: 'aside' }, 'aside_needs_referrer', 'referrer'],
  [{ source: 'x', outcome: 'nonsense' }, 'unknown_channel', 'outcome'],
  [{ medium: 'x'.repeat(121), outcome: 'email' }, 'too_long', 'medium'],
  [{ source: 'x', name: 'x'.repeat(61) }, 'too_long', 'name'],
])('%j is refused as %s', (said, problem, field) => {
  expect(readRule(form(said), HOSTS)).toEqual({ ok: false, problem, field });
});

test('whatever is typed is a rule that can be stored, or a problem', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 150 }), fc.constantFrom('', '*', 'aside', 'email', 'a.example'));
  fc.assert(
    fc.property(fc.record({ referrer: text, source: text, medium: text, campaign: text, outcome: text, name: text }), (said) => {
      const read = readRule(said, HOSTS);
      if (read.ok) expect(readSiteRules(JSON.stringify([read.rule]))).toEqual([read.rule]);
    }),
    { numRuns: 500 },
  );
});

test.each([null, '', 'x', '{}', '[1]', '[{"channel":"nonsense"}]', '[{"source":""}]'])(
  'a column with %j holds no rules',
  (json) => {
    expect(readSiteRules(json)).toEqual([]);
  },
);

const rule = (source: string): SiteRule => ({ source, channel: 'email' });

test('edits move rules and lose none', () => {
  const edits = fc.array(
    fc.record({
      what: fc.constantFrom('add', 'replace', 'remove', 'up', 'down'),
      at: fc.integer({ min: -1, max: 6 }),
      source: fc.nat(20),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(edits, (list) => {
      let rules: SiteRule[] = [];
      for (const { what, at, source } of list) {
        const edit: RuleEdit =
          what === 'add'
            ? { do: 'add', rule: rule(`s${source}`) }
            : what === 'replace'
              ? { do: 'replace', at, rule: rule(`s${source}`) }
              : { do: what === 'remove' ? 'remove' : what === 'up' ? 'up' : 'down', at };
        const before = rules.map((one) => one.source);
        const after = editRules(rules, edit);
        if (typeof after === 'string') continue;
        rules = after;
        const sources = rules.map((one) => one.source);
        expect(new Set(sources).size).toBe(sources.length);
        if (what === 'up' || what === 'down') expect([...sources].sort()).toEqual([...before].sort());
        if (what === 'up' && at > 0) expect(sources.indexOf(before[at])).toBe(at - 1);
        if (what === 'down' && at < before.length - 1) expect(sources.indexOf(before[at])).toBe(at + 1);
        if (what === 'remove') expect(sources).toEqual(before.filter((_, i) => i !== at));
      }
    }),
  );
  const full = Array.from({ length: RULE_LIMITS.rules }, (_, i) => rule(`s${i}`));
  expect(editRules(full, { do: 'add', rule: rule('one more') })).toBe('too_many');
  expect(editRules(full, { do: 'add', rule: rule('S1') })).toBe('too_many');
  expect(editRules([rule('a')], { do: 'add', rule: rule('A') })).toBe('same');
  expect(editRules([rule('a')], { do: 'replace', at: 0, rule: { ...rule('A'), channel: 'sms' } })).toEqual([
    { source: 'A', channel: 'sms' },
  ]);
  expect(editRules([], { do: 'remove', at: 0 })).toBe('gone');
  expect(versionOfRules([rule('a')])).not.toBe(versionOfRules([rule('b')]));
});

test('own rules come before the built-in ones, in their order, and all of a rule must hold', () => {
  const rules: SiteRule[] = [
    { referrer: 'partner.example', medium: 'banner', channel: 'display' },
    { referrer: 'partner.example', channel: 'affiliate', name: 'Partenaire' },
    { source: 'google', campaign: 'marque-*', channel: 'paid_search', name: 'Google (marque)' },
    { source: 'instagram', channel: 'organic_social' },
    { medium: 'papier', channel: 'qr' },
  ];
  const is = (referrer: string | undefined, query = '') => {
    const { origin, ownRule } = decide(rules, referrer, query);
    return [origin?.source, origin?.channel, ownRule];
  };
  expect(is('https://go.partner.example/x')).toEqual(['Partenaire', 'affiliate', 1]);
  expect(is('https://partner.example/', '?utm_source=p&utm_medium=BANNER')).toEqual(['p', 'display', 0]);
  expect(is('https://notpartner.example/')).toEqual(['notpartner.example', 'referral', null]);
  expect(is(undefined, '?utm_source=google&utm_campaign=Marque-FR')).toEqual(['Google (marque)', 'paid_search', 2]);
  // A source is known by its name too.
  expect(is('https://l.instagram.com/', '?utm_medium=cpc')).toEqual(['Instagram', 'organic_social', 3]);
  expect(is(undefined, '?utm_source=ig')).toEqual(['Instagram', 'organic_social', 3]);
  expect(is(undefined, '?utm_source=x&utm_medium=papier')).toEqual(['X', 'qr', 4]);
  // Own hosts and payment pages never reach the rules.
  expect(decide([{ referrer: '*', channel: 'referral' }], 'https://shop.example/').origin).toBeNull();
  expect(decide([{ referrer: '*', channel: 'referral' }], 'https://www.paypal.com/').origin).toBeNull();
});

test('a name alone leaves the channel to the built-in rules, which know the name', () => {
  expect(decide([{ referrer: 'in.example', name: 'WhatsApp' }], 'https://in.example/').origin?.channel).toBe('organic_social');
  expect(decide([{ referrer: 'in.example', name: 'Intranet' }], 'https://in.example/').origin).toMatchObject({
    source: 'Intranet',
    channel: 'referral',
  });
});

test('a referrer put aside is nobody, and the campaign still counts', () => {
  const rules: SiteRule[] = [
    { referrer: '*.bank.example', aside: true },
    { source: 'letter', channel: 'email' },
  ];
  expect(decide(rules, 'https://acs.bank.example/')).toMatchObject({
    origin: null,
    aside: { host: 'acs.bank.example', why: 'own_rule', rule: 0 },
  });
  expect(decide(rules, 'https://acs.bank.example/', '?utm_source=letter')).toMatchObject({
    origin: { referrer: null, channel: 'email' },
    ownRule: 1,
  });
});

test('the tester says what the collector would do, or what it cannot read', () => {
  const site = { hosts: ['shop.example', '*.brand.example'], rules: [] };
  const ask = (address: string, referrer = '', engagement = true) => tryAddress({ address, referrer, engagement }, site);
  expect(ask('shop.example/?utm_source=google&utm_medium=cpc')).toMatchObject({
    ok: true,
    decision: { origin: { source: 'Google', channel: 'paid_search' } },
    unread: false,
  });
  expect(ask('shop.example/?gclid=1', '', false)).toMatchObject({ ok: true, decision: { origin: null }, unread: true });
  expect(ask('', 'www.google.fr')).toMatchObject({ ok: true, decision: { origin: { source: 'Google' } } });
  expect(ask('https://shop.example/#/a?utm_source=x')).toMatchObject({ decision: { origin: { source: 'X' } } });
  expect(ask('', 'semalt.com')).toMatchObject({ spam: true });
  expect(ask('', 'android-app://com.slack')).toMatchObject({ decision: { origin: { source: 'Slack' } } });
  expect(ask('https://elsewhere.example/')).toEqual({ ok: false, problem: 'wrong_host' });
  expect(ask('javascript:alert(1)')).toEqual({ ok: false, problem: 'bad_address' });
  expect(ask('http://')).toEqual({ ok: false, problem: 'bad_address' });
  expect(ask('', 'mailto:a')).toEqual({ ok: false, problem: 'bad_referrer' });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.boolean(), (address, referrer, engagement) => {
      const tried = tryAddress({ address, referrer, engagement }, site);
      if (tried.ok && tried.decision.origin) expect(CHANNELS).toContain(tried.decision.origin.channel);
    }),
  );
});
