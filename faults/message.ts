/** What a happening says on the wire, and what must be stored of it. */
import { type Days, dayIndex } from './days.ts';
import type { Game, SentCopy } from './game.ts';
import type { Happening, Item } from './scenario.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const TOO_OLD = 30 * DAY;
/** Another's name; on a kiosk that of another person of the same quarter of an hour, for none stands there for days. */
const stolenName = (h: Happening) => (h.kiosk ? `b${h.visitor?.slice(1)}` : 'f'.repeat(24));

const pageviewOnly = <T>(h: Happening, value: T) => (h.what === 'pageview' ? value : null);

/** Why the collector must not count it, if it must not. */
function refusalOf(h: Happening, ageMs: number): string | undefined {
  if (h.what === 'identify' && h.mode === 'audience') return 'needs_engagement';
  if (h.what !== 'opt-in' && ageMs > TOO_OLD) return 'too_old';
  return h.visitor === null && ageMs > HOUR ? 'too_old' : undefined;
}

/** @param drift how much more the sender's clock has gone since it happened. */
export function copyOf(
  { world, days }: Pick<Game, 'world' | 'days'>,
  h: Happening,
  item: Item,
  drift: number,
  nowMs: number,
): SentCopy {
  const ageMs = Math.max(nowMs + drift - h.at, 0);
  const day = h.visitor === null ? dayIndex(days, nowMs) : null;
  return {
    id: h.id,
    what: h.what,
    at: nowMs - ageMs,
    visitor: h.visitor === null ? `day ${day}` : item.stolen ? stolenName(h) : h.visitor,
    kind: h.kiosk ? 2 : day === null ? 0 : 1,
    kiosk: h.kiosk ? world.kiosk.id : 0,
    page: h.page,
    mode: h.mode === 'engagement' ? 1 : 0,
    referred: h.referrer !== null && !h.kiosk && h.what === 'pageview',
    activeMs: pageviewOnly(h, item.activeMs),
    foregroundMs: pageviewOnly(h, item.foregroundMs),
    scroll: pageviewOnly(h, item.scroll),
    touches: h.what === 'visit' ? item.touches : null,
    lengthMs: h.what === 'visit' || h.what === 'exposure' ? item.lengthMs : null,
    day,
    refusal: refusalOf(h, ageMs),
  };
}

export function messageOf(h: Happening, item: Item): Record<string, unknown> {
  const visitor = h.visitor === null ? {} : { visitor: item.stolen ? stolenName(h) : h.visitor };
  const about = { kind: h.what, id: h.id, url: `https://shop.example${h.page}`, mode: h.mode, ...visitor };
  switch (h.what) {
    case 'pageview':
      return {
        ...about,
        ...(item.foregroundMs === null ? {} : { foregroundMs: item.foregroundMs, activeMs: item.activeMs }),
        ...(item.scroll === null ? {} : { scroll: item.scroll }),
        ...(h.referrer === null ? {} : { referrer: h.referrer }),
      };
    case 'event':
      return { ...about, name: 'Brochure' };
    case 'identify':
      return { ...about, user: 'customer-1' };
    case 'opt-in':
      return { ...about, email: h.email, boxes: { news: true }, wording: 'faults-1' };
    case 'visit':
      return { ...about, touches: item.touches, lengthMs: item.lengthMs };
    case 'exposure':
      return { ...about, shownMs: item.lengthMs };
  }
}

/** How far a sender's clock may have gone on without putting anything before the scenario begins. */
export function driftWithin(wanted: number, happenings: Happening[], start: number): number {
  const counted = happenings.map(({ at }) => at).filter((at) => at >= start);
  return counted.length === 0 ? wanted : Math.min(wanted, Math.min(...counted) - start);
}

export type { Days };
