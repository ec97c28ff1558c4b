/** Links against an independent model: random log-ins, log-outs, opt-ins, mailed links and withdrawals on shared browsers, delivered in any order. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { readAttached } from '../../collector/people/attached-facts.ts';
import { confirmOptIn } from '../../collector/people/confirmation.ts';
import { identifySecret, signIdentity } from '../../collector/people/identify.ts';
import { makeLinkTokens } from '../../collector/people/link-tokens.ts';
import { spansOfPerson } from '../../collector/people/links.ts';
import { sha256 } from '../../collector/people/sha256.ts';
import { withdrawOptIn } from '../../collector/people/withdraw.ts';
import type { Site } from '../../collector/store/sites.ts';
import { envelope, knock } from './door.ts';
import { idAt, makeSite, randomBytes, seeded, WORDING } from './fixture.ts';
import { type Act, ownerAt, pagesOf, type View } from './links-model.ts';
import { DAY, one } from './subscriber.ts';

const START = Date.parse('2026-10-20T08:00:00Z');
const MINUTE = 60_000;
type Browser = { visitor: string; engaged: boolean };
type OptIn = {
  id: string;
  visitor: string;
  at: number;
  link: boolean;
  address: number;
  person: string;
  linkEnded: boolean;
  state: string;
};
type Message = Record<string, unknown> & { kind: string; id: string; visitor: string };

/** One life of a site with two browsers, three customers and two addresses. */
class Life {
  readonly acts: Act[] = [];
  readonly views: View[] = [];
  readonly visitors = new Set<string>();
  readonly persons = new Map<string, string>();
  private readonly optIns: OptIn[] = [];
  private readonly alive = new Map<string, { person: string; visitors: Set<string> }>();
  private readonly waiting: Message[] = [];
  private readonly browsers: Browser[];
  now = START;
  private hashes = 0;
  constructor(
    readonly site: Site,
    private readonly random: () => number,
    private readonly seed: number,
  ) {
    this.browsers = [0, 1].map(() => ({ visitor: idAt(START, random), engaged: random() < 0.4 }));
  }
  private pick = <T>(list: readonly T[]): T => list[Math.floor(this.random() * list.length)] as T;

  private message(kind: string, { visitor, engaged }: Browser, more: Record<string, unknown>): Message {
    const mode = engaged ? 'engagement' : 'audience';
    return { kind, id: idAt(this.now, this.random), url: 'https://shop.example/a', mode, visitor, ...more };
  }

  /** Something happens on a browser. */
  private async happen(): Promise<Message | null> {
    const browser = this.pick(this.browsers);
    const dice = this.random();
    if (dice < 0.32) return this.message('pageview', browser, {});
    if (dice < 0.47) browser.engaged = !browser.engaged;
    else if (dice < 0.54) browser.visitor = idAt(this.now, this.random);
    else if (dice < 0.69) {
      const user = this.pick(['ann', 'bob', 'cy']);
      const exp = Math.floor(this.now / 1000) + 3_600;
      const secret = identifySecret(env.INDEX_SECRET, this.site.key);
      const proof = this.random() < 0.5 ? { exp, signature: signIdentity(secret, this.site.key, user, exp) } : {};
      return this.message('identify', browser, { user, ...proof });
    } else if (dice < 0.85) {
      const email = `p${this.pick([0, 1])}-${this.seed}@example.com`;
      return this.message('opt-in', browser, { email, boxes: { news: true, link: this.random() < 0.7 }, wording: WORDING.id });
    } else {
      const standing = this.optIns.filter(({ state }) => state === 'confirmed');
      if (standing.length === 0) return this.message('link', browser, { token: 'invented' });
      const { person } = this.pick(standing);
      const wish = [{ id: person, of: 'person' as const }];
      const [made] = await makeLinkTokens(env.PEOPLE, this.site.id, wish, this.now, randomBytes(this.random));
      if (!made || 'error' in made) throw new Error('no token for a confirmed opt-in');
      this.alive.set(made.token, { person, visitors: new Set() });
      return this.message('link', browser, { token: made.token });
    }
    return null;
  }

