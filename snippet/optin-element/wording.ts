/** The wording as the registry has it. Written once and never changed, so a copy is as good as the original. */
export type Wording = {
  id: string;
  language: string;
  title: string;
  boxes: { name: string; label: string }[];
  note: string;
  privacyUrl: string;
};

const known = new Map<string, Wording>();

const isWording = (value: unknown): value is Wording => typeof value === 'object' && value !== null && 'boxes' in value;

/**
 * By its id: from memory, from the collector, else from the copy that a kiosk keeps for the day without a network. On the web
 * the browser's own cache has it for a year, and nothing of ours is stored.
 */
export const readWording = async (id: string, kiosk: boolean): Promise<Wording | undefined> => {
  const key = `comptoir.w:${id}`;
  const site = document.querySelector<HTMLElement>('script[data-site]')?.dataset.site;
  try {
    if (!known.has(id)) {
      const answer = await fetch(new URL(`/w/${site}/${encodeURIComponent(id)}`, import.meta.url), {
        credentials: 'omit',
        signal: AbortSignal.timeout(9e3),
      });
      // A captive portal answers, too.
      const wording: unknown = await answer.json();
      if (isWording(wording)) known.set(id, wording);
      if (kiosk && isWording(wording)) localStorage[key] = JSON.stringify(wording);
    }
  } catch {}
  try {
    if (kiosk && !known.has(id)) known.set(id, JSON.parse(localStorage[key]));
  } catch {}
  return known.get(id);
};

/** Of several wordings the one in the shown language, else the first. */
export const chooseWording = async (ids: string[], language: string, kiosk: boolean): Promise<Wording | undefined> => {
  const wordings = await Promise.all(ids.map((id) => readWording(id, kiosk)));
  return (
    wordings.find((wording) => wording?.language.slice(0, 2) === language.slice(0, 2)) ?? wordings.find((wording) => wording)
  );
};
