/** One message: what every message says about its page and its visitor, and what this one says itself. */
import { config } from './config.ts';
import type { Kind, Of, Part } from './contract.ts';
import { makeId } from './id.ts';
import { flush, keep } from './outbox.ts';
import { shared } from './shared.ts';
import { box, store } from './storage.ts';

/**
 * Nothing is made where nothing is measured. Several messages of one task travel together.
 * @param ago milliseconds from the happening until now.
 */
export const make = <K extends Kind>(kind: K, part: Part<K>, ago?: number): Of<K> | undefined => {
  const path = shared.path_(kind);
  if (path) {
    // In engagement mode the campaign goes with the address, and the names, never the values, of click ids: gclid, gbraid, wbraid,
    // fbclid, msclkid, ttclid, twclid, li_fat_id, yclid and what looks like them.
    const query = shared.mode_ > 'b' && location.search.match(/utm_\w+=[^&]*|\w+[lkat]_?id=/g);
    // An id begins with its birth. It lives 393 days, never extended; thirteen months are allowed
    // (https://www.cnil.fr/en/sheet-ndeg16-use-analytics-your-websites-and-applications).
    (box.comptoir as string) > makeId(34e9) || store('comptoir', makeId());
    part = {
      id: makeId(ago),
      kind,
      url: (location.origin + path + (query ? '?' + query.join('&') : '')).slice(0, 2048),
      mode: shared.mode_,
      visitor: box.comptoir,
      group: config.pageGroup,
      ...part,
    };
    keep(part as Of<K>);
    setTimeout(flush);
    return part as Of<K>;
  }
  return undefined;
};
