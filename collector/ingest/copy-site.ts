/** The copying of a site, one bounded step after the other, while changes go on where it still lives. */
import { dayOf } from '../store/calendar.ts';
import { closingOf } from '../store/closings.ts';
import { COPIED_TABLES, copyNoted, countNoted, readRows, takeRows } from '../store/copy-facts.ts';
import { copyImportedCells, copyImportList } from '../store/copy-imports.ts';
import { copyClosing, copyRollups, copyVisitorDays } from '../store/copy-sealed.ts';
import { advance, type Move, passTo, RECEIVING } from '../store/moves.ts';
import type { Site } from '../store/sites.ts';
import { readStage, type Stage, spellStage } from './move-stage.ts';
import { runWindows } from './windows.ts';

/** The fence goes up when so few changes wait that they are copied within a second. */
const FEW = 100;
const WINDOW_STEPS = 5;

/** Copies the next page of facts or dictionary entries. */
async function copyPage(from: D1Database, to: D1Database, move: Move, { table = 0, after = [] }: Stage): Promise<void> {
  const name = COPIED_TABLES[table];
  if (!name) {
    await passTo(to, move, RECEIVING, spellStage({ stage: 'rollups' }), move.at);
    return;
  }
  const page = await readRows(from, move.site, name, [after[0] ?? -1, after[1] ?? -1]);
  const next: Stage = page.next
    ? { stage: 'facts', table, after: page.next }
    : { stage: 'facts', table: table + 1, after: [-1, -1] };
  await to.batch([...takeRows(to, name, page.rows), advance(to, move, spellStage(next))]);
}

/**
 * Copies changes and closes windows until the copy is hardly behind. Marks of what changed meanwhile may stay: their windows are
 * shown as "updating" on either side, and a busy site is never without.
 */
async function catchUp(from: D1Database, to: D1Database, site: Site, nowMs: number): Promise<boolean> {
  await copyNoted(from, to, site.id);
  await runWindows(to, site, nowMs, WINDOW_STEPS);
  const [left, right] = [await closingOf(from, site.id), await closingOf(to, site.id)];
  const isClosed =
    !left || (right !== null && right.days_before >= left.days_before && right.closed_before >= left.closed_before);
  return isClosed && (await countNoted(from, site.id, FEW)) < FEW;
}

/** One step of the copy. Returns true when only the last changes and the fence are left to do. */
export async function copyStep(from: D1Database, to: D1Database, site: Site, move: Move, nowMs: number): Promise<boolean> {
  const stage = readStage(move.cursor);
  const then = (next: Stage) => (after: number[] | null) => spellStage(after ? { ...stage, after } : next);
  const closing = await closingOf(from, site.id);
  const sealed = closing?.sealed_before ?? 0;
  if (stage.stage === 'facts') await copyPage(from, to, move, stage);
  else if (stage.stage === 'rollups') await copyRollups(from, to, move, sealed, stage.after ?? [], then({ stage: 'visitors' }));
  else if (stage.stage === 'visitors')
    await copyVisitorDays(from, to, move, dayOf(site.zone, sealed), stage.after ?? [], then({ stage: 'imports' }));
  else if (stage.stage === 'imports') await copyImportList(from, to, move, spellStage({ stage: 'imported-cells' }));
  else if (stage.stage === 'imported-cells')
    await copyImportedCells(from, to, move, stage.key ?? [], (key) =>
      spellStage(key ? { stage: 'imported-cells', key } : { stage: 'closing' }),
    );
  else if (stage.stage === 'closing') await copyClosing(from, to, move, spellStage({ stage: 'catch-up' }));
  else return catchUp(from, to, site, nowMs);
  return false;
}
