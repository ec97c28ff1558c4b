/** The state that more than one file writes, as it is before anything happened. */
import { config } from './config.ts';
import type { Shared } from './contract.ts';
import { box } from './storage.ts';

export const shared: Shared = {
  path_: () => (box.comptoir as unknown) != 0 && location.pathname,
  // An explicit choice overrules GPC (https://www.w3.org/TR/gpc/); GPC overrules the site owner.
  mode_: (box.comptoir_mode || (!navigator.globalPrivacyControl && config.mode) || 'audience') as Shared['mode_'],
};
