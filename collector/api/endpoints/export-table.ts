/** GET /export.csv and /export.json: the table of any query, all of its rows. */
import * as v from 'valibot';
import type { Query } from '../../report/query.ts';
import type { QueryResult } from '../../report/result.ts';
import { runQuery } from '../../report/run-query.ts';
import type { Site } from '../../store/sites.ts';
import { siteFor } from '../caller.ts';
import { FRENCH_EXCEL, PLAIN, toCsv } from '../csv.ts';
import { type Asked, answer, endpoint } from '../endpoint.ts';
import { columnsOf, type ExportParameters, exportParameters, readExport, tableOf } from '../export-query.ts';
import { fileName, savedAs } from '../file-name.ts';
import { faultProblem, isFault } from '../problem.ts';

const namesOf = (things: readonly { name: string }[]) => things.map(({ name }) => name);
type Table = { site: Site; query: Query; columns: string[]; result: QueryResult; compares: boolean };

async function readTable(asked: Asked & { params: ExportParameters }): Promise<Table | Response> {
  const wanted = readExport(asked.params);
  if (isFault(wanted)) return faultProblem(wanted);
  const site = siteFor(asked.caller, wanted.site, 'read');
  if (site instanceof Response) return site;
  const query = wanted.read();
  if ('code' in query) return faultProblem(query);
  const result = await runQuery(asked.env, site, query, asked.nowMs);
  if ('code' in result) return faultProblem(result);
  const compares = query.compare !== null;
  return { site, query, result, compares, columns: columnsOf(namesOf(query.dimensions), namesOf(query.metrics), compares) };
}

export const exportCsv = endpoint({
  method: 'get',
  path: '/export.csv',
  name: 'exportCsv',
  summary: 'Any query as CSV (RFC 4180)',
  description:
    'A cell that a spreadsheet would run as a formula begins with an apostrophe. An empty cell is “not measured”; “suppressed” is a figure about persons that tells of fewer than ten of them, or would. With excel=fr: semicolons, decimal commas and a byte-order mark.',
  scope: 'read',
  params: {
    ...exportParameters,
    excel: v.optional(v.pipe(v.picklist(['fr']), v.description('`fr`: as Excel in French expects it.'))),
  },
  answers: [{ status: 200, type: 'text/csv', description: 'The table, with a line of names.' }],
  handle: async (asked) => {
    const table = await readTable(asked);
    if (table instanceof Response) return table;
    const style = asked.params.excel === 'fr' ? FRENCH_EXCEL : PLAIN;
    const { from, to } = table.result.meta;
    const name = fileName([table.site.name, from, to, ...table.query.dimensions.map((d) => d.name)], 'csv');
    return new Response(toCsv(table.columns, tableOf(table.result, namesOf(table.query.metrics), table.compares), style), {
      headers: savedAs(name, 'text/csv; charset=utf-8; header=present'),
    });
  },
});

export const exportJson = endpoint({
  method: 'get',
  path: '/export.json',
  name: 'exportJson',
  summary: 'Any query as JSON, one object a row',
  scope: 'read',
  params: exportParameters,
  answers: [
    {
      status: 200,
      type: 'application/json',
      description: 'The table.',
      schema: v.object({
        columns: v.array(v.string()),
        rows: v.array(v.record(v.string(), v.nullable(v.union([v.string(), v.number()])))),
        meta: v.looseObject({ from: v.string(), to: v.string(), total_rows: v.number() }),
      }),
    },
  ],
  handle: async (asked) => {
    const table = await readTable(asked);
    if (table instanceof Response) return table;
    const rows = tableOf(table.result, namesOf(table.query.metrics), table.compares).map((row) =>
      Object.fromEntries(table.columns.map((column, i) => [column, row[i] ?? null])),
    );
    return answer({ columns: table.columns, rows, meta: table.result.meta });
  },
});
