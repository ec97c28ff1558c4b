/** Takes an opt-in into PEOPLE: person, ledger and mail in one transaction, before it is acknowledged. */
import { announce } from '../notify/webhooks/announce.ts';
import { cleanText } from '../store/clean-text.ts';
import type { Facts, OptInFact } from '../store/facts.ts';
import type { Site } from '../store/sites.ts';
import type { OptInMessage, Refusal } from '../wire.ts';
import { indexAddress, normaliseAddress, seal, sha256 } from './address.ts';
import { appendEntries, CHAIN_START, commitAddress, forEach, type LedgerHead, purposesOf } from './ledger.ts';
import { type WordingBox, wordingOf } from './wordings.ts';

export type PeopleSecrets = { ADDRESS_SECRET: string; INDEX_SECRET: string };
export type OptInReception = {
  people: D1Database;
  secrets: PeopleSecrets;
  site: Site;
  message: OptInMessage & { email: string };
  /** The addressless fact that goes to EVENTS, with the dictionary entries it needs. */
  fact: OptInFact;
  /** When the person did it, corrected; the fact may be counted on another day. */
  capturedAt: number;
  /** Older than thirty days: kept and counted, but mailed only after a person's decision. */
  held: boolean;
  page: Facts['pages'][number];
  receivedAt: number;
  tagVersion: string | null;
  random: (bytes: number) => Uint8Array;
};

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

type Checked = { address: string; wordingSha256: string; language: string; shown: WordingBox[] };

/** Why an opt-in cannot be taken as it stands, or its checked parts. */
async function check(r: OptInReception, address: string | null): Promise<Refusal | Checked> {
  if (!address) return 'bad_address';
  // A box that stood ticked is no act of the person (CJEU C-673/17, Planet49).
  if (r.message.ticked && r.message.ticked.length > 0) return 'box_ticked';
  const wording = await wordingOf(r.people, r.site.id, r.message.wording);
  if (!wording) return 'unknown_wording';
  const known = new Set(wording.boxes.map((box) => box.name));
  const ticked = Object.entries(r.message.boxes).filter(([, value]) => value);
  if (Object.keys(r.message.boxes).some((name) => !known.has(name))) return 'unknown_wording';
  if (!ticked.some(([name]) => name === 'news')) return 'no_box';
  return { address, wordingSha256: wording.sha256, language: wording.language, shown: wording.boxes };
}

/**
 * Stores one opt-in: the sealed address, the ledger's first entry, the confirmation mail to send, and the fact to relay.
 *
 * @returns null when it is stored (now or earlier: the client's id makes a repeat harmless), or the reason it was refused. The
 * answer is the same whether the address is known or not.
 * @throws when PEOPLE does not answer: the caller must not acknowledge.
 */
export async function receiveOptIn(r: OptInReception): Promise<Refusal | null> {
  const address = normaliseAddress(r.message.email);
  for (let attempt = 0; ; attempt += 1) {
    const before = await readBefore(r, address ?? '');
    if (before.known) return null;
    const checked = await check(r, address);
    if (typeof checked === 'string') return checked;
    try {
      await r.people.batch(await statements(r, checked, before));
      return null;
    } catch (error) {
      // Another opt-in of the same person took the ledger's next place: read the head again.
      if (attempt >= 3 || !/UNIQUE constraint failed/.test(String(error))) throw error;
    }
  }
}

type Before = { known: boolean; person: string | null; head: LedgerHead };

