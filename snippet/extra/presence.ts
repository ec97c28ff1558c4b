/** What else is somebody there: playing media, a look into a frame; and how far down the page they came. */
import { shared } from './core.ts';
import { move } from './paths.ts';

/** Furthest scroll position: the lower edge of the window, in percent of the document. */
const deepen = (): void => {
  const view = shared.view_;
  const height = document.scrollingElement?.scrollHeight;
  if (view && height)
    view.scroll = Math.min(100, Math.max(view.scroll ?? 0, Math.round(((scrollY + innerHeight) / height) * 100)));
};

/** Called with every heartbeat. `document.open()` removes listeners, and adding one twice is nothing. */
export const watchPresence = (): void => {
  deepen();
  addEventListener('scroll', deepen, { capture: true, passive: true });
  if (shared.on_) addEventListener('timeupdate', shared.on_, true);
  // We are not told when the focus leaves a frame for another window: asked ten times a second, by turns with the heartbeat.
  if (document.activeElement?.tagName === 'IFRAME') setTimeout(move, 100);
};
