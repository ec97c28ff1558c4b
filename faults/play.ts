/** Plays a scenario against the real collector and the real databases, and checks the oracle after every step. */
import { collectRoute } from '../collector/collect/route.ts';
import { consume } from '../collector/ingest/consumer.ts';
import { replayParked } from '../collector/ingest/replay-parked.ts';
import { runSchedule } from '../collector/ingest/schedule.ts';
import { runWindows } from '../collector/ingest/windows.ts';
import { sha256 } from '../collector/people/address.ts';
import { confirmAndRelay } from '../collector/people/confirmation.ts';
import { noFacts } from '../collector/store/facts.ts';
import { seeded } from '../demo/seeded.ts';
import { Books, type Copy, contentOf, keyOf } from './books.ts';
import { checkFacts, checkReports, REPORTS, readDayKeys } from './check.ts';
import { type Days, dayIndex, daysFrom } from './days.ts';
import { faulty, type Watch, type Written } from './faulty-database.ts';
import { AtLeastOnceQueue } from './queue.ts';
import type { Act, Happening, Item, Scenario } from './scenario.ts';
import { type Databases, makeWorld, type World } from './world.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const HOUR = 60 * MINUTE;
const AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const IP = '203.0.113.7';
const STOLEN = 'f'.repeat(24);

export type Count = { acts: number; messages: number; acknowledged: number; faults: number; facts: number; reports: number };
export type Outcome = { seed: number; violation: string | null; step: number; count: Count };
/** What one request carried and how it was answered; judged when the step is over and the day's secrets are known. */
type Sent = {
  copies: (Omit<Copy, 'key'> & { day: number | null; late: boolean })[];
  status: number;
  rej: [number, string][];
  direct: boolean;
};
type LogEntry = { written: Written[]; sent: Sent | null };

class Play {
  private readonly books = new Books();
  private readonly queue: AtLeastOnceQueue;
  private readonly days: Days;
  private readonly random: () => number;
  private log: LogEntry[] = [];
  private requests: Sent[] = [];
  private undo: string[] = [];
  private poisons = 0;
  readonly count: Count = { acts: 0, messages: 0, acknowledged: 0, faults: 0, facts: 0, reports: 0 };

  constructor(
    private readonly world: World,
    private readonly scenario: Scenario,
  ) {
    this.queue = new AtLeastOnceQueue(`m${world.site.id}`);
    this.days = daysFrom(scenario.zone, scenario.start, 26);
    this.random = seeded(scenario.seed + 1);
  }

  /** An actor's own view of the databases, with its fault and what happens between its calls. */
  private view(act: Act, nowMs: number, sent: Sent | null = null) {
    const injected = { injected: 0 };
    const between = act.meanwhile;
    let ran = false;
    const watch: Watch = {
      fault: act.fault,
      faults: injected,
      underWay: [],
      committed: (written) => {
        if (sent) sent.direct = true;
        this.log.push({ written, sent });
      },
    };
    const own: Watch = {
      ...watch,
      between: between
        ? async (call, when) => {
            if (ran || call !== between.call || when !== between.when) return;
            ran = true;
            await this.act(between.act, nowMs);
          }
        : undefined,
    };
    const isDead = () => act.fault?.how === 'dies' && injected.injected > 0;
    return {
      injected,
      isDead,
      idle: () => Promise.all(watch.underWay),
      events: (slow?: Watch['slow']) => faulty(this.world.env.EVENTS, 'events', { ...own, slow }),
      people: faulty(this.world.env.PEOPLE, 'people', watch),
    };
  }

  private bytes = (n: number) => Uint8Array.from({ length: n }, () => Math.floor(this.random() * 256));

  private copyOf(h: Happening, item: Item, drift: number, nowMs: number): Sent['copies'][number] {
    const { site, kiosk } = this.world;
    const age = Math.max(nowMs + drift - h.at, 0);
    const day = h.visitor === null ? dayIndex(this.days, nowMs) : null;
    const visitor = h.visitor === null ? `day ${day}` : item.stolen ? STOLEN : h.visitor;
    return {
      ...{
        id: h.id,
        what: h.what,
        at: nowMs - age,
        visitor,
        kind: h.kiosk ? 2 : day === null ? 0 : 1,
        kiosk: h.kiosk ? kiosk.id : 0,
      },
      ...{
        page: h.page,
        mode: h.mode === 'engagement' ? 1 : 0,
        referred: h.referrer !== null && !h.kiosk && h.what === 'pageview',
      },
      activeMs: h.what === 'pageview' ? item.activeMs : null,
      foregroundMs: h.what === 'pageview' ? item.foregroundMs : null,
      scroll: h.what === 'pageview' ? item.scroll : null,
      touches: h.what === 'visit' ? item.touches : null,
      lengthMs: h.what === 'visit' || h.what === 'exposure' ? item.lengthMs : null,
      day,
      late: day !== null && age > HOUR && site.id > 0,
    };
  }