/** What PEOPLE already has of this opt-in and its address, in one reading. */
async function readBefore(r: OptInReception, address: string): Promise<Before> {
  const row = await r.people
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM opt_ins WHERE site = ?1 AND id = ?2) AS known, p.id AS person, l.sequence AS sequence, l.row_hash AS row_hash
       FROM (SELECT 1) LEFT JOIN persons p ON p.site = ?1 AND p.address_index = ?3
       LEFT JOIN ledger l ON l.person = p.id AND l.sequence = (SELECT max(sequence) FROM ledger WHERE person = p.id)`,
    )
    .bind(r.site.id, r.message.id, indexAddress(r.secrets.INDEX_SECRET, r.site.key, address))
    .first<{ known: number; person: string | null; sequence: number | null; row_hash: string | null }>();
  return {
    known: row?.known === 1,
    person: row?.person ?? null,
    head: { sequence: row?.sequence ?? 0, rowHash: row?.row_hash ?? CHAIN_START },
  };
}

async function statements(r: OptInReception, checked: Checked, before: Before): Promise<D1PreparedStatement[]> {
  const { people, site, message, secrets, random } = r;
  const addressIndex = indexAddress(secrets.INDEX_SECRET, site.key, checked.address);
  const person = before.person ?? hex(random(16));
  const token = Buffer.from(random(32)).toString('base64url');
  const mail = hex(random(16));
  const boxes = JSON.stringify(message.boxes);
  const addressSalt = hex(random(16));
  const relay = JSON.stringify({ fact: r.fact, page: r.page });
  const touchpoint = r.fact.kind === 2 ? 'kiosk' : 'web';
  const list: D1PreparedStatement[] = [];
  if (!before.person) {
    const sealed = await seal(secrets.ADDRESS_SECRET, `${site.id}|person|${person}|address`, checked.address, random);
    list.push(
      people
        .prepare('INSERT INTO persons (id, site, address_index, address_sealed, created_at) VALUES (?1, ?2, ?3, ?4, ?5)')
        .bind(person, site.id, addressIndex, sealed, r.receivedAt),
    );
  }
  list.push(
    people
      .prepare(
        `INSERT INTO opt_ins (site, id, person, wording, wording_sha256, language, boxes, touchpoint, store, kiosk, visitor, host, path, tag_version,
           captured_raw_at, captured_at, received_at, state, confirm_token_hash, relay)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20) ON CONFLICT (site, id) DO NOTHING`,
      )
      .bind(
        site.id,
        message.id,
        person,
        message.wording,
        checked.wordingSha256,
        checked.language,
        boxes,
        touchpoint,
        r.fact.store,
        r.fact.kiosk,
        r.fact.visitor,
        r.page.host,
        r.page.path,
        r.tagVersion,
        r.fact.born,
        r.capturedAt,
        r.receivedAt,
        r.held ? 'held' : 'pending',
        sha256(token),
        relay,
      ),
    ...appendEntries(
      people,
      forEach(purposesOf(message.boxes), {
        person,
        site: site.id,
        optIn: message.id,
        kind: 'submitted',
        at: r.receivedAt,
        detail: {
          addressSalt,
          addressSha256: commitAddress(addressSalt, checked.address),
          wording: message.wording,
          wordingSha256: checked.wordingSha256,
          language: cleanText(message.language ?? '', 20) || checked.language,
          // No box is ever ticked beforehand: a form that did so was refused above.
          boxes: checked.shown.map(({ name }) => ({ name, before: false, after: message.boxes[name] === true })),
          method: 'checkbox+button',
          touchpoint,
          store: r.fact.store,
          kiosk: r.fact.kiosk,
          host: r.page.host,
          path: r.page.path,
          capturedRawAt: r.fact.born,
          capturedAt: r.capturedAt,
          receivedAt: r.receivedAt,
          held: r.held,
          tagVersion: r.tagVersion,
        },
      }),
      before.head,
      random,
    ),
  );
  const told = { opt_in: message.id, person, touchpoint, store: r.fact.store, kiosk: r.fact.kiosk, wording: message.wording };
  list.push(...announce(people, { site: site.id, type: 'optin.submitted', data: told, at: r.receivedAt, id: message.id }));
  if (!r.held)
    list.push(await confirmationMail(r, { person, mail, token, address: checked.address, language: checked.language }));
  return list;
}

/** One confirmation mail per address and 24 hours, whatever the number of opt-ins: the condition is part of the insert. */
async function confirmationMail(
  r: OptInReception,
  m: { person: string; mail: string; token: string; address: string; language: string },
): Promise<D1PreparedStatement> {
  const sealed = await seal(
    r.secrets.ADDRESS_SECRET,
    `${r.site.id}|mail|${m.mail}`,
    JSON.stringify({ to: m.address, token: m.token, capturedAt: r.capturedAt }),
    r.random,
  );
  return r.people
    .prepare(
      `INSERT INTO mails (id, site, person, kind, language, sealed, created_at) SELECT ?1, ?2, ?3, 'confirmation', ?4, ?5, ?6
       WHERE NOT EXISTS (SELECT 1 FROM mails WHERE person = ?3 AND kind = 'confirmation' AND created_at > ?6 - 86400000)`,
    )
    .bind(m.mail, r.site.id, m.person, m.language, sealed, r.receivedAt);
}

/** Whether an opt-in was stored before, whatever became of it. */
export async function isOptInStored(people: D1Database, site: number, id: string): Promise<boolean> {
  return (await people.prepare('SELECT 1 AS is_there FROM opt_ins WHERE site = ?1 AND id = ?2').bind(site, id).first()) !== null;
}
