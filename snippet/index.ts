/** The web tag: `<script defer src="https://HOST/c.js" data-site="KEY"></script>`. */
import { readPath, takeToken } from './address.ts';
import { type Command, follow, obey, show } from './commands.ts';
import { config } from './config.ts';
import { live, settle } from './engagement.ts';
import { load, loadIfUsed } from './lazy.ts';
import { arrive, move } from './navigation.ts';
import { takeLeftovers } from './outbox.ts';
import { hide, pulse } from './pageview.ts';
import { firstSeen, isSeen, look, replay } from './visibility.ts';

const CHANGES = 'visibilitychange focus blur freeze pagehide pageshow';
const SIGNS = 'pointerdown pointermove keydown wheel touchmove scroll timeupdate';

/** Commands wait until the page has been seen: nobody acts on a page that nobody saw. */
let waiting: Command[] | undefined;
let timer = 0;
let token: string | undefined;

/** The page was seen for the first time. What the page said before comes first: it may be a choice. */
const start = (): void => {
  const commands = waiting ?? [];
  waiting = undefined;
  takeLeftovers();
  commands.forEach(obey);
  if (!('manual' in config)) show();
  follow(token);
  if ('navigation' in self) navigation.addEventListener('currententrychange', move);
  else load();
};

/**
 * Once a second while the page is seen, ten times while the focus is in a frame, whose blur we are not told of.
 * Listens again, because `document.open()` removes listeners (https://html.spec.whatwg.org/#document-open-steps).
 */
const beat = (): void => {
  clearTimeout(timer);
  listen(CHANGES, change);
  listen(SIGNS, feel);
  if (!isSeen()) return;
  look();
  pulse();
  move();
  loadIfUsed();
  timer = setTimeout(beat, document.activeElement instanceof HTMLIFrameElement ? 100 : 1e3);
};

const change = (event: Event): void => {
  const leaving = /ee|eh/.test(event.type);
  look(leaving);
  if (waiting) {
    if (firstSeen) start();
  } else if (leaving || !isSeen()) {
    arrive();
    hide(leaving);
  } else if ('persisted' in event && event.persisted && !('manual' in config)) show(readPath(), '');
  beat();
};

/** Scrollers inside the page may be moved by the page itself; a person who moves them wheels, drags or types. */
const feel = ({ type, target, isTrusted }: Event): void => {
  if (isTrusted && (type !== 'scroll' || target === document)) live(settle()[0]);
};

const listen = (names: string, hear: (event: Event) => void): void => {
  // Capturing, so that no page can stop them; adding a listener twice is nothing.
  for (const name of names.split(' ')) addEventListener(name, hear, { capture: true, passive: true });
};

try {
  const stub = window.comptoir;
  if (!stub?.tag) {
    token = takeToken();
    if (config.site) {
      waiting = [...(stub?.q ?? [])];
      window.comptoir = Object.assign((...command: Command) => (waiting ? waiting.push(command) : obey(command)), { tag: __TAG__ });
      replay();
      if (firstSeen) start();
      beat();
    } else console.warn('comptoir: no data-site');
  }
} catch {}