  private messageOf(h: Happening, item: Item): Record<string, unknown> {
    const url = `https://shop.example${h.page}`;
    const visitor = h.visitor === null ? {} : { visitor: item.stolen ? STOLEN : h.visitor };
    const about = { kind: h.what, id: h.id, url, mode: h.mode, ...visitor };
    if (h.what === 'pageview')
      return {
        ...about,
        ...(item.foregroundMs === null ? {} : { foregroundMs: item.foregroundMs, activeMs: item.activeMs }),
        ...(item.scroll === null ? {} : { scroll: item.scroll }),
        ...(h.referrer === null ? {} : { referrer: h.referrer }),
      };
    if (h.what === 'event') return { ...about, name: 'Brochure' };
    if (h.what === 'identify') return { ...about, user: 'customer-1' };
    if (h.what === 'opt-in') return { ...about, email: h.email, boxes: { news: true }, wording: 'faults-1' };
    if (h.what === 'visit') return { ...about, touches: item.touches, lengthMs: item.lengthMs };
    return { ...about, shownMs: item.lengthMs };
  }

  /** The queue's binding, as an actor sees it. */
  private spillway(fails: () => boolean = () => false): Queue {
    const accepted = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
    return {
      send: async (body: unknown) => {
        if (fails()) throw new Error('Queue send failed');
        this.queue.send(body);
        return accepted;
      },
      sendBatch: () => Promise.reject(new Error('faults: not used')),
      metrics: () => Promise.reject(new Error('faults: not used')),
    };
  }

  private async send(act: Extract<Act, { do: 'send' }>, nowMs: number): Promise<void> {
    const { site, env, kiosk } = this.world;
    const items = act.items.flatMap((item) => {
      const h = this.scenario.happenings[item.happening];
      return h ? [{ h, item }] : [];
    });
    const earliest = Math.min(...items.map(({ h }) => h.at));
    const drift = Math.min(act.drift, earliest - this.scenario.start);
    const sent: Sent = {
      copies: items.map(({ h, item }) => this.copyOf(h, item, drift, nowMs)),
      status: 0,
      rej: [],
      direct: false,
    };
    this.requests.push(sent);
    this.count.messages += items.length;
    const view = this.view(act, nowMs, sent);
    const waiting: Promise<unknown>[] = [];
    // A slow database: the deadline passes, the message goes to the queue, and then the commit goes through after all.
    let reached = () => {};
    const spilled = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const route = collectRoute<Databases>((request) => ({
      collector: {
        events: view.events(act.slow ? () => spilled : undefined),
        people: view.people,
        spillway: this.spillway(() => {
          reached();
          return act.queueFails || view.isDead();
        }),
        secrets: env,
        countsHeadless: false,
        ...(act.slow ? { deadlineMs: 0 } : {}),
        now: () => nowMs,
        random: this.bytes,
        sendMails: async () => {},
        later: (work) => waiting.push(work.catch(() => {})),
      },
      sender: { headers: request.headers, ip: IP, place: { country: 'FR', region: null, city: null } },
    }));
    const envelope = JSON.stringify({
      ...{ v: 1, site: site.key, sentAt: nowMs + act.skew + drift, tag: 'faults' },
      messages: items.map(({ h, item }) => this.messageOf(h, item)),
    });
    const body = items[0]?.h.kiosk ? await kiosk.sign(envelope) : envelope;
    const headers = { 'user-agent': AGENT, 'accept-language': 'fr' };
    const response = await route.fetch(new Request('https://in.example/c', { method: 'POST', headers, body }), env);
    const answer: { rej?: [number, string][] } = await response.json();
    if (act.slow) reached();
    await view.idle();
    await Promise.all(waiting);
    this.count.faults += view.injected.injected + (act.slow ? 1 : 0);
    // Whoever died has told nobody.
    sent.status = view.isDead() ? 0 : response.status;
    sent.rej = answer.rej ?? [];
    if (response.status !== 202 && view.injected.injected === 0 && !act.slow)
      throw new Error(`a healthy collector answered ${response.status}`);
  }

