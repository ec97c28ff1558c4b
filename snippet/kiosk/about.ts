/** What every message of a kiosk carries. */
import { config } from '../config.ts';
import { makeDatedId } from './clock.ts';

/** A fixed screen has no consent tool of its own: the mode is what the page's owner wrote. */
export const mode = config.mode === 'engagement' ? 'engagement' : 'audience';

/** Origin and path, never a query: a kiosk's address may carry its settings. */
export const urlOf = (path: string): string => (location.origin + (path.startsWith('/') ? path : `/${path}`)).slice(0, 2048);

export const describe = (url: string, visitor?: string) =>
  ({ id: makeDatedId(), url, mode, ...(visitor && { visitor }) }) as const;
