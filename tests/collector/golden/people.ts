/** The golden set's people and what they did, in words and instants: what the acts leave to be looked up. */
import { ACTS, type Act } from './acts.ts';

export type Person = {
  /** Only an id that lasts can be recognised on another day. */
  id: 'lasting' | 'day' | 'kiosk';
  engagement: boolean;
  /** country, region, city */
  place: string[];
  /** device, browser, os, language */
  on: string[];
  store: string;
  kiosk: string;
};
const web = (id: 'lasting' | 'day', mode: 'engagement' | 'audience', place: string, on: string): Person => ({
  ...{ id, engagement: mode === 'engagement', place: place.split(', '), on: on.split(', '), store: 'web', kiosk: 'web' },
});
const atKiosk = (store: string, kiosk: string): Person => ({
  ...{ id: 'kiosk', engagement: false, place: UNKNOWN.split(', '), on: ['kiosk', 'Chrome', 'Linux', 'fr'], store, kiosk },
});
const UNKNOWN = '(none), (none), (none)';
const PARIS = 'FR, Île-de-France, Paris';
const PC = 'desktop, Chrome, Windows, fr';
const PHONE = 'mobile, Safari, iOS, de';
const TABLET = 'tablet, Firefox, Android, en';

const PEOPLE: Record<string, Person> = {
  V1: web('lasting', 'engagement', PARIS, PC),
  V2: web('lasting', 'audience', 'DE, Berlin, Berlin', PHONE),
  V3: web('lasting', 'engagement', 'FR, Bretagne, Rennes', PC),
  V4: web('lasting', 'audience', PARIS, PC),
  V5: web('lasting', 'engagement', UNKNOWN, TABLET),
  D1: web('day', 'audience', UNKNOWN, TABLET),
  D2: web('day', 'audience', PARIS, PHONE),
  K1: atKiosk('Paris', 'Entrance'),
  K2: atKiosk('Paris', 'Entrance'),
  K3: atKiosk('Lyon', 'Hall'),
  Paris: atKiosk('Paris', 'Entrance'),
  Lyon: atKiosk('Lyon', 'Hall'),
};
/** Who clicked in the mail, and so confirmed an opt-in. */
const CONFIRMED = ['V1'];

/** @property names whether the act makes its visitor known. */
export type Done = Act & { at: number; day: string; hour: string; person: Person; confirmed: boolean; names: boolean };
const all = ACTS.map((act): Done => {
  const [day = '', time = '', winter] = act.wall.split(' ');
  const zone = winter ? '+01:00' : '+02:00';
  const person = PEOPLE[act.who];
  if (!person) throw new Error(`nobody is called ${act.who}`);
  const confirmed = act.what === 'opt-in' && CONFIRMED.includes(act.who);
  return {
    ...{ ...act, person, confirmed, names: confirmed || act.what === 'identify' },
    at: Date.parse(`2026-10-${day}T${time.length === 5 ? `${time}:00` : time}${zone}`),
    day: `2026-10-${day}`,
    hour: `2026-10-${day}T${time.slice(0, 2)}:00${zone}`,
  };
});
export const EXPOSURES = all.filter(({ what }) => what === 'exposure');
/** In the order in which they happened. */
export const DONE = all.filter(({ what }) => what !== 'exposure').sort((a, b) => a.at - b.at);
