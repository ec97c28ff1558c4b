/** How far the copy of a site has come: the cursor of its move, as text in the database that receives. */

const STAGES = ['facts', 'rollups', 'visitors', 'imports', 'imported-cells', 'closing', 'catch-up'] as const;
/** What the receiving side does now: `table` counts through COPIED_TABLES, `after` is the last key that was copied, `key` one with a text in it. */
export type Stage = { stage: (typeof STAGES)[number]; table?: number; after?: number[]; key?: (number | string)[] };

export const FIRST_STAGE: Stage = { stage: 'facts', table: 0, after: [-1, -1] };
export const spellStage = (stage: Stage): string => JSON.stringify(stage);

/** @throws on a text that we never wrote. */
export function readStage(cursor: string): Stage {
  const value: unknown = JSON.parse(cursor);
  const stage = typeof value === 'object' && value !== null && 'stage' in value ? value.stage : null;
  const found = STAGES.find((s) => s === stage);
  if (!found || typeof value !== 'object' || value === null) throw new Error('move: a cursor of ours was not understood');
  const after = 'after' in value && Array.isArray(value.after) ? value.after.map(Number) : [];
  const key = 'key' in value && Array.isArray(value.key) ? value.key.map((k) => (typeof k === 'string' ? k : Number(k))) : [];
  return { key, stage: found, table: 'table' in value ? Number(value.table) : 0, after };
}
