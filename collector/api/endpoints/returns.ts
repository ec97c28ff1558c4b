/** /opt-ins/returns: who left, bounced or complained in an e-mail tool, as its webhook or its export says so. */
import * as v from 'valibot';
import { noteAudit } from '../../access/audit.ts';
import { reportShape, returnsOf } from '../../people/returns/read-reports.ts';
import { MAX_RETURNS_BYTES, readReturnsFile } from '../../people/returns/read-returns-file.ts';
import { RETURN_KINDS } from '../../people/returns/return.ts';
import { takeReturns } from '../../people/returns/take-returns.ts';
import { siteFor } from '../caller.ts';
import { answer, type Body, endpoint, jsonBody } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { siteParameter } from '../shapes.ts';

const REPORT_BYTES = 1_048_576;
const taken = v.object({
  addresses: v.pipe(v.number(), v.description('Addresses that were brought, each once.')),
  known: v.number(),
  ended: v.pipe(v.number(), v.description('Opt-ins that ended by it.')),
});
const file: Body<Uint8Array> = {
  types: ['text/csv', 'application/octet-stream', 'text/plain'],
  maxBytes: MAX_RETURNS_BYTES,
  schema: v.pipe(v.any(), v.metadata({ contentMediaType: 'text/csv' })),
  read: (bytes) => bytes,
};

export const reportReturns = endpoint({
  method: 'post',
  path: '/opt-ins/returns',
  name: 'reportReturns',
  summary: 'Unsubscribes, bounces and complaints, as they happen',
  description:
    'For webhooks of e-mail tools that send a header “Authorization: Bearer <token>”, as Brevo does, in its shape; and for your own programs. Each becomes an entry of the consent ledger. Sending it again changes nothing. Events that end no consent are taken and change nothing.',
  scope: 'write',
  changes: true,
  params: { site: siteParameter },
  body: jsonBody(reportShape, REPORT_BYTES),
  answers: [{ status: 200, type: 'application/json', description: 'It is written down.', schema: taken }],
  handle: async ({ env, caller, params, body, nowMs }) => {
    const site = siteFor(caller, params.site, 'write');
    if (site instanceof Response) return site;
    const method = `webhook ${caller.key}`;
    return answer(await takeReturns(env, site, returnsOf(body), { at: nowMs, method }));
  },
});

export const uploadReturns = endpoint({
  method: 'post',
  path: '/opt-ins/returns.csv',
  name: 'uploadReturns',
  summary: 'The same from a CSV, as an e-mail tool exports it',
  description:
    'A column “email”, and a column “type” or the parameter kind. The whole file is read first. One mistake refuses it: the problem document has the mistakes by line, without the addresses.',
  scope: 'admin',
  heavy: true,
  changes: true,
  params: {
    site: siteParameter,
    kind: v.optional(v.pipe(v.picklist(RETURN_KINDS), v.description('What the rows are where no column says so.'))),
    name: v.optional(v.pipe(v.string(), v.maxLength(200)), 'returns.csv'),
  },
  body: file,
  answers: [{ status: 200, type: 'application/json', description: 'It is written down.', schema: taken }],
  problems: [[422, 'The file has mistakes; “mistakes” has the first of them by line. Nothing was changed.']],
  handle: async ({ env, caller, params, body, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const read = readReturnsFile({ name: params.name, bytes: body }, params.kind ?? null);
    if ('findings' in read) {
      const { mistakes, total } = read.findings;
      return problem(422, 'bad_file', `The file has ${total} mistake${total === 1 ? '' : 's'}. Nothing was changed.`, {
        field: 'body',
        total,
        mistakes: mistakes.map(({ line, what }) => ({ line, detail: what.en, detail_fr: what.fr })),
      });
    }
    const result = await takeReturns(env, site, read.returns, { at: nowMs, method: `csv ${caller.key}` });
    await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action: 'take_returns', reason: params.name }, nowMs, random);
    return answer(result);
  },
});
