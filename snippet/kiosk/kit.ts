/** What `kiosk.js` and `kiosk.x.js` say to each other. The two may be of different ages: add names, never change one. */
import type { KioskSettings } from '../../collector/wire.ts';
import type { Announce } from './announce.ts';
import type { Transact } from './kiosk-database.ts';

export type Kit = {
  /** The attributes and the address of the script element. */
  config: DOMStringMap;
  src: string;
  codes: { enrol?: string; provision?: string; seal?: string };
  /** Made anew with every page, and what the wall clock is ahead of `performance.now()`. */
  boot: string;
  base: () => number;
  transact: Transact;
  /** Whether nothing can be stored here, and the page's memory has to do. An older kiosk.js has no such place. */
  memory?: () => boolean;
  announce: Announce;
  /** Settings from the collector: kept, and obeyed from now on. */
  settle: (settings: KioskSettings, version: string) => void;
  /** Settings and version as they are now. */
  settings: () => { settings: KioskSettings; version: string };
  /** Ends the visit and forgets the person. */
  reset: () => void;
  /** Names of errors of our own. */
  errors: string[];
};

/** How `kiosk.x.js` is called, once. */
export type Extra = {
  flush: () => void;
  /** Sends one message now; says whether the collector has it. If not, it is forgotten. */
  deliver?: (key: string) => Promise<boolean>;
};
export type StartExtra = (kit: Kit) => Extra;
