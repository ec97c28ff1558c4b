/** The web tag: `<script defer src="https://HOST/c.js" data-site="KEY"></script>`. */
import { isManual, readPath, takeToken } from './address.ts';
import { act, type Command, obey, show } from './commands.ts';
import { config } from './config.ts';
import { isEngaged } from './consent.ts';
import { live, settle } from './engagement.ts';
import { load, loadIfUsed } from './lazy.ts';
import { arrive, move } from './navigation.ts';
import { retry, takeLeftovers } from './outbox.ts';
import { describe, hide, pulse } from './pageview.ts';
import { firstSeen, isSeen, look, replay } from './visibility.ts';

/** Commands wait until the page has been seen: nobody acts on a page that nobody saw. */
let waiting: Command[] | undefined;
let timer = 0;
/** An e-mail link's token leaves the address in every mode; it is sent in engagement mode only. */
let token: string | undefined;

/** The page was seen for the first time. What the page said before comes first: it may be a choice. */
const start = (): void => {
  const commands = waiting ?? [];
  waiting = undefined;
  takeLeftovers();
  for (const command of commands) obey(...command);
  if (!isManual) show();
  if (token && isEngaged()) act({ kind: 'link', ...describe(), token });
  if ('navigation' in self) navigation.addEventListener('currententrychange', move);
  else load();
};

/**
 * Once a second while the page is seen, ten times while the focus is in a frame, whose blur we are not told of.
 * Listens again, because `document.open()` removes listeners (https://html.spec.whatwg.org/#document-open-steps).
 */
const beat = (): void => {
  clearTimeout(timer);
  // Capturing, so that no page can stop them; adding a listener twice is nothing.
  for (const name of 'visibilitychange focus blur freeze pagehide pageshow'.split(' ')) addEventListener(name, change, true);
  for (const name of 'pointerdown pointermove keydown wheel scroll timeupdate'.split(' '))
    addEventListener(name, feel, { capture: true, passive: true });
  if (!isSeen() || waiting) return;
  look();
  pulse();
  move();
  loadIfUsed();
  retry();
  timer = setTimeout(beat, document.activeElement?.tagName === 'IFRAME' ? 100 : 1e3);
};

/** An event says when it happened; on a busy page its listeners run later. */
const change = (event: Event): void => {
  const leaving = /ee|eh/.test(event.type);
  look(!leaving && isSeen(), event.timeStamp);
  if (waiting) {
    if (firstSeen) start();
  } else if (leaving || !isSeen()) {
    arrive();
    hide(leaving);
  } else if ('persisted' in event && event.persisted && !isManual) show(readPath(), '');
  beat();
};

/** Scrollers inside the page may be moved by the page itself; a person who moves them wheels, drags or types. */
const feel = ({ type, target, isTrusted }: Event): void => {
  if (isTrusted && (type !== 'scroll' || target === document)) live(settle());
};

try {
  const stub = window.comptoir;
  if (!stub?.tag) {
    token = takeToken();
    if (config.site) {
      waiting = [...(stub?.q ?? [])];
      window.comptoir = Object.assign((...command: Command) => (waiting ? waiting.push(command) : obey(...command)), {
        tag: __TAG__,
      });
      replay();
      if (firstSeen) start();
      beat();
    } else console.warn('comptoir: no data-site');
  }
} catch {}
