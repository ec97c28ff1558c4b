/** Writes down who took what out or changed what people agree to, and why: whatever opens an address leaves a trace. */

export type Audited = {
  site: number;
  actor: string;
  action:
    | 'export_facts'
    | 'import'
    | 'remove_import'
    | 'set_raw_days'
    | 'set_mail'
    | 'send_held'
    | 'drop_held'
    | 'make_outlet'
    | 'change_outlet'
    | 'remove_outlet'
    | 'export_opt_ins'
    | 'take_returns'
    | 'add_wording'
    | 'retire_wording'
    | 'remove_wording'
    | 'see_address'
    | 'find_address'
    | 'withdraw'
    | 'export_proof'
    | 'erase_person';
  reason: string;
  /** Whose address or proof it was. */
  person?: string;
};

/** @param actor `token ID` or `user ID`, never a name or an address. */
export async function noteAudit(
  people: D1Database,
  { site, actor, action, reason, person }: Audited,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  await people
    .prepare('INSERT INTO audit (id, at, site, actor, action, person, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?7, ?6)')
    .bind(Buffer.from(random(16)).toString('hex'), nowMs, site, actor, action, reason, person ?? null)
    .run();
}
