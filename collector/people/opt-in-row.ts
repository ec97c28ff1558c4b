/** An opt-in as PEOPLE keeps it, what it stands for now, and for how long. */
import { DAY_MS } from '../store/calendar.ts';
import { type Purpose, purposesOf, readBoxes } from './ledger.ts';
import type { RelaySource } from './relay-again.ts';

/** A mailed link works for seven days. */
export const LINK_VALID_MS = 7 * DAY_MS;
/** The brand's own tool may take its time, and so may a person who decides; then the address goes. */
export const WAIT_VALID_MS = 30 * DAY_MS;

export type OptInRow = RelaySource & {
  person: string;
  wording: string;
  boxes: string;
  language: string;
  state: string;
  received_at: number;
  /** When its mail was decided on, where that was later than its receipt. */
  asked_at: number | null;
  confirmed_by: string;
  confirmed_at: number | null;
  link_withdrawn_at: number | null;
};
export type OptInState = 'pending' | 'confirmed' | 'withdrawn' | 'expired';

/** What a row says, and what time has made of it before cron wrote it down. */
export function stateOf(row: OptInRow, nowMs: number): OptInState {
  if (row.state === 'confirmed' || row.state === 'withdrawn') return row.state;
  if (row.state !== 'pending') return 'expired';
  const validMs = row.confirmed_by === 'tool' ? WAIT_VALID_MS : LINK_VALID_MS;
  return (row.asked_at ?? row.received_at) + validMs < nowMs ? 'expired' : 'pending';
}

/** What a confirmation confirms: the boxes that were ticked, less what was withdrawn meanwhile. */
export const standingOf = (row: Pick<OptInRow, 'boxes' | 'link_withdrawn_at'>): Purpose[] =>
  purposesOf(readBoxes(row.boxes)).filter((purpose) => purpose !== 'link' || row.link_withdrawn_at === null);
