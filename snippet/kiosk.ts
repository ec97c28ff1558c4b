/**
 * The kiosk: `<script defer src="https://HOST/kiosk.js" data-site="KEY"></script>`, opened once with `#enrol=CODE`. This file
 * measures, forgets and keeps, and needs no network for any of it; `kiosk.x.js` enrols and sends.
 */
import './kiosk/enrol-code.ts';
import type { EventMessage } from '../collector/wire.ts';
import { config, src } from './config.ts';
import type { Command } from './contract.ts';
import { describe } from './kiosk/about.ts';
import { announce } from './kiosk/announce.ts';
import { beginExposure, endExposure } from './kiosk/exposure.ts';
import { emptyFields, forgetPerson, refuseClipboard } from './kiosk/forget.ts';
import { restartIdle, stopIdle } from './kiosk/idle.ts';
import { keep } from './kiosk/kiosk-outbox.ts';
import { defaultLanguage, idleSeconds, recallSettings } from './kiosk/kiosk-settings.ts';
import { forgetVisit, freezeVisit, isOver, show, takeChanges, thawVisit, touch, visitor } from './kiosk/kiosk-visit.ts';
import { flush, kit, loadForm } from './kiosk/network.ts';
import { optIn } from './kiosk/opt-in.ts';
import { shown, showPath, watchScreens } from './kiosk/screens.ts';

/** While somebody is there: how often the visit's state goes to the disk. It goes to the collector when the visit ends. */
const SAVE = 15_000;
/** `pointerdown` and `touchstart` of one finger come together. */
const SAME_TOUCH = 30;

let lastTouch = Number.NEGATIVE_INFINITY;

const save = async (end?: 'done' | 'reset' | 'idle'): Promise<void> => {
  const changes = takeChanges(end);
  if (changes.length) await keep(changes).catch(() => {});
};

/** Ends the visit, and forgets the person before the next one. A reset with nobody there clears the screen all the same. */
const endVisit = (end: 'done' | 'reset' | 'idle'): void => {
  const wasThere = visitor() !== undefined;
  if (wasThere) save(end).then(flush);
  forgetVisit();
  const language = defaultLanguage();
  forgetPerson(language);
  announce('reset', { end, language });
  // Clearing a half-typed field may fire a trusted event in some browsers: nobody touched anything.
  stopIdle();
  forgetVisit();
  if (wasThere) beginExposure();
};

const onIdle = (): void => endVisit('idle');

/** Only a person's own input: an attract loop that scripts events has no visitor. */
const onTouch = ({ isTrusted, timeStamp }: Event): void => {
  if (!isTrusted) return;
  if (isOver(performance.now())) endVisit('reset');
  restartIdle(onIdle);
  if (timeStamp - lastTouch < SAME_TOUCH) return;
  lastTouch = timeStamp;
  if (touch(shown, performance.now())) endExposure();
};

/** An event that nobody is there for is the attract loop's, and no event. */
const trigger = (name: string, props: EventMessage['props']): void => {
  const person = visitor();
  if (person)
    keep([{ kind: 'event', ...describe(shown, person), name: name.slice(0, 120), ...(props && { props }) }]).catch(() => {});
};

/** The tag's commands, of which a shared screen obeys some: there is nobody to identify here. */
type KioskCommand = Command | [name: 'done'];

const obey = (command: KioskCommand): unknown => {
  switch (command[0]) {
    case 'page':
      return showPath(command[1]?.path ?? location.pathname);
    case 'event':
      return trigger(command[1], command[2]);
    case 'optin':
      return optIn(command[1]);
    case 'done':
    case 'reset':
      return endVisit(command[0]);
  }
  return undefined;
};

const start = (): void => {
  // Not `change`: a field that loses its focus to a warning fires it, and nobody touched anything.
  for (const type of ['pointerdown', 'touchstart', 'keydown', 'input'])
    addEventListener(type, onTouch, { capture: true, passive: true });
  watchScreens(() => show(shown, performance.now()));
  const waiting = window.comptoir?.q || [];
  window.comptoir = Object.assign((...command: KioskCommand) => obey(command), { tag: __TAG__ });
  if (waiting !== 1) for (const command of waiting) obey(command as KioskCommand);

  refuseClipboard();
  const gone = thawVisit(shown, idleSeconds() * 1000, (messages) => keep(messages).then(flush, () => {}));
  if (gone === undefined) beginExposure();
  else restartIdle(onIdle, gone);
  setInterval(() => {
    save();
    loadForm();
    flush();
  }, SAVE);
  addEventListener('pagehide', () => {
    const changes = takeChanges();
    keep(changes).catch(() => {});
    endExposure();
    freezeVisit(changes);
  });
  addEventListener('pageshow', ({ persisted }) => {
    // A page out of the back/forward cache has what somebody typed.
    if (persisted) location.reload();
    else if (!visitor()) emptyFields();
  });
  addEventListener('error', ({ filename, error }) => {
    if (filename.startsWith(new URL(src).origin) && kit.errors.length < 5) kit.errors.push(error?.name ?? 'Error');
  });
  // Asked for, never relied on: browsers may refuse it without a word.
  navigator.storage.persist().catch(() => {});
  kit.reset = () => endVisit('reset');
  recallSettings().then(flush);
  loadForm();
};

if (config.site && isSecureContext) start();
else console.warn('comptoir: a kiosk needs data-site and https');
