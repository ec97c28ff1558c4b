/** Rows of one opt-in: what was asked, as it was sent, and the first words of its ledger. */
import { cleanText } from '../store/clean-text.ts';
import { appendEntries, commitAddress, forEach, type LedgerHead, purposesOf } from './ledger.ts';
import type { HeldFor } from './mail-quotas.ts';
import type { Confirmer } from './mail-settings.ts';
import type { OptInReception } from './opt-in-reception.ts';
import type { WordingBox } from './wordings.ts';

export type Checked = { address: string; addressIndex: string; wordingSha256: string; language: string; shown: WordingBox[] };
/** What PEOPLE already has of an opt-in, its address and its site. */
export type Before = {
  /** Its person was erased after this was given. */
  erased: boolean;
  known: boolean;
  person: string | null;
  head: LedgerHead;
  /** The address was mailed within a day, or has a mail that waits. */
  mailed: boolean;
  confirmedBy: Confirmer;
  hourly: number;
  store: { name: string; zone: string } | null;
};

/** Between receipt and storage lie moments, unless somebody had to decide about the screen first. */
const SET_ASIDE_MS = 60_000;

export const touchpointOf = (r: Pick<OptInReception, 'fact'>) => (r.fact.kind === 2 ? 'kiosk' : 'web');

export function insertOptIn(
  r: OptInReception,
  checked: Checked,
  before: Before,
  own: { person: string; heldFor: HeldFor | null; tokenHash: string },
): D1PreparedStatement {
  return r.people
    .prepare(
      `INSERT INTO opt_ins (site, id, person, wording, wording_sha256, language, boxes, touchpoint, store, kiosk, visitor, host, path, tag_version,
         captured_raw_at, captured_at, received_at, state, confirm_token_hash, relay, held_for, confirmed_by, asked_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23) ON CONFLICT (site, id) DO NOTHING`,
    )
    .bind(
      r.site.id,
      r.message.id,
      own.person,
      r.message.wording,
      checked.wordingSha256,
      checked.language,
      JSON.stringify(r.message.boxes),
      touchpointOf(r),
      r.fact.store,
      r.fact.kiosk,
      r.fact.visitor,
      r.page.host,
      r.page.path,
      r.tagVersion,
      r.fact.born,
      r.capturedAt,
      r.receivedAt,
      own.heldFor === null ? 'pending' : 'held',
      own.tokenHash,
      JSON.stringify({ fact: r.fact, page: r.page }),
      own.heldFor,
      before.confirmedBy,
      r.takenAt - r.receivedAt > SET_ASIDE_MS ? r.takenAt : null,
    );
}

/** The chain's first word on each purpose, with all that proves it. */
export function writeSubmitted(
  r: OptInReception,
  checked: Checked,
  before: Before,
  { person, heldFor }: { person: string; heldFor: HeldFor | null },
): D1PreparedStatement[] {
  const { message, random } = r;
  const addressSalt = Buffer.from(random(16)).toString('hex');
  const detail = {
    addressSalt,
    addressSha256: commitAddress(addressSalt, checked.address),
    wording: message.wording,
    wordingSha256: checked.wordingSha256,
    language: cleanText(message.language ?? '', 20) || checked.language,
    // No box is ever ticked beforehand: a form that did so was refused above.
    boxes: checked.shown.map(({ name }) => ({ name, before: false, after: message.boxes[name] === true })),
    method: 'checkbox+button',
    touchpoint: touchpointOf(r),
    store: r.fact.store,
    kiosk: r.fact.kiosk,
    host: r.page.host,
    path: r.page.path,
    capturedRawAt: r.fact.born,
    capturedAt: r.capturedAt,
    receivedAt: r.receivedAt,
    held: heldFor ?? false,
    tagVersion: r.tagVersion,
  };
  const about = { person, site: r.site.id, optIn: message.id, at: r.receivedAt, detail };
  return appendEntries(r.people, forEach(purposesOf(message.boxes), { ...about, kind: 'submitted' }), before.head, random);
}
