/** Takes erased visitors out of the messages that were set aside because no database could take them. */
import { FACT_TABLES } from '../store/facts.ts';
import { isFacts } from './consumer.ts';
import type { ErasedVisitor } from './erase-facts.ts';

const AT_ONCE = 50;

/** Whether a fact is one of those that are erased. */
export function isErased(erased: readonly ErasedVisitor[]): (fact: { visitor?: unknown; at?: unknown }) => boolean {
  const spans = new Map<unknown, ErasedVisitor[]>();
  for (const one of erased) spans.set(one[0], [...(spans.get(one[0]) ?? []), one]);
  return ({ visitor, at }) => {
    const found = spans.get(visitor);
    return found !== undefined && typeof at === 'number' && found.some(([, from, until]) => at >= from && at < until);
  };
}

/** A parked message without them; null when nothing is left of it, the same when it had none. What is not readable as facts stays. */
function without(body: string, site: number, gone: (fact: { visitor?: unknown; at?: unknown }) => boolean): string | null {
  let facts: unknown;
  try {
    facts = JSON.parse(body);
  } catch {
    return body;
  }
  if (!isFacts(facts)) return body;
  const kept = Object.fromEntries(
    FACT_TABLES.map((table) => [table, facts[table].filter((fact) => fact.site !== site || !('visitor' in fact) || !gone(fact))]),
  );
  const count = (of: Record<string, readonly unknown[]>) => FACT_TABLES.reduce((n, table) => n + (of[table]?.length ?? 0), 0);
  const left = count(kept);
  if (left === count(facts)) return body;
  return left === 0 ? null : JSON.stringify({ ...facts, ...kept });
}

/**
 * @param after id of the parked message to go on after.
 * @returns where to go on, or null when all were looked at. What is parked later is what the tables refuse anyway.
 */
export async function eraseParked(
  events: D1Database,
  site: number,
  erased: readonly ErasedVisitor[],
  after: string,
): Promise<string | null> {
  const { results } = await events
    .prepare('SELECT id, body FROM parked WHERE id > ?1 ORDER BY id LIMIT ?2')
    .bind(after, AT_ONCE)
    .all<{ id: string; body: string }>();
  const gone = isErased(erased);
  const statements = results.flatMap(({ id, body }) => {
    const left = without(body, site, gone);
    if (left === body) return [];
    return left === null
      ? [events.prepare('DELETE FROM parked WHERE id = ?1').bind(id)]
      : [events.prepare('UPDATE parked SET body = ?2 WHERE id = ?1').bind(id, left)];
  });
  if (statements.length > 0) await events.batch(statements);
  return results.length === AT_ONCE ? (results.at(-1)?.id ?? null) : null;
}
