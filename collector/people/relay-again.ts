/** The addressless fact of an opt-in once more, after something happened to it: EVENTS keeps what grew and ignores the rest. */
import { readRelayed } from '../ingest/relay-opt-ins.ts';
import { splitWireId } from '../store/wire-id.ts';

/** What an opt-in's row says of its fact. */
export type RelaySource = {
  site: number;
  id: string;
  captured_at: number;
  visitor: number;
  kiosk: number;
  store: number;
  host: string;
  path: string;
  touchpoint: string;
  relay: string | null;
};

/**
 * JSON for `opt_ins.relay`. A submission that still waits to be relayed keeps everything it says; a fact that EVENTS has already
 * is named by its id alone.
 *
 * @param change when it was confirmed and when it ended, in epoch ms; null = not.
 */
export function relayAgain(row: RelaySource, change: { confirmedAt: number | null; endedAt: number | null }): string {
  const waiting = row.relay ? readRelayed(row.relay) : null;
  const { born, rand } = splitWireId(row.id);
  const fact = waiting?.fact ?? {
    site: row.site,
    born,
    rand,
    at: row.captured_at,
    visitor: row.visitor,
    kind: row.touchpoint === 'kiosk' ? 2 : 0,
    store: row.store,
    kiosk: row.kiosk,
    mode: 0,
    page: 0,
    flags: 0,
  };
  const page = waiting?.page ?? { site: row.site, hash: 0, host: row.host, path: row.path, page_group: null };
  return JSON.stringify({ fact: { ...fact, confirmed_at: change.confirmedAt, ended_at: change.endedAt }, page });
}