  private async deliver(act: Extract<Act, { do: 'deliver' }>, nowMs: number): Promise<void> {
    const view = this.view(act, nowMs);
    const delivery = this.queue.take(act.size, act.pick, view.isDead, nowMs);
    if (delivery.entries.length > 0) await consume(delivery.batch, view.events(), nowMs, this.random);
    delivery.settle(act.again);
    this.count.faults += view.injected.injected + (act.again ? 1 : 0);
  }

  private async poison(act: Extract<Act, { do: 'poison' }>): Promise<void> {
    this.poisons += 1;
    const born = this.scenario.start + this.poisons;
    const row = {
      site: this.world.site.id,
      born,
      rand: this.poisons,
      at: born,
      visitor: 5,
      kind: 0,
      store: 0,
      kiosk: 0,
      mode: 0,
      page: 1,
      flags: 0,
      name: 1,
      props: null,
    };
    const events = [Object.fromEntries(Object.entries(row).filter(([column]) => column !== act.column))];
    const copy: Copy = {
      ...{
        id: born.toString(16).padStart(12, '0') + this.poisons.toString(16).padStart(12, '0'),
        what: 'event',
        at: act.column === 'at' ? 0 : born,
      },
      ...{
        visitor: 'poison',
        kind: 0,
        key: 5,
        kiosk: 0,
        page: '',
        mode: 0,
        referred: false,
        activeMs: null,
        foregroundMs: null,
        scroll: null,
        touches: null,
        lengthMs: null,
      },
    };
    this.books.send(copy);
    this.books.acknowledge(copy);
    this.queue.send({ ...noFacts(), events });
  }

  /** Runs work that a fault may break off: only an injected fault may. */
  private async mayFail(
    act: Act,
    nowMs: number,
    work: (db: { EVENTS: D1Database; PEOPLE: D1Database; HISTORY: R2Bucket }) => Promise<unknown>,
  ): Promise<void> {
    const view = this.view(act, nowMs);
    try {
      await work({ EVENTS: view.events(), PEOPLE: view.people, HISTORY: this.world.env.HISTORY });
    } catch (error) {
      if (view.injected.injected === 0) throw error;
    }
    this.count.faults += view.injected.injected;
  }

  private async act(act: Act, nowMs: number): Promise<void> {
    const { site, env } = this.world;
    this.count.acts += 1;
    switch (act.do) {
      case 'send':
        return this.send(act, nowMs);
      case 'deliver':
        return this.deliver(act, nowMs);
      case 'cron':
        return this.mayFail(act, nowMs, (db) =>
          act.lease ? runSchedule(db, [], nowMs, this.bytes) : runWindows(db.EVENTS, site, nowMs, act.limit, act.pieces),
        );
      case 'confirm': {
        const optIn = this.scenario.happenings[act.happening];
        if (!optIn) return;
        const token = `token ${site.id} ${nowMs} ${this.count.acts}`;
        await env.PEOPLE.prepare('UPDATE opt_ins SET confirm_token_hash = ?2 WHERE id = ?1').bind(optIn.id, sha256(token)).run();
        return this.mayFail(act, nowMs, (db) => confirmAndRelay(db, token, nowMs));
      }
      case 'replay':
        return this.mayFail(act, nowMs, (db) => replayParked(db.EVENTS, this.spillway(), nowMs, 50, act.all ? null : undefined));
      case 'poison':
        return this.poison(act);
      case 'migrate':
        if (this.undo.length > 0) return;
        this.undo.push(act.undo);
        await env.EVENTS.prepare(act.sql).run();
        return;
      case 'both':
        await Promise.all(act.acts.map((a) => this.act(a, nowMs)));
    }
  }

