/** Replaces the content of the page every half minute while it is looked at, and leaves the reader where they were. */

const EVERY_MS = 30_000;

/** Somebody is reading a definition, choosing dates or typing: not now. */
const isBusy = (main: HTMLElement) =>
  main.querySelector(':popover-open, details.drop[open], .reading-on') !== null ||
  document.activeElement?.matches('input, select, textarea') === true;

/** How to find the focused element again in the new page. */
function pathOf(element: Element | null, main: HTMLElement): string | null {
  if (!element || element === main || !main.contains(element)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const attribute = ['popovertarget', 'href'].find((name) => element.hasAttribute(name));
  if (attribute) return `${element.localName}[${attribute}="${CSS.escape(element.getAttribute(attribute) ?? '')}"]`;
  const holder = element.closest('[id]');
  return holder && holder !== main ? `#${CSS.escape(holder.id)} > ${element.localName}` : null;
}

async function refresh(main: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (answer.redirected) return location.reload();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (!fresh || isBusy(main)) return;
  const focused = pathOf(document.activeElement, main);
  for (const open of main.querySelectorAll('details[id][open]'))
    fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute('open', '');
  main.replaceChildren(...fresh.childNodes);
  document.dispatchEvent(new Event('comptoir:refreshed'));
  if (focused) main.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
}

export function keepLive(): void {
  const main = document.querySelector<HTMLElement>('main[data-live]');
  if (!main) return;
  let last = Date.now();
  const look = () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < EVERY_MS || isBusy(main)) return;
    last = Date.now();
    // Offline, or the server restarting: the figures on screen stay, and the next turn tries again.
    refresh(main).catch(() => undefined);
  };
  setInterval(look, 5_000);
  document.addEventListener('visibilitychange', look);
}
