/** An outlet: a webhook or a connector of a site, as it is stored and listed. Its secret is opened only where it is used. */
import * as v from 'valibot';
import { seal, unseal } from '../../people/address.ts';
import { readStrings } from '../../store/sites.ts';

export const CONNECTOR_KINDS = ['brevo', 'mailchimp', 'hubspot'] as const;
export type ConnectorKind = (typeof CONNECTOR_KINDS)[number];
/** `mail`: alerts to a member. */
export type OutletKind = 'webhook' | 'mail' | ConnectorKind;
export const isConnectorKind = (text: string): text is ConnectorKind => CONNECTOR_KINDS.some((kind) => kind === text);

/** Nothing secret: where it goes. `list` is a list of Brevo, an audience of Mailchimp or a subscription type of HubSpot. */
export type OutletSettings = { url?: string | undefined; list?: string | undefined };
const settingsShape = v.object({ url: v.optional(v.string()), list: v.optional(v.string()) });

export type Outlet = {
  id: string;
  site: number;
  siteKey: string;
  kind: OutletKind;
  name: string;
  types: string[];
  settings: OutletSettings;
  createdAt: number;
  pausedAt: number | null;
  endedAt: number | null;
  endedWhy: 'gone' | 'failing' | null;
  /** The receiver asked to be left alone until then. */
  restUntil: number | null;
  workedAt: number | null;
  /** Until then the secret before the last one signs as well. */
  oldUntil: number | null;
  /** Deliveries that wait. */
  waiting: number;
  /** Of them tried, and failed, at least once. */
  retried: number;
};
export type OutletRow = {
  id: string;
  site: number;
  site_key: string;
  kind: string;
  name: string;
  types: string;
  settings: string;
  sealed: string;
  old_sealed: string | null;
  old_until: number | null;
  created_at: number;
  paused_at: number | null;
  ended_at: number | null;
  ended_why: string | null;
  rest_until: number | null;
  worked_at: number | null;
  waiting: number;
  retried: number;
};

/** The columns of `outlets o` itself, with the key of its site. */
export const OUTLET_ITSELF = 'o.*, (SELECT key FROM sites WHERE sites.id = o.site) AS site_key';
/** And how much waits for it. */
const OUTLET_COLUMNS = `${OUTLET_ITSELF},
  (SELECT count(*) FROM deliveries d WHERE d.outlet = o.id AND d.state = 'waiting') AS waiting,
  (SELECT count(*) FROM deliveries d WHERE d.outlet = o.id AND d.state = 'waiting' AND d.attempts > 0) AS retried`;

function readSettings(json: string): OutletSettings {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), settingsShape), json);
  return parsed.success ? parsed.output : {};
}

export const toOutlet = (row: OutletRow): Outlet => ({
  id: row.id,
  site: row.site,
  siteKey: row.site_key,
  kind: isConnectorKind(row.kind) ? row.kind : row.kind === 'mail' ? 'mail' : 'webhook',
  name: row.name,
  types: readStrings(row.types),
  settings: readSettings(row.settings),
  createdAt: row.created_at,
  pausedAt: row.paused_at,
  endedAt: row.ended_at,
  endedWhy: row.ended_why === 'gone' || row.ended_why === 'failing' ? row.ended_why : null,
  restUntil: row.rest_until,
  workedAt: row.worked_at,
  oldUntil: row.old_until,
  waiting: row.waiting,
  retried: row.retried,
});

const place = (site: number, id: string) => `${site}|outlet|${id}|secret`;

/** Seals a signing secret or an API key for its outlet: copied into another row it does not open. */
export const sealSecret = (
  addressSecret: string,
  outlet: { site: number; id: string },
  secret: string,
  random: (bytes: number) => Uint8Array,
): Promise<string> => seal(addressSecret, place(outlet.site, outlet.id), secret, random);

/** The secrets that sign or open now, the newest first; none when they were altered or their key is gone. */
export async function secretsOf(addressSecret: string, row: OutletRow, nowMs: number): Promise<string[]> {
  const live = [row.sealed, ...(row.old_sealed !== null && (row.old_until ?? 0) > nowMs ? [row.old_sealed] : [])];
  const opened = await Promise.all(live.map((sealed) => unseal(addressSecret, place(row.site, row.id), sealed)));
  return opened.filter((secret) => secret !== null);
}

/** The outlets of a site, the oldest first. */
export async function listOutlets(people: D1Database, site: number, which: 'webhook' | 'connector'): Promise<Outlet[]> {
  const { results } = await people
    .prepare(
      `SELECT ${OUTLET_COLUMNS} FROM outlets o WHERE o.site = ?1 AND o.kind <> 'mail' AND (o.kind = 'webhook') = ?2 ORDER BY o.created_at, o.id`,
    )
    .bind(site, which === 'webhook' ? 1 : 0)
    .all<OutletRow>();
  return results.map(toOutlet);
}

export async function outletOf(people: D1Database, site: number, id: string): Promise<Outlet | null> {
  const row = await people
    .prepare(`SELECT ${OUTLET_COLUMNS} FROM outlets o WHERE o.site = ?1 AND o.id = ?2 AND o.kind <> 'mail'`)
    .bind(site, id)
    .first<OutletRow>();
  return row ? toOutlet(row) : null;
}
