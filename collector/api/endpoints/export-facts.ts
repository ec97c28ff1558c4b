/** GET /export.ndjson: the raw facts of a site, one JSON object a line, streamed page by page. */
import * as v from 'valibot';
import { noteAudit } from '../../access/audit.ts';
import { settleRange } from '../../report/beginning.ts';
import { firstCursor, pseudonymsOf, readCursor, readFactLines, spellCursor } from '../../report/export-facts.ts';
import { resolveRange } from '../../report/period.ts';
import { isProblem } from '../../report/problem.ts';
import { readRange } from '../../report/read-range.ts';
import { shardFor } from '../../store/shards.ts';
import { siteFor } from '../caller.ts';
import { dateRangeParameter, toDateRange } from '../date-range.ts';
import { endpoint } from '../endpoint.ts';
import { fileName, savedAs } from '../file-name.ts';
import { faultProblem, problem } from '../problem.ts';
import { siteParameter } from '../shapes.ts';

/** Then the stream ends with a cursor: an isolate has so much time, and a connection breaks off sooner or later. */
const ROWS_A_RESPONSE = 200_000;

export const exportFacts = endpoint({
  method: 'get',
  path: '/export.ndjson',
  name: 'exportFacts',
  summary: 'Raw facts of a period, one JSON object a line',
  description:
    'Lines with “fact” are facts. A line {"cursor": …} follows every page: after a break, ask again with the last cursor that arrived. {"cursor": null} is the end. Ids and visitors are pseudonyms made for exports of this site; they are the same in every export, and lead to no person.',
  scope: 'export',
  heavy: true,
  params: {
    site: siteParameter,
    date_range: dateRangeParameter,
    cursor: v.optional(v.pipe(v.string(), v.maxLength(80), v.description('Where to go on, with the same date_range.'))),
  },
  answers: [{ status: 200, type: 'application/x-ndjson', description: 'Facts and cursors, line by line.' }],
  handle: async ({ env, caller, params, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'export');
    if (site instanceof Response) return site;
    const range = readRange(toDateRange(params.date_range));
    if (typeof range === 'object' && isProblem(range)) return faultProblem(range);
    const { start, end } = resolveRange(site, await settleRange(env, site, range, nowMs), nowMs);
    const after = params.cursor === undefined ? firstCursor(start) : readCursor(params.cursor);
    if (!after) return problem(400, 'bad_cursor', 'A cursor is taken as it was given.', { field: 'cursor' });
    await noteAudit(
      env.PEOPLE,
      { site: site.id, actor: caller.key, action: 'export_facts', reason: params.date_range },
      nowMs,
      random,
    );
    const names = pseudonymsOf(env.INDEX_SECRET, site.id);
    const encoder = new TextEncoder();
    let cursor: typeof after | null = after;
    let rows = 0;
    const body = new ReadableStream<Uint8Array>({
      // Asked for the next page only when the one before has been taken: one page is in memory at a time.
      async pull(stream) {
        if (!cursor) return stream.close();
        const page = await readFactLines(shardFor(env, site), site.id, { start, until: end }, names, cursor);
        rows += page.lines.length;
        cursor = page.next;
        const lines = [...page.lines, JSON.stringify({ cursor: cursor && spellCursor(cursor) })];
        stream.enqueue(encoder.encode(`${lines.join('\n')}\n`));
        if (rows >= ROWS_A_RESPONSE) cursor = null;
      },
    });
    return new Response(body, {
      headers: savedAs(fileName([site.name, params.date_range], 'ndjson'), 'application/x-ndjson; charset=utf-8'),
    });
  },
});
