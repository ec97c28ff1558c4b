/** The secret of a site's day, for visitors without storage. */

const cached = new Map<string, string>();

/** The day's salt, made by whoever needs it first. `fresh` is used only when there is none yet. */
export async function saltOfDay(events: D1Database, site: number, day: number, fresh: () => string): Promise<string> {
  const key = `${site} ${day}`;
  const known = cached.get(key);
  if (known) return known;
  const [, chosen] = await events.batch<{ salt: string }>([
    events
      .prepare('INSERT INTO salts (site, day, salt) VALUES (?1, ?2, ?3) ON CONFLICT (site, day) DO NOTHING')
      .bind(site, day, fresh()),
    events.prepare('SELECT salt FROM salts WHERE site = ?1 AND day = ?2').bind(site, day),
  ]);
  const salt = chosen?.results[0]?.salt;
  if (!salt) throw new Error('salts: a row just written was not found');
  // Two days at most are in use; an isolate must not outlive the promise that a salt is forgotten.
  for (const other of cached.keys()) if (other.startsWith(`${site} `) && other !== key) cached.delete(other);
  cached.set(key, salt);
  return salt;
}

/** Forgets the salts of days that are over. The day before is kept for hits in flight at midnight. */
export async function forgetSalts(events: D1Database, site: number, today: number): Promise<void> {
  await events
    .prepare('DELETE FROM salts WHERE site = ?1 AND day < ?2')
    .bind(site, today - 1)
    .run();
}