  /** Brings what happened into the books: copies, commits in their order, answers. */
  private async settle(): Promise<void> {
    const needsDays = this.requests.some((r) => r.copies.some((c) => c.day !== null));
    const keys = needsDays ? await readDayKeys(this.world, this.days, IP, AGENT) : new Map<number, number>();
    const { site, kiosk } = this.world;
    const keyOfCopy = (c: Sent['copies'][number]) =>
      c.day !== null
        ? (keys.get(c.day) ?? 0)
        : c.kind === 2
          ? keyOf('kiosk', site.id, kiosk.id, c.visitor)
          : keyOf('web', site.id, c.visitor);
    const complete = new Map<Sent, Copy[]>();
    for (const sent of this.requests) {
      const copies = sent.copies.map((c): Copy => ({ ...c, key: keyOfCopy(c) }));
      complete.set(sent, copies);
      // A confirmation that is relayed later knows neither mode nor page; it is never the first of its id.
      for (const c of copies) {
        this.books.send(c);
        if (c.what === 'opt-in' && c.mode === 1) this.books.send({ ...c, mode: 0, page: 'relayed' });
      }
    }
    const conflicts = new Map<Sent, Set<string>>();
    for (const { written, sent } of this.log) {
      const refused = this.books.commit(written);
      if (sent) conflicts.set(sent, refused);
    }
    for (const [sent, copies] of complete) {
      if (sent.status !== 202) continue;
      const refused = new Map(sent.rej);
      copies.forEach((copy, i) => {
        const reason = refused.get(i);
        const late = sent.copies[i]?.late;
        const expected = copy.what === 'identify' && copy.mode === 0 ? 'needs_engagement' : late ? 'too_old' : undefined;
        if (expected !== undefined || (reason !== undefined && reason !== 'id_conflict')) {
          if (reason !== expected) throw new Error(`${copy.what} ${copy.id} was refused as ${reason}, should be ${expected}`);
        } else if (reason === 'id_conflict') {
          if (!conflicts.get(sent)?.has(contentOf(copy)))
            throw new Error(`${copy.what} ${copy.id} was refused as id_conflict and is none`);
        } else this.books.acknowledge(copy);
      });
    }
    this.log = [];
    this.requests = [];
    this.count.acknowledged = this.books.acknowledged;
    this.count.facts = this.books.stored.size;
  }

  private async step(act: Act, nowMs: number, reports: readonly (typeof REPORTS)[number][], mayUpdate = true): Promise<void> {
    await this.act(act, nowMs);
    await this.settle();
    await checkFacts(this.world, this.books, this.queue.bodies());
    this.count.reports += reports.length;
    await checkReports(this.world, this.books, this.days, nowMs, reports, mayUpdate);
  }

  /** The scenario, then peace: the queue drains, cron catches up, and everything must be as the books say. */
  async run(atStep: (index: number) => void): Promise<void> {
    let now = this.scenario.start;
    for (const [i, { now: at, act }] of this.scenario.steps.entries()) {
      atStep(i);
      now = at;
      const turn = REPORTS[(this.scenario.seed + i) % REPORTS.length] ?? 'total';
      await this.step(act, now, [turn]);
    }
    atStep(this.scenario.steps.length);
    await this.drain(now);
    now += 5 * MINUTE;
    await this.act({ do: 'cron', lease: true, pieces: 0, limit: 0 }, now);
    await this.act({ do: 'replay', all: true }, now);
    await this.drain(now);
    await this.catchUp(now);
    await this.step({ do: 'both', acts: [] }, now, REPORTS);
    now += DAY + 2 * HOUR;
    await this.catchUp(now);
    await this.step({ do: 'both', acts: [] }, now, REPORTS, false);
    if (this.books.owed.size > this.poisons)
      throw new Error(`acknowledged and never stored: ${[...this.books.owed.values()].join(', ')}`);
  }

  private async drain(nowMs: number): Promise<void> {
    for (let n = 0; this.queue.length > 0; n += 1) {
      if (n > 60) throw new Error('the queue does not drain');
      await this.act({ do: 'deliver', size: 100, pick: n, again: false }, nowMs);
    }
  }

  private async catchUp(nowMs: number): Promise<void> {
    for (
      let n = 0;
      !(await runWindows(this.world.env.EVENTS, this.world.site, nowMs, 50, this.scenario.seed % 2 ? 5 : 5_000));
      n += 1
    )
      if (n > 10) throw new Error('windows do not come to an end');
  }

  /** Leaves the tables as they were. */
  async clean(): Promise<void> {
    for (const sql of this.undo)
      await this.world.env.EVENTS.prepare(sql)
        .run()
        .catch(() => {});
  }
}

/** Plays one scenario from its beginning. */
export async function play(env: Databases, scenario: Scenario): Promise<Outcome> {
  const game = new Play(await makeWorld(env, scenario), scenario);
  let step = 0;
  try {
    await game.run((index) => {
      step = index;
    });
    return { seed: scenario.seed, violation: null, step, count: game.count };
  } catch (error) {
    return { seed: scenario.seed, violation: error instanceof Error ? error.message : String(error), step, count: game.count };
  } finally {
    await game.clean();
  }
}