  /** The collector hears of it: now, later, or again. */
  private async deliver(m: Message): Promise<void> {
    const at = Number.parseInt(m.id.slice(0, 12), 16);
    const ip = `198.51.${Math.floor(this.random() * 250)}.${Math.floor(this.random() * 250)}`;
    const again = this.views.some((v) => v.visitor === m.visitor && v.at === at);
    const { json } = await knock(envelope(this.site, this.now, [m]), { now: this.now, collector: {}, ip });
    const token = this.alive.get(String(m.token));
    const isTaken =
      m.kind === 'link'
        ? m.mode === 'engagement' && token !== undefined && (token.visitors.has(m.visitor) || token.visitors.size < 5)
        : m.kind !== 'identify' || (m.mode === 'engagement' && (m.exp === undefined || Number(m.exp) * 1000 >= this.now));
    expect([m.kind, m.mode, json.ok], JSON.stringify(json.rej)).toEqual([m.kind, m.mode, isTaken ? 1 : 0]);
    if (!isTaken || again) return;
    this.visitors.add(m.visitor);
    this.views.push({ visitor: m.visitor, at, engaged: m.mode === 'engagement', page: m.kind === 'pageview' });
    const act = { visitor: m.visitor, at, id: m.id, dead: null };
    if (m.kind === 'identify') {
      const row = await one('SELECT person FROM links WHERE site = ?1 AND id = ?2', this.site.id, m.id);
      this.acts.push({
        ...act,
        strong: true,
        person: this.same(`${m.signature ? 's' : 'u'} ${m.user}`, String(row?.person)),
        identify: true,
      });
    } else if (m.kind === 'link' && token) {
      token.visitors.add(m.visitor);
      const agreed = this.optIns.some((o) => o.person === token.person && o.state === 'confirmed' && o.link && !o.linkEnded);
      if (agreed) this.acts.push({ ...act, strong: false, person: token.person, identify: false });
    } else if (m.kind === 'opt-in') {
      const row = await one('SELECT person, state FROM opt_ins WHERE id = ?1', m.id);
      const { link } = m.boxes as { link: boolean };
      const address = Number(String(m.email).charAt(1));
      const optIn = { id: m.id, visitor: m.visitor, at, link, address, person: String(row?.person), linkEnded: false };
      this.optIns.push({ ...optIn, state: String(row?.state) });
    }
  }

  /** One name is one person, and no two names are. */
  private same(name: string, person: string): string {
    expect(this.persons.get(name) ?? person).toBe(person);
    this.persons.set(name, person);
    return person;
  }

  private async confirm(): Promise<void> {
    const waiting = this.optIns.filter(({ state }) => state === 'pending');
    if (waiting.length === 0) return;
    const optIn = this.pick(waiting);
    this.hashes += 1;
    const token = `links ${this.seed} ${this.hashes}`;
    await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1').bind(optIn.id, sha256(token)).run();
    for (let i = 0; i < 2; i += 1) expect(await confirmOptIn(env, token, this.now)).toBe('confirmed');
    optIn.state = 'confirmed';
    this.persons.set(`a ${optIn.person}`, optIn.person);
    const { visitor, at, id, person, link, linkEnded } = optIn;
    if (link && !linkEnded) this.acts.push({ visitor, at, id, strong: true, person, dead: null, identify: false });
  }

  private async withdraw(): Promise<void> {
    if (this.optIns.length === 0) return;
    const { person } = this.pick(this.optIns);
    const purpose = this.random() < 0.6 ? 'link' : 'news';
    const standing = this.optIns.filter(
      (o) =>
        o.person === person && ['pending', 'confirmed'].includes(o.state) && (purpose === 'news' || (o.link && !o.linkEnded)),
    );
    const done = await withdrawOptIn(env.PEOPLE, { site: this.site.id, person, purpose }, { at: this.now, method: 'page' });
    expect(done).toBe(standing.length);
    if (standing.length === 0) return;
    for (const optIn of standing) Object.assign(optIn, purpose === 'news' ? { state: 'withdrawn' } : { linkEnded: true });
    for (const act of this.acts) if (act.person === person && !act.identify) act.dead ??= this.now;
    for (const [token, { person: of }] of this.alive) if (of === person) this.alive.delete(token);
  }

  async live(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) {
      this.now += MINUTE + Math.floor(this.random() * 20 * MINUTE);
      const dice = this.random();
      if (dice < 0.15) await this.confirm();
      else if (dice < 0.21) await this.withdraw();
      else {
        const message = await this.happen();
        if (message) this.waiting.push(message);
      }
      while (this.waiting.length > 0 && this.random() < 0.7) {
        const [message] = this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1);
        if (!message) break;
        await this.deliver(message);
        if (this.random() < 0.2) await this.deliver(message);
      }
    }
    this.now += MINUTE;
    for (const message of this.waiting.splice(0)) await this.deliver(message);
  }
}

async function check(life: Life): Promise<void> {
  const { acts, views, site } = life;
  const stored = await env.EVENTS.prepare(
    `SELECT count(DISTINCT visitor) AS n FROM (SELECT site, visitor FROM pageviews UNION ALL SELECT site, visitor FROM opt_ins
       UNION ALL SELECT site, visitor FROM identifications) WHERE site = ?1`,
  )
    .bind(site.id)
    .first<{ n: number }>();
  expect(stored?.n, 'no act makes a second visitor').toBe(life.visitors.size);
  const persons = [...new Set([...life.persons.values(), ...acts.map(({ person }) => person)])];
  const keys = new Map<string, number>();
  for (const act of acts) {
    const row = await one('SELECT visitor FROM links WHERE site = ?1 AND id = ?2', site.id, act.id);
    keys.set(act.visitor, Number(row?.visitor));
  }
  const spans = new Map<string, Awaited<ReturnType<typeof spansOfPerson>>>();
  for (const person of persons) spans.set(person, await spansOfPerson(env.PEOPLE, site.id, person));
  const probes = [...new Set([...acts.flatMap(({ at, dead }) => [at - 1, at, at + 1, dead ?? at]), life.now])];
  for (const [visitor, key] of keys)
    for (const at of probes) {
      const there = persons.filter((p) =>
        spans.get(p)?.some((s) => s.visitor === key && s.from <= at && (s.until === null || at < s.until)),
      );
      const owner = ownerAt(acts, visitor, at);
      expect(there, `who ${visitor} is at ${at}`).toEqual(owner === null ? [] : [owner]);
    }
  for (const person of persons) {
    const { facts, earlier } = await readAttached(env.EVENTS, site, spans.get(person) ?? [], life.now + 1);
    const pages = facts.filter(({ what }) => what === 'pageview').map(({ at }) => at);
    expect([pages.sort((a, b) => a - b), earlier], `pages of ${person}`).toEqual([pagesOf(acts, views, person), null]);
  }
}

