/** What every page knows of its reader, and which entry of the navigation it stands under. */
import type { Site } from '../collector/store/sites.ts';

/** Who is signed in, at which site, and which pages are open to them. */
export type Frame = {
  name: string;
  sites: Site[];
  site: Site | null;
  figures: boolean;
  fleet: boolean;
  mails: boolean;
  settings: boolean;
  files: boolean;
  wordings?: boolean;
  people?: boolean;
};
export type Place =
  | 'overview'
  | 'channels'
  | 'kiosks'
  | 'mails'
  | 'collection'
  | 'tokens'
  | 'connections'
  | 'optInFiles'
  | 'imports'
  | 'wordings'
  | 'people'
  | 'help'
  | 'none';
