/** The visit of one person, and the screens it saw; in memory only, and gone with the person. */
import type { Message, PageviewMessage, VisitMessage } from '../../collector/wire.ts';
import { describe } from './about.ts';

/** Glossary, active time: a sign of life reaches this far. */
const IDLE = 30_000;
const DAY = 86_400_000;
/** Longer than anybody stands before a screen: what goes on touching it is a fault, or somebody else. */
const LONGEST = 30 * 60_000;
const KEY = 'comptoir.visit';

type Screen = { message_: PageviewMessage; active_: number; foreground_: number; waking_: boolean; saved_: string };
type Visit = { message_: VisitMessage; first_: number; last_: number; screens_: Screen[]; saved_: string };

let visit: Visit | undefined;
/** Where the screen's unsettled time began, and what earlier screens have of it: time counts only once a touch follows. */
let mark = 0;
let unsettled: { screen_: Screen; active_: number; foreground_: number }[] = [];

export const visitor = (): string | undefined => visit?.message_.visitor;

const whole = (ms: number): number => Math.min(Math.round(ms), DAY);

const cut = (at: number): void => {
  const screen = visit?.screens_.at(-1);
  if (visit && screen)
    unsettled.push({ screen_: screen, active_: Math.max(0, Math.min(at, visit.last_ + IDLE) - mark), foreground_: at - mark });
  mark = at;
};

const open = (url: string, waking: boolean, referrer?: string): void => {
  const message: PageviewMessage = { kind: 'pageview', ...describe(url, visitor()), ...(referrer && { referrer }) };
  visit?.screens_.push({ message_: message, active_: 0, foreground_: 0, waking_: waking, saved_: '' });
};

/** A touch at `at`, on the clock of `performance.now()`. Says whether it began a visit. */
export const touch = (url: string, at: number): boolean => {
  if (visit) {
    cut(at);
    for (const { screen_, active_, foreground_ } of unsettled) {
      screen_.active_ += active_;
      screen_.foreground_ += foreground_;
    }
    unsettled = [];
    visit.last_ = at;
    visit.message_.touches = Math.min(visit.message_.touches + 1, 100_000);
    return false;
  }
  const about = describe(url);
  visit = {
    message_: { kind: 'visit', ...about, visitor: about.id, touches: 1, lengthMs: 0 },
    first_: at,
    last_: at,
    screens_: [],
    saved_: '',
  };
  mark = at;
  unsettled = [];
  open(url, true);
  return true;
};

/** The screen that is left, as the next one's referrer. The one the waking touch left at once was the attract loop's: shown to nobody, so never a pageview. */
const leave = (): string | undefined => {
  const left = visit?.screens_.at(-1);
  if (!left?.waking_ || visit?.message_.touches !== 1) return left?.message_.url;
  visit.screens_.pop();
  return undefined;
};

/** Another screen. */
export const show = (url: string, at: number): void => {
  if (!visit) return;
  cut(at);
  open(url, false, leave());
};

/** The visit's messages whose state is new since they were asked for last. The time after the last touch is in none. */
export const takeChanges = (end?: VisitMessage['end']): Message[] => {
  if (!visit) return [];
  const { message_: message, first_, last_, screens_ } = visit;
  const changes: Message[] = [];
  const add = (holder: { saved_: string }, state: Message): void => {
    const json = JSON.stringify(state);
    if (json !== holder.saved_) changes.push(state);
    holder.saved_ = json;
  };
  add(visit, { ...message, lengthMs: whole(last_ - first_), ...(end && { end }) });
  for (const screen of screens_) {
    if (screen.waking_ && message.touches === 1 && !end) continue;
    add(screen, { ...screen.message_, activeMs: whole(screen.active_), foregroundMs: whole(screen.foreground_) });
  }
  // What can no longer change need not be remembered.
  const open = new Set(unsettled.map(({ screen_ }) => screen_));
  visit.screens_ = screens_.filter((screen, index) => index === screens_.length - 1 || open.has(screen));
  return changes;
};

export const forgetVisit = (): void => {
  visit = undefined;
  unsettled = [];
};

/** Whether the visit has lasted longer than a visit can. */
export const isOver = (at: number): boolean => visit !== undefined && at - visit.first_ > LONGEST;

/**
 * The next page of the same person goes on with the visit: kept for this tab only, without anything the person said.
 *
 * @param changes what a database may not take any more from a page that is leaving.
 */
export const freezeVisit = (changes: Message[]): void => {
  if (!visit) return;
  const { message_: message, first_, last_ } = visit;
  const { timeOrigin } = performance;
  const frozen: Frozen = { message, first: first_ + timeOrigin, last: last_ + timeOrigin, from: leave(), changes };
  try {
    sessionStorage[KEY] = JSON.stringify(frozen);
  } catch {
    // Storage is refused: each page has visits of its own.
  }
};

type Frozen = { message: VisitMessage; first: number; last: number; from?: string | undefined; changes: Message[] };

/**
 * Takes up the visit of the page before.
 *
 * @returns how long ago its last touch was; undefined when there is none, or when it was left longer ago than `idle` ms: then it
 * has ended, and `keep` gets its last state, as it gets what the page before could not write.
 */
export const thawVisit = (url: string, idle: number, keep: (messages: Message[]) => void): number | undefined => {
  try {
    const frozen: Frozen | undefined = JSON.parse(sessionStorage[KEY] ?? 'null') ?? undefined;
    delete sessionStorage[KEY];
    if (!frozen) return undefined;
    const { timeOrigin } = performance;
    const { message, first, last, from, changes } = frozen;
    const ago = Date.now() - last;
    if (ago < 0 || ago >= idle) {
      keep([...changes, { ...message, lengthMs: whole(last - first), end: 'idle' }]);
      return undefined;
    }
    keep(changes);
    visit = { message_: message, first_: first - timeOrigin, last_: last - timeOrigin, screens_: [], saved_: '' };
    mark = performance.now();
    open(url, false, from);
    return ago;
  } catch {
    return undefined;
  }
};
