/** Replaces what is live on the page while it is looked at, and leaves the reader where they were: the strip of what happens now, or all of it. */

/** What is replaced, where a newer one is found, and how often. */
type Live = { selector: string; address: () => string | undefined; everyMs: number };

const LIVE: Live[] = [
  { selector: 'main[data-live]', address: () => location.href, everyMs: 30_000 },
  { selector: '#now', address: () => document.getElementById('now')?.dataset.now, everyMs: 15_000 },
];

/** Somebody is reading a definition, choosing dates or typing: not now. */
const isBusy = (part: Element) =>
  part.querySelector(':popover-open, details.drop[open], .reading-on') !== null ||
  document.activeElement?.matches('input, select, textarea') === true;

/** How to find the focused element again in the new part. */
function pathOf(element: Element | null, part: Element): string | null {
  if (!element || element === part || !part.contains(element)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const attribute = ['popovertarget', 'href'].find((name) => element.hasAttribute(name));
  if (attribute) return `${element.localName}[${attribute}="${CSS.escape(element.getAttribute(attribute) ?? '')}"]`;
  const holder = element.closest('[id]');
  return holder && holder !== part ? `#${CSS.escape(holder.id)} > ${element.localName}` : null;
}

/** Tags of what is on screen, by address: what has not changed is not sent again. */
const tags = new Map<string, string>();

async function refresh(selector: string, address: string): Promise<void> {
  const tag = tags.get(address);
  const answer = await fetch(address, { headers: { accept: 'text/html', ...(tag ? { 'if-none-match': tag } : {}) } });
  if (answer.redirected) return location.reload();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(selector);
  const part = document.querySelector(selector);
  if (!fresh || !part || isBusy(part)) return;
  const focused = pathOf(document.activeElement, part);
  for (const open of part.querySelectorAll('details[id][open]'))
    fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute('open', '');
  part.replaceChildren(...fresh.childNodes);
  tags.set(address, answer.headers.get('etag') ?? '');
  document.dispatchEvent(new Event('comptoir:refreshed'));
  if (focused) part.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
}

export function keepLive(): void {
  const last = new Map(LIVE.map(({ selector }) => [selector, Date.now()]));
  const look = () => {
    if (document.visibilityState !== 'visible') return;
    for (const { selector, address, everyMs } of LIVE) {
      const part = document.querySelector(selector);
      const from = address();
      if (!part || !from || Date.now() - (last.get(selector) ?? 0) < everyMs || isBusy(part)) continue;
      last.set(selector, Date.now());
      // Offline, or the server restarting: the figures on screen stay, and the next turn tries again.
      refresh(selector, from).catch(() => undefined);
    }
  };
  setInterval(look, 5_000);
  document.addEventListener('visibilitychange', look);
}