const LIVES = env.LONG ? 400 : 6;
test(`in ${LIVES} lives no act makes a second visitor, nobody merges, and nothing from before consent is anybody's`, async () => {
  let attached = 0;
  for (let seed = 1; seed <= LIVES; seed += 1) {
    const life = new Life(await makeSite(START - DAY), seeded(seed * 31 + 7), seed);
    await life.live(45);
    await check(life);
    attached += life.acts.length;
  }
  // A life in which nobody was ever named would prove nothing.
  expect(attached).toBeGreaterThan(LIVES * 4);
}, 900_000);

test('before the first log-in a visitor is a person back to the last refusal, and not beyond', async () => {
  const random = seeded(5);
  const site = await makeSite(START - DAY);
  const browser = idAt(START, random);
  const act = (minute: number, kind: string, mode: string, more: object = {}) => ({
    ...{ kind, mode, id: idAt(START + minute * MINUTE, random), url: `https://shop.example/${minute}`, visitor: browser },
    ...more,
  });
  const sent = [
    act(0, 'pageview', 'engagement'),
    act(10, 'pageview', 'audience'),
    act(20, 'pageview', 'engagement'),
    act(90, 'pageview', 'engagement'),
    act(91, 'identify', 'engagement', { user: 'customer-1' }),
    act(92, 'pageview', 'audience'),
    act(93, 'pageview', 'engagement'),
  ];
  const now = START + 100 * MINUTE;
  expect((await knock(envelope(site, now, sent), { now, collector: {} })).json).toEqual({ ok: 7, rej: [] });
  const row = await one('SELECT person FROM links WHERE site = ?1', site.id);
  const spans = await spansOfPerson(env.PEOPLE, site.id, String(row?.person));
  const { facts } = await readAttached(env.EVENTS, site, spans, now);
  expect(facts.map(({ path }) => path)).toEqual(['/93', '/91', '/90', '/20']);
  // An id of the day is several people's: it is known, and nobody's.
  const { visitor: _visitor, ...nameless } = act(95, 'identify', 'engagement', { user: 'customer-2' });
  const page = { ...nameless, kind: 'pageview', id: idAt(START + 96 * MINUTE, random) };
  expect((await knock(envelope(site, now, [nameless, page]), { now, collector: {} })).json).toEqual({ ok: 2, rej: [] });
  const other = await one('SELECT person FROM links WHERE site = ?1 AND person <> ?2', site.id, row?.person);
  const theirs = await spansOfPerson(env.PEOPLE, site.id, String(other?.person));
  expect([theirs.length, (await readAttached(env.EVENTS, site, theirs, now)).facts]).toEqual([1, []]);
});

test('a long history comes page by page, each fact once', async () => {
  const random = seeded(6);
  const site = await makeSite(START - 40 * DAY);
  const browser = idAt(START, random);
  const spread = Array.from({ length: 20 }, (_, i) => START - i * DAY);
  for (const at of spread) {
    const view = {
      kind: 'pageview',
      id: idAt(at, random),
      url: `https://shop.example/${at}`,
      mode: 'engagement',
      visitor: browser,
    };
    const acts =
      at === spread.at(-1) ? [{ ...view, kind: 'identify', id: idAt(at - 1, random), user: 'customer-1' }, view] : [view];
    expect((await knock(envelope(site, at, acts), { now: at, collector: {} })).json.ok).toBe(acts.length);
  }
  const row = await one('SELECT person FROM links WHERE site = ?1', site.id);
  const spans = await spansOfPerson(env.PEOPLE, site.id, String(row?.person));
  const seen: string[] = [];
  let pages = 0;
  for (let before: number | null = START + 1; before !== null; pages += 1) {
    const page: Awaited<ReturnType<typeof readAttached>> = await readAttached(env.EVENTS, site, spans, before);
    seen.push(...page.facts.filter(({ what }) => what === 'pageview').map(({ path }) => String(path)));
    before = page.earlier;
  }
  expect(seen).toEqual(spread.map((at) => `/${at}`));
  expect(pages).toBeGreaterThan(1);
});
