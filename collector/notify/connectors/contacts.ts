/** A person as an e-mail tool is to know them now: read at the moment of sending, and their address opened for nothing else. */
import { seal, unseal } from '../../people/address.ts';
import { wordingOf } from '../../people/wordings.ts';
import type { Delivering } from '../outlets/delivering.ts';
import type { Contact, Known } from './connector.ts';

type Row = {
  address_sealed: string | null;
  id: string | null;
  wording: string;
  wording_sha256: string;
  boxes: string;
  language: string;
  touchpoint: string;
  captured_at: number;
  confirmed_at: number | null;
};
export type Standing = { known: Known; contact: Contact | null };
type Place = { id: string; site: number };

const place = ({ site, id }: Place, person: string) => `${site}|outlet|${id}|contact|${person}`;

async function readRow(people: D1Database, site: number, person: string): Promise<Row | null> {
  return people
    .prepare(
      `SELECT p.address_sealed, o.id, o.wording, o.wording_sha256, o.boxes, o.language, o.touchpoint, o.captured_at, o.confirmed_at
       FROM persons p LEFT JOIN opt_ins o ON o.person = p.id AND o.site = p.site AND o.state = 'confirmed' AND json_extract(o.boxes, '$.news') = 1
       WHERE p.id = ?1 AND p.site = ?2 ORDER BY o.confirmed_at DESC LIMIT 1`,
    )
    .bind(person, site)
    .first<Row>();
}

/** Whether a person agrees to mails now. */
export async function isConsenting(people: D1Database, site: number, person: string): Promise<boolean> {
  return ((await readRow(people, site, person))?.id ?? null) !== null;
}

async function openAddress(d: Delivering, outlet: Place, person: string, sealed: string): Promise<string | null> {
  // Noted before it is opened: there is no reading without a trace.
  await d.people
    .prepare(
      "INSERT INTO audit (id, at, site, actor, action, person, reason) VALUES (?1, ?2, ?3, ?4, 'open_address', ?5, 'connector')",
    )
    .bind(Buffer.from(d.randomBytes(16)).toString('hex'), d.now(), outlet.site, `connector ${outlet.id}`, person)
    .run();
  return unseal(d.addressSecret, `${outlet.site}|person|${person}|address`, sealed);
}

/** What stands now, whatever was announced: an announcement that comes late must not bring back who left meanwhile. */
export async function readStanding(d: Delivering, outlet: Place, person: string): Promise<Standing> {
  const row = await readRow(d.people, outlet.site, person);
  const kept = await d.people
    .prepare('SELECT sealed FROM outlet_contacts WHERE outlet = ?1 AND person = ?2')
    .bind(outlet.id, person)
    .first<{ sealed: string }>();
  const remote = kept ? await unseal(d.addressSecret, place(outlet, person), kept.sealed) : null;
  const address = row?.address_sealed ? await openAddress(d, outlet, person, row.address_sealed) : null;
  const known = { person, address, remote };
  if (!row || row.id === null || address === null) return { known, contact: null };
  const wording = await wordingOf(d.people, outlet.site, row.wording);
  const ticked: unknown = JSON.parse(row.boxes);
  const isTicked = (name: string) => typeof ticked === 'object' && ticked !== null && Reflect.get(ticked, name) === true;
  const contact: Contact = {
    person,
    address,
    language: row.language,
    optIn: row.id,
    wording: row.wording,
    wordingSha256: row.wording_sha256,
    wordingText: (wording?.boxes ?? [])
      .filter(({ name }) => isTicked(name))
      .map(({ label }) => label)
      .join(' '),
    touchpoint: row.touchpoint === 'kiosk' ? 'kiosk' : 'web',
    capturedAt: row.captured_at,
    confirmedAt: row.confirmed_at ?? row.captured_at,
  };
  return { known, contact };
}

/** Remembers, or forgets, under which name a tool knows a person. */
export async function keepRemote(d: Delivering, outlet: Place, person: string, remote: string | null): Promise<void> {
  if (remote === null) {
    await d.people.prepare('DELETE FROM outlet_contacts WHERE outlet = ?1 AND person = ?2').bind(outlet.id, person).run();
    return;
  }
  const sealed = await seal(d.addressSecret, place(outlet, person), remote, d.randomBytes);
  await d.people
    .prepare(
      'INSERT INTO outlet_contacts (outlet, person, sealed) VALUES (?1, ?2, ?3) ON CONFLICT (outlet, person) DO UPDATE SET sealed = excluded.sealed',
    )
    .bind(outlet.id, person, sealed)
    .run();
}
