/** Tells an e-mail tool of everybody who agrees now: for a tool that is connected when there are opt-ins already. */

/** Rows of one statement. */
const AT_ONCE = 2_000;

/**
 * Queues one message for each person with a confirmed opt-in for mails. What is sent is how they stand then, so doing it again
 * changes nothing in the tool.
 *
 * @param run names this run: `msg_` and random digits.
 * @returns how many persons, or null when the site has no such connector, or it has ended.
 */
export async function tellAll(
  people: D1Database,
  site: number,
  outlet: string,
  nowMs: number,
  run: string,
): Promise<number | null> {
  const found = await people
    .prepare(
      "SELECT 1 AS is_there FROM outlets WHERE id = ?1 AND site = ?2 AND kind NOT IN ('webhook', 'mail') AND ended_at IS NULL",
    )
    .bind(outlet, site)
    .first();
  if (!found) return null;
  let told = 0;
  for (let after: string | null = ''; after !== null; ) {
    const { results }: D1Result<{ person: string; opt_in: string }> = await people
      .prepare(
        `SELECT person, max(id) AS opt_in FROM opt_ins WHERE site = ?1 AND state = 'confirmed' AND json_extract(boxes, '$.news') = 1 AND person > ?2
         GROUP BY person ORDER BY person LIMIT ${AT_ONCE}`,
      )
      .bind(site, after)
      .all<{ person: string; opt_in: string }>();
    const rows = JSON.stringify(results.map(({ person, opt_in }) => [`${run}.${person}`, JSON.stringify({ opt_in, person })]));
    await people.batch([
      people
        .prepare(
          "INSERT INTO announcements (id, site, type, data, at) SELECT value->>0, ?2, 'optin.confirmed', value->>1, ?3 FROM json_each(?1)",
        )
        .bind(rows, site, nowMs),
      people
        .prepare(
          "INSERT INTO deliveries (id, announcement, outlet, at, next_at) SELECT (value->>0) || '.' || ?2, value->>0, ?2, ?3, ?3 FROM json_each(?1)",
        )
        .bind(rows, outlet, nowMs),
    ]);
    told += results.length;
    after = results.length === AT_ONCE ? (results.at(-1)?.person ?? null) : null;
  }
  return told;
}
