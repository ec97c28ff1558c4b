/** When a confirmation mail may leave: at once while the person is there, otherwise not at night where the kiosk stands. */
import { DAY_MS, dayOf, HOUR_MS, offsetAt } from '../store/calendar.ts';

/** Received this soon after the act, the person still stands there and waits for the mail. */
export const PRESENT_MS = 10 * 60_000;
const MORNING_MS = 8 * HOUR_MS;
const EVENING_MS = 20 * HOUR_MS;

/**
 * The first moment from `at` on when a mail may leave.
 *
 * @param zone of the store, or null for a sign-up on the web: its person is there, at whatever hour.
 * @param capturedAt when the person signed up, epoch ms.
 */
export function nextMailAt(zone: string | null, capturedAt: number, at: number): number {
  if (zone === null || at - capturedAt <= PRESENT_MS) return at;
  const day = dayOf(zone, at);
  const clock = at + offsetAt(zone, at) - day * DAY_MS;
  if (clock >= MORNING_MS && clock < EVENING_MS) return at;
  const wall = (clock < MORNING_MS ? day : day + 1) * DAY_MS + MORNING_MS;
  // Clocks change in the small hours: the offset near that morning is the morning's own.
  return wall - offsetAt(zone, wall - offsetAt(zone, at));
}
