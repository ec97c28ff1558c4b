/** How a kiosk is: green, amber or red, and why. A screen that sleeps while its store is closed is no alarm. */
import type { KioskHealth } from './health.ts';
import { type Hours, isOpenAt, longestOpenMs } from './opening-hours.ts';

export type Reason =
  | 'silent'
  | 'cloned'
  | 'storage_none'
  | 'storage_resets'
  | 'queue_old'
  | 'refused'
  | 'skew'
  | 'errors'
  | 'test'
  | 'never_heard';
export type State = { tone: 'green' | 'amber' | 'red' | 'asleep' | 'waiting' | 'revoked'; reasons: Reason[] };
export type Signs = {
  enrolledAt: number | null;
  revokedAt: number | null;
  clonedAt: number | null;
  lastSeenAt: number | null;
  skewMs: number | null;
  health: KioskHealth | null;
  /** It starts with a provisioning secret: that its storage is wiped is known. */
  provisioned: boolean;
  test: boolean;
  hours: Hours | null;
  zone: string;
};

/** Three signs of life missed, and as long again before anybody is called. */
const QUIET_MS = 6 * 60_000;
const SILENT_MS = 15 * 60_000;
/** Without opening hours a night is as likely as a broken screen. */
const SILENT_WITHOUT_HOURS_MS = 24 * 3_600_000;
const OLD_QUEUE_MS = 3_600_000;
const SKEW_MS = 5 * 60_000;

const weak = ({ health, skewMs, provisioned, test }: Signs): Reason[] => {
  const found: [Reason, boolean][] = [
    ['storage_none', health?.storage === 'none'],
    ['storage_resets', health?.storage === 'resets' && !provisioned],
    ['queue_old', (health?.oldestMs ?? 0) > OLD_QUEUE_MS],
    ['refused', (health?.refused ?? 0) > 0],
    ['skew', Math.abs(skewMs ?? 0) > SKEW_MS],
    ['errors', (health?.errors.length ?? 0) > 0],
    ['test', test || health?.test === true],
  ];
  return found.filter(([, is]) => is).map(([reason]) => reason);
};

/** Judges a kiosk at an instant. */
export function stateOf(signs: Signs, nowMs: number): State {
  if (signs.revokedAt !== null) return { tone: 'revoked', reasons: [] };
  if (signs.enrolledAt === null) return { tone: 'waiting', reasons: [] };
  if (signs.clonedAt !== null) return { tone: 'red', reasons: ['cloned'] };
  const since = signs.lastSeenAt ?? signs.enrolledAt;
  const never: Reason[] = signs.lastSeenAt === null ? ['never_heard'] : ['silent'];
  if (nowMs - since > QUIET_MS) {
    const limit = signs.hours ? SILENT_MS : SILENT_WITHOUT_HOURS_MS;
    // At one stretch: a screen switched off before closing is not late when the store opens.
    const silentFor = signs.hours ? longestOpenMs(signs.hours, signs.zone, since, nowMs) : nowMs - since;
    if (silentFor >= limit) return { tone: 'red', reasons: never };
    if (signs.hours && !isOpenAt(signs.hours, signs.zone, nowMs)) return { tone: 'asleep', reasons: [] };
    return { tone: 'amber', reasons: never };
  }
  const reasons = weak(signs);
  return { tone: reasons.length > 0 ? 'amber' : 'green', reasons };
}
