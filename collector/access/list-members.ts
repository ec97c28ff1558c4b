/** Who may see a site, for those who manage it. */
import { isRole, type Role } from './roles.ts';

export type Member = { name: string; email: string; role: Role; store: number | null };

export async function listMembers(people: D1Database, site: number): Promise<Member[]> {
  const { results } = await people
    .prepare(
      'SELECT u.name, u.email, m.role, m.store FROM members m JOIN user u ON u.id = m.user_id WHERE m.site = ?1 ORDER BY u.name, u.email',
    )
    .bind(site)
    .all<{ name: string; email: string; role: string; store: number | null }>();
  return results.flatMap(({ role, ...member }) => (isRole(role) ? [{ ...member, role }] : []));
}
