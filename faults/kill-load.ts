/** Load on the real server while it is killed: what senders sent and were told. Runs in Node. */
import { makeSiteKey } from '../collector/store/site-key.ts';
import type { Site } from '../collector/store/sites.ts';
import { seeded } from '../demo/seeded.ts';

const DAY = 86_400_000;
const AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
export type Sent = {
  what: 'pageview' | 'event';
  id: string;
  visitor: string;
  page: string;
  foregroundMs: number;
  ackedMs: number | null;
};

/** Registers the site that the load is sent to; its windows begin today. */
export async function makeKillSite(people: D1Database, secret: string, nowMs: number): Promise<Site> {
  const random = seeded(nowMs);
  const key = makeSiteKey(secret, (n) => Uint8Array.from({ length: n }, () => Math.floor(random() * 256)));
  const site: Site = {
    id: 900_001,
    key,
    name: 'Kills',
    hosts: ['shop.example'],
    zone: 'UTC',
    language: 'en',
    createdAt: nowMs + 31 * DAY,
  };
  await people
    .prepare('INSERT INTO sites (id, key, name, hosts, zone, language, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)')
    .bind(site.id, key, site.name, '["shop.example"]', site.zone, site.language, site.createdAt)
    .run();
  return site;
}

/** Several senders that post, repeat, and keep what was not acknowledged, as the tag does. */
export class Load {
  readonly sent: Sent[] = [];
  posts = 0;
  failed = 0;
  private stopping = false;
  private readonly random = seeded(20);

  constructor(
    private readonly origin: string,
    private readonly site: Site,
  ) {}

  private idNow = () =>
    Date.now().toString(16).padStart(12, '0') +
    Array.from({ length: 12 }, () => Math.floor(this.random() * 16).toString(16)).join('');

  private async sender(): Promise<void> {
    const visitors = Array.from({ length: 5 }, this.idNow);
    const open: Sent[] = [];
    while (!this.stopping) {
      for (let n = 1 + Math.floor(this.random() * 3); n > 0; n -= 1) {
        const what = this.random() < 0.75 ? 'pageview' : 'event';
        const visitor = visitors[Math.floor(this.random() * visitors.length)] ?? '';
        const message: Sent = {
          what,
          id: this.idNow(),
          visitor,
          page: `/p${Math.floor(this.random() * 4)}`,
          foregroundMs: 0,
          ackedMs: null,
        };
        this.sent.push(message);
        open.push(message);
      }
      // New ones, grown ones, and everything that was never answered for.
      const batch = open.filter((m) => m.ackedMs === null || this.random() < 0.2).slice(0, 50);
      for (const m of batch) if (m.what === 'pageview') m.foregroundMs += Math.floor(this.random() * 5_000);
      const states = batch.map((m) => m.foregroundMs);
      if (!(await this.post(batch))) await new Promise((resolve) => setTimeout(resolve, 50));
      else
        batch.forEach((m, i) => {
          m.ackedMs = Math.max(m.ackedMs ?? 0, states[i] ?? 0);
        });
      if (open.length > 100) open.splice(0, 50);
    }
  }

  private async post(batch: Sent[]): Promise<boolean> {
    this.posts += 1;
    const messages = batch.map((m) => ({
      ...{ kind: m.what, id: m.id, url: `https://shop.example${m.page}`, mode: 'audience', visitor: m.visitor },
      ...(m.what === 'pageview' ? { foregroundMs: m.foregroundMs, activeMs: m.foregroundMs } : { name: 'Brochure' }),
    }));
    try {
      const response = await fetch(`${this.origin}/c`, {
        method: 'POST',
        headers: { 'user-agent': AGENT },
        body: JSON.stringify({ v: 1, site: this.site.key, sentAt: Date.now(), messages }),
        signal: AbortSignal.timeout(10_000),
      });
      const answer: { ok?: number } = await response.json();
      if (response.status === 202 && answer.ok === batch.length) return true;
      if (response.status === 202) throw new Error(`refused: ${JSON.stringify(answer)}`);
    } catch (error) {
      if (String(error).includes('refused:')) throw error;
    }
    this.failed += 1;
    return false;
  }

  /** Posts with so many senders until `stop`. */
  run(senders: number): Promise<unknown> {
    return Promise.all(Array.from({ length: senders }, () => this.sender()));
  }

  stop(): void {
    this.stopping = true;
  }
}
