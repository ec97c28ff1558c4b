/** What the API says of an import: what was understood of a file, what was left out, and its mistakes by line. */
import * as v from 'valibot';
import type { Findings, LeftOut, Mistake } from '../import/findings.ts';
import type { Import } from '../import/imports.ts';
import { TOOLS } from '../import/read-import.ts';
import { dateOfDay } from '../store/calendar.ts';
import { problem } from './problem.ts';
import { instant, iso } from './shapes.ts';

const leftOut = v.object({
  file: v.string(),
  column: v.nullable(v.string()),
  rows: v.nullable(v.number()),
  why: v.string(),
  why_fr: v.string(),
});
const count = v.nullable(v.number());
export const importShape = v.object({
  id: v.string(),
  tool: v.picklist(TOOLS),
  state: v.picklist(['staged', 'shown']),
  made_at: instant,
  file: v.string(),
  from: v.string(),
  to: v.string(),
  days_in_file: v.number(),
  days: v.pipe(
    v.number(),
    v.description('Days it has, or would have: not those that were measured here, are in another import, or are not over.'),
  ),
  pageviews: count,
  visits: count,
  events: count,
  values: v.record(v.string(), v.number()),
  left_out: v.array(leftOut),
});

const toLeftOut = ({ file, column, rows, why }: LeftOut) => ({ file, column, rows, why: why.en, why_fr: why.fr });
export const toAnswer = ({ id, tool, state, madeAt, about, days }: Import) => ({
  id,
  tool,
  state,
  made_at: iso(madeAt),
  file: about.file,
  from: dateOfDay(about.from),
  to: dateOfDay(about.to),
  days_in_file: about.days,
  days,
  pageviews: about.pageviews,
  visits: about.visits,
  events: about.events,
  values: Object.fromEntries(about.values),
  left_out: about.leftOut.map(toLeftOut),
});
const toMistake = ({ file, line, column, what }: Mistake) => ({ file, line, column, detail: what.en, detail_fr: what.fr });

/** The whole file is refused: the first of its mistakes, by line. */
export const refused = ({ mistakes, total, leftOut: left }: Findings) =>
  problem(422, 'bad_import', `The file has ${total} mistake${total === 1 ? '' : 's'}. Nothing was imported.`, {
    field: 'body',
    total,
    mistakes: mistakes.map(toMistake),
    left_out: left.map(toLeftOut),
  });
