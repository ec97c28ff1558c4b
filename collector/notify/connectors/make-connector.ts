/** Makes a connector: its key is sealed at once, and shown to nobody again. */
import { cleanText } from '../../store/clean-text.ts';
import { type Change, makeOutlet, OUTLET_NAME_CHARS } from '../outlets/change-outlets.ts';
import type { ConnectorKind } from '../outlets/outlet.ts';
import type { AnnouncementType } from '../webhooks/announcement-types.ts';
import { CONNECTORS } from './send-to-connector.ts';

/** What moves a person in an e-mail tool. */
const TYPES: readonly AnnouncementType[] = ['optin.confirmed', 'optin.withdrawn', 'person.erased'];
const KEY = /^[\x21-\x7e]{8,300}$/;

export type WantedConnector = {
  site: number;
  kind: ConnectorKind;
  name: string;
  key: string;
  list: string;
  createdBy: string | null;
};

/** @returns its id, or why it is not taken. */
export async function makeConnector(
  change: Change,
  { site, kind, name, key, list, createdBy }: WantedConnector,
): Promise<{ id: string } | 'bad_key' | 'bad_list' | 'too_many'> {
  const connector = CONNECTORS[kind];
  const [cleanKey, cleanList] = [key.trim(), list.trim()];
  if (!KEY.test(cleanKey) || connector.origin(cleanKey) === null) return 'bad_key';
  if (!connector.isList(cleanList)) return 'bad_list';
  const about = {
    site,
    kind,
    name: cleanText(name, OUTLET_NAME_CHARS) || kind,
    types: TYPES,
    settings: { list: cleanList },
    createdBy,
  };
  const id = await makeOutlet(change, about, cleanKey);
  return id === null ? 'too_many' : { id };
}
