/** /opt-ins.csv: the opt-ins of a site as a file; with addresses for a person who may see them and says why. */
import * as v from 'valibot';
import { viewerOf } from '../../access/accounts.ts';
import { noteAudit } from '../../access/audit.ts';
import { can } from '../../access/roles.ts';
import { cleanText } from '../../store/clean-text.ts';
import type { Site } from '../../store/sites.ts';
import { siteFor } from '../caller.ts';
import { FRENCH_EXCEL, PLAIN } from '../csv.ts';
import { type Asked, type Body, endpoint, firstFault } from '../endpoint.ts';
import { fileName, savedAs } from '../file-name.ts';
import { optInCsv } from '../opt-in-table.ts';
import { problem } from '../problem.ts';
import { siteParameter } from '../shapes.ts';

const REASON_CHARS = 200;
const excel = v.optional(v.pipe(v.picklist(['fr']), v.description('`fr`: as Excel in French expects it.')));
const file = { status: 200, type: 'text/csv', description: 'The opt-ins, oldest first, with a line of names.' } as const;
const wanted = v.object({
  site: siteParameter,
  reason: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(5, 'Say in a few words what the addresses are for.'),
    v.maxLength(REASON_CHARS),
    v.description('What the addresses are for. Written down with your name.'),
  ),
  excel,
});
/** A page's form, or JSON. */
const body: Body<v.InferOutput<typeof wanted>> = {
  types: ['application/x-www-form-urlencoded', 'application/json'],
  maxBytes: 8_192,
  schema: wanted,
  read: (bytes) => {
    const text = new TextDecoder().decode(bytes);
    const json = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
    const given = json.success ? json.output : Object.fromEntries(new URLSearchParams(text));
    const parsed = v.safeParse(wanted, given);
    return parsed.success ? parsed.output : firstFault('bad_body', parsed.issues, 'body');
  },
};

const download = ({ env }: Asked, site: Site, french: boolean, secret: string | null) =>
  new Response(optInCsv(env.PEOPLE, site.id, french ? FRENCH_EXCEL : PLAIN, secret), {
    headers: savedAs(fileName([site.name, 'opt-ins'], 'csv'), 'text/csv; charset=utf-8; header=present'),
  });

export const exportOptIns = endpoint({
  method: 'get',
  path: '/opt-ins.csv',
  name: 'exportOptIns',
  summary: 'The opt-ins of a site, without addresses',
  scope: 'export',
  heavy: true,
  params: { site: siteParameter, excel },
  answers: [file],
  handle: async (asked) => {
    const { env, caller, params, nowMs, random } = asked;
    const site = siteFor(caller, params.site, 'export');
    if (site instanceof Response) return site;
    await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action: 'export_opt_ins', reason: '' }, nowMs, random);
    return download(asked, site, params.excel === 'fr', null);
  },
});

export const exportAddresses = endpoint({
  method: 'post',
  path: '/opt-ins.csv',
  name: 'exportOptInAddresses',
  summary: 'The same with addresses: for somebody signed in who may see them, and a reason',
  description: 'No token opens addresses, whatever its scopes. The export is written down with the account and the reason.',
  scope: 'export',
  heavy: true,
  changes: true,
  params: {},
  body,
  answers: [file],
  handle: async (asked) => {
    const { env, caller, request, body: given, nowMs, random } = asked;
    const site = siteFor(caller, given.site, 'export');
    if (site instanceof Response) return site;
    const role = (await viewerOf(env, request))?.sites.find((one) => one.site.id === site.id)?.role;
    if (caller.via !== 'cookie' || role === undefined || !can(role, 'see_addresses'))
      return problem(403, 'no_addresses', 'Addresses are for people signed in whose role may see them.');
    const reason = `addresses: ${cleanText(given.reason, REASON_CHARS)}`;
    await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action: 'export_opt_ins', reason }, nowMs, random);
    return download(asked, site, given.excel === 'fr', env.ADDRESS_SECRET);
  },
});
