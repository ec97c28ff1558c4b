/** Pageviews from load to end on the stated mix, as the tag sends them: load, hides with news, 2 min, 5 min, then each 5 min, end. */
import { seeded } from '../demo/traffic.ts';

const MINUTE = 60_000;
/** A hide sends only when this much active time is new. */
const NEWS_MS = 10_000;

/** One message: when it is sent, and the cumulative active time in it (null in the first). */
export type State = { at: number; activeMs: number | null };

/**
 * The stated mix: a pageview is open 1 to 10 minutes (uniform) with 0 to 5 tab switches (uniform) at random moments, each 20 s
 * away; the person is active all the time the page is in front.
 */
export function liveOf(random: () => number, bornAt: number): State[] {
  const openMs = MINUTE + random() * 9 * MINUTE;
  const hides = Array.from({ length: Math.floor(random() * 6) }, () => random() * openMs).sort((a, b) => a - b);
  const moments = [
    ...hides.map((activeMs) => ({ activeMs, hide: true })),
    ...[2, 5, 10].map((m) => ({ activeMs: m * MINUTE, hide: false })),
  ]
    .filter((m) => m.activeMs < openMs)
    .sort((a, b) => a.activeMs - b.activeMs);
  const states: State[] = [{ at: bornAt + 50, activeMs: null }];
  let sent = 0;
  let away = 0;
  for (const { activeMs, hide } of moments) {
    if (!hide || activeMs - sent >= NEWS_MS) {
      states.push({ at: bornAt + activeMs + away, activeMs: Math.round(activeMs) });
      sent = activeMs;
    }
    if (hide) away += 20_000;
  }
  states.push({ at: bornAt + openMs + away, activeMs: Math.round(openMs) });
  return states;
}

export { seeded };
