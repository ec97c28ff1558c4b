/** GET /export.zip: every table of a period as CSV, with definitions. */
import * as v from 'valibot';
import { streamArchive } from '../archive.ts';
import { siteFor } from '../caller.ts';
import { FRENCH_EXCEL, PLAIN } from '../csv.ts';
import { dateRangeParameter, toDateRange } from '../date-range.ts';
import { endpoint } from '../endpoint.ts';
import { fileName, savedAs } from '../file-name.ts';
import { makeTables, readTables } from '../period-tables.ts';
import { faultProblem, isFault } from '../problem.ts';
import { siteParameter } from '../shapes.ts';

export const exportZip = endpoint({
  method: 'get',
  path: '/export.zip',
  name: 'exportZip',
  summary: 'The tables of a period as CSV files in a zip',
  scope: 'read',
  heavy: true,
  params: {
    site: siteParameter,
    date_range: dateRangeParameter,
    excel: v.optional(v.pipe(v.picklist(['fr']), v.description('`fr`: as Excel in French expects it.'))),
  },
  answers: [{ status: 200, type: 'application/zip', description: 'One CSV file a table, definitions, and about.json.' }],
  handle: async ({ env, caller, params, nowMs }) => {
    const site = siteFor(caller, params.site, 'read');
    if (site instanceof Response) return site;
    const tables = readTables(toDateRange(params.date_range));
    if (isFault(tables)) return faultProblem(tables);
    const style = params.excel === 'fr' ? FRENCH_EXCEL : PLAIN;
    return new Response(streamArchive(makeTables(env, site, tables, style, nowMs), nowMs), {
      headers: savedAs(fileName([site.name, params.date_range], 'zip'), 'application/zip'),
    });
  },
});
