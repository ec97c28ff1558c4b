/**
 * What an erasure removes from PEOPLE, table by table, in the order in which foreign keys let it go. Parameters: `?1` person, `?2` site,
 * `?3` index of the address. A table with persons in it that is not here fails a test.
 */
const TOLD = "SELECT id FROM announcements WHERE site = ?2 AND json_extract(data, '$.person') = ?1";
export const ERASED_TABLES: readonly { table: string; sql: string }[] = [
  // What the brand's programs were told, or would have been: they are told of the erasure instead.
  {
    table: 'delivery_attempts',
    sql: `DELETE FROM delivery_attempts WHERE delivery IN (SELECT id FROM deliveries WHERE announcement IN (${TOLD}))`,
  },
  { table: 'deliveries', sql: `DELETE FROM deliveries WHERE announcement IN (${TOLD})` },
  { table: 'announcements', sql: `DELETE FROM announcements WHERE id IN (${TOLD})` },
  { table: 'local_mails', sql: 'DELETE FROM local_mails WHERE id IN (SELECT id FROM mails WHERE person = ?1 AND site = ?2)' },
  { table: 'mails', sql: 'DELETE FROM mails WHERE person = ?1 AND site = ?2' },
  { table: 'mailed_addresses', sql: 'DELETE FROM mailed_addresses WHERE site = ?2 AND address_index = ?3' },
  { table: 'my_data_links', sql: 'DELETE FROM my_data_links WHERE person = ?1 AND site = ?2' },
  // On a browser that others use nobody inherits the time: it becomes nobody's.
  {
    table: 'links',
    sql: `DELETE FROM links WHERE site = ?2 AND person = ?1 AND NOT EXISTS (SELECT 1 FROM links o WHERE o.site = ?2 AND o.visitor = links.visitor AND o.person <> ?1)`,
  },
  { table: 'identities', sql: 'DELETE FROM identities WHERE person = ?1 AND site = ?2' },
  { table: 'opt_ins', sql: 'DELETE FROM opt_ins WHERE person = ?1 AND site = ?2' },
  // Who looked at whom, and when, stays for a year; why may say whom.
  { table: 'audit', sql: "UPDATE audit SET reason = '' WHERE person = ?1 AND site = ?2" },
  // Tokens of mailed links go with the person (ON DELETE CASCADE); links of shared browsers lose their person (SET NULL).
  { table: 'persons', sql: 'DELETE FROM persons WHERE id = ?1 AND site = ?2' },
];
