/** The kiosk: `<script defer src="https://HOST/kiosk.js" data-site="KEY"></script>`, opened once with `#enrol=CODE`. */
import './kiosk/enrol-code.ts';
import type { EventMessage } from '../collector/wire.ts';
import { config } from './config.ts';
import type { Command } from './contract.ts';
import { describe } from './kiosk/about.ts';
import { announce } from './kiosk/announce.ts';
import { enrol } from './kiosk/enrolment.ts';
import { beginExposure, endExposure } from './kiosk/exposure.ts';
import { forgetPerson } from './kiosk/forget.ts';
import { restartIdle, stopIdle } from './kiosk/idle.ts';
import { keep } from './kiosk/kiosk-outbox.ts';
import { flush, hurry, resume } from './kiosk/kiosk-sender.ts';
import { forgetVisit, show, takeChanges, touch, visitor } from './kiosk/kiosk-visit.ts';
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
  forgetPerson();
  announce('reset', { end });
  // Clearing a half-typed field may fire a trusted `change` in some browsers: nobody touched anything.
  stopIdle();
  forgetVisit();
  if (wasThere) beginExposure();
};

/** Only a person's own input: an attract loop that scripts events has no visitor. */
const onTouch = ({ isTrusted, timeStamp }: Event): void => {
  if (!isTrusted) return;
  restartIdle(() => endVisit('idle'));
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
  for (const type of ['pointerdown', 'touchstart', 'keydown', 'change'])
    addEventListener(type, onTouch, { capture: true, passive: true });
  watchScreens(() => show(shown, performance.now()));
  const waiting = window.comptoir?.q || [];
  window.comptoir = Object.assign((...command: KioskCommand) => obey(command), { tag: __TAG__ });
  if (waiting !== 1) for (const command of waiting) obey(command as KioskCommand);

  beginExposure();
  setInterval(() => save(), SAVE);
  addEventListener('pagehide', () => {
    save();
    endExposure();
  });
  addEventListener('online', hurry);
  // Asked for, never relied on: browsers may refuse it without a word.
  navigator.storage.persist().catch(() => {});
  enrol().then(
    (may) => may && resume(),
    () => announce('enrolment', { ok: false, reason: 'storage' }),
  );
};

if (config.site && isSecureContext) start();
else console.warn('comptoir: a kiosk needs data-site and https');
