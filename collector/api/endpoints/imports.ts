/** /imports: history from another tool, uploaded, looked at, shown, and taken away again. */
import * as v from 'valibot';
import { noteAudit } from '../../access/audit.ts';
import { confirmImport, importsOf, prepareImport, removeImport } from '../../import/imports.ts';
import { MAX_UPLOAD_BYTES } from '../../import/open-file.ts';
import { siteFor } from '../caller.ts';
import { answer, type Body, endpoint } from '../endpoint.ts';
import { importShape, refused, toAnswer } from '../import-answer.ts';
import { problem } from '../problem.ts';
import { listOf, siteParameter } from '../shapes.ts';

const moving = () =>
  problem(
    409,
    'site_moving',
    'The site is being moved to another database. Try again in a quarter of an hour.',
    {},
    { 'retry-after': '900' },
  );
const MOVING = [409, 'The site is being moved to another database.'] as const;
const unknown = () => problem(404, 'unknown_import', 'There is no such import here.', { field: 'id' });
const file: Body<Uint8Array> = {
  types: ['application/octet-stream', 'application/zip', 'application/gzip', 'application/x-gzip', 'text/csv'],
  maxBytes: MAX_UPLOAD_BYTES,
  schema: v.pipe(v.any(), v.metadata({ contentMediaType: 'application/octet-stream' })),
  read: (bytes) => bytes,
};
const id = v.pipe(v.string(), v.maxLength(40));
const one = { type: 'application/json', schema: importShape };

export const imports = endpoint({
  method: 'get',
  path: '/imports',
  name: 'listImports',
  summary: 'The imports of a site: those that are shown, and those that wait for a yes',
  scope: 'admin',
  params: { site: siteParameter },
  answers: [{ status: 200, type: 'application/json', description: 'The imports.', schema: listOf(importShape) }],
  handle: async ({ env, caller, params, nowMs }) => {
    const site = siteFor(caller, params.site, 'admin');
    return site instanceof Response ? site : answer({ results: (await importsOf(env, site, nowMs)).map(toAnswer) });
  },
});

export const upload = endpoint({
  method: 'post',
  path: '/imports',
  name: 'uploadImport',
  summary: 'Upload an export of Plausible, Umami or GoatCounter; nothing is shown before it is confirmed',
  description:
    'The whole file is read first. One mistake refuses it: the problem document has the mistakes by line. The same file again is the import that is already there. What nobody confirms is forgotten after a day.',
  scope: 'admin',
  heavy: true,
  changes: true,
  params: {
    site: siteParameter,
    name: v.optional(v.pipe(v.string(), v.maxLength(200), v.description('Name of the file.')), 'export'),
  },
  body: file,
  answers: [{ ...one, status: 201, description: 'What was understood.' }],
  problems: [MOVING, [422, 'The file has mistakes; “mistakes” has the first of them by line.']],
  handle: async ({ env, caller, params, body, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const prepared = await prepareImport(env, site, { bytes: body, name: params.name }, nowMs, random);
    if (prepared.ok) return answer(toAnswer(prepared.import), 201);
    return prepared.reason === 'moving' ? moving() : refused(prepared.findings);
  },
});

export const confirm = endpoint({
  method: 'post',
  path: '/imports/{id}/confirm',
  name: 'confirmImport',
  summary: 'Show an import in the reports',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter, id },
  answers: [{ ...one, status: 200, description: 'It is shown.' }],
  problems: [MOVING],
  handle: async ({ env, caller, params, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const changed = await confirmImport(env, site, params.id, nowMs);
    if (changed !== 'done') return changed === 'moving' ? moving() : unknown();
    await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action: 'import', reason: params.id }, nowMs, random);
    const shown = (await importsOf(env, site, nowMs)).find((each) => each.id === params.id);
    return shown ? answer(toAnswer(shown)) : unknown();
  },
});

export const remove = endpoint({
  method: 'delete',
  path: '/imports/{id}',
  name: 'removeImport',
  summary: 'Take an import away, whole',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter, id },
  answers: [
    {
      status: 200,
      type: 'application/json',
      description: 'No report has it any more.',
      schema: v.object({ removed: v.string() }),
    },
  ],
  problems: [MOVING],
  handle: async ({ env, caller, params, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const changed = await removeImport(env, site, params.id);
    if (changed !== 'done') return changed === 'moving' ? moving() : unknown();
    await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action: 'remove_import', reason: params.id }, nowMs, random);
    return answer({ removed: params.id });
  },
});
