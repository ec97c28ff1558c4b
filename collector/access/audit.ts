/** Writes down who took what out, and why: an export of raw facts leaves a trace. */

export type Audited = {
  site: number;
  actor: string;
  action: 'export_facts' | 'import' | 'remove_import' | 'set_raw_days';
  reason: string;
};

/** @param actor `token ID` or `user ID`, never a name or an address. */
export async function noteAudit(
  people: D1Database,
  { site, actor, action, reason }: Audited,
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  await people
    .prepare('INSERT INTO audit (id, at, site, actor, action, person, reason) VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6)')
    .bind(Buffer.from(random(16)).toString('hex'), nowMs, site, actor, action, reason)
    .run();
}
