/**
 * Parameters by which ad networks and platforms recognise a click. Only their names mean something here: a value identifies a
 * person's click to the network, so it is never read, and nothing of it is stored.
 */

/** `medium` is what such a click is when `utm_medium` says nothing; null where the platform marks unpaid clicks as well. */
export type ClickId = { name: string; source: string; medium: 'cpc' | 'display' | 'affiliate' | null };

/** All of those whose names the tag sends by their shape (snippet/message.ts). The first one present counts. */
export const CLICK_IDS: readonly ClickId[] = [
  { name: 'gclid', source: 'Google', medium: 'cpc' },
  { name: 'gbraid', source: 'Google', medium: 'cpc' },
  { name: 'wbraid', source: 'Google', medium: 'cpc' },
  { name: 'dclid', source: 'Google', medium: 'display' },
  { name: 'msclkid', source: 'Bing', medium: 'cpc' },
  { name: 'ttclid', source: 'TikTok', medium: 'cpc' },
  { name: 'twclid', source: 'X', medium: 'cpc' },
  { name: 'li_fat_id', source: 'LinkedIn', medium: 'cpc' },
  { name: 'yclid', source: 'Yandex', medium: 'cpc' },
  { name: 'qclid', source: 'Quora', medium: 'cpc' },
  { name: 'irclickid', source: 'Impact', medium: 'affiliate' },
  // Facebook and Instagram put it on every link that leaves them, paid or not.
  { name: 'fbclid', source: 'Facebook', medium: null },
];

const byName = new Map(CLICK_IDS.map((id) => [id.name, id]));

/** What the click id of a name says, or null. */
export const clickIdNamed = (name: string | null): ClickId | null => (name === null ? null : (byName.get(name) ?? null));
