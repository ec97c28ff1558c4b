/** Pageviews from load to end on the stated mix, as the tag sends them (docs/decisions/010-fewer-requests.md). */

const MINUTE = 60_000;
/** Where touch is, a hide may be the last: it sends when this much active time is new. */
const HIDE_NEWS_MS = 10_000;
/** While somebody reads on, the tag sends when this much is new, asked every 15 s of activity. */
const BEAT_NEWS_MS = 5 * MINUTE;
const BEAT_MS = 15_000;
const AWAY_MS = 20_000;

/** One message: when it is sent, and the cumulative active time in it (null in the first). */
export type State = { at: number; activeMs: number | null };

/**
 * The stated mix: a pageview is open 1 to 10 minutes (uniform) with 0 to 5 tab switches (uniform) at random moments, each 20 s
 * away; the person is active all the time the page is in front. A computer sends nothing for 20 s away.
 */
export function liveOf(random: () => number, bornAt: number, touch: boolean): State[] {
  const openMs = MINUTE + random() * 9 * MINUTE;
  const hides = Array.from({ length: Math.floor(random() * 6) }, () => ({ activeMs: random() * openMs, hide: true }));
  const beats = Array.from({ length: Math.floor(openMs / BEAT_MS) }, (_, n) => ({ activeMs: (n + 1) * BEAT_MS, hide: false }));
  const states: State[] = [{ at: bornAt + 50, activeMs: null }];
  let sent = 0;
  let away = 0;
  for (const { activeMs, hide } of [...hides, ...beats].sort((a, b) => a.activeMs - b.activeMs)) {
    if (activeMs - sent >= (hide ? (touch ? HIDE_NEWS_MS : Number.POSITIVE_INFINITY) : BEAT_NEWS_MS)) {
      states.push({ at: bornAt + activeMs + away, activeMs: Math.round(activeMs) });
      sent = activeMs;
    }
    if (hide) away += AWAY_MS;
  }
  states.push({ at: bornAt + openMs + away, activeMs: Math.round(openMs) });
  return states;
}
