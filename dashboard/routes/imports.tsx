/** The page of imports, for whoever manages the site: reading a file, saying yes to it, taking it away. */
import { type Context, Hono } from 'hono';
import { noteAudit } from '../../collector/access/audit.ts';
import type { Findings } from '../../collector/import/findings.ts';
import { confirmImport, importsOf, prepareImport, removeImport } from '../../collector/import/imports.ts';
import { MAX_UPLOAD_BYTES } from '../../collector/import/open-file.ts';
import { MAX_RETURNS_BYTES } from '../../collector/people/returns/read-returns-file.ts';
import type { Words } from '../../collector/report/metric.ts';
import { sitePath } from '../links.ts';
import { ImportsPage } from '../pages/imports.tsx';
import { imports as text } from '../text/imports.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

/** The form around a file is a few hundred bytes. */
export const UPLOAD_FORM_BYTES = Math.max(MAX_UPLOAD_BYTES, MAX_RETURNS_BYTES) + 65_536;
/** Addresses that take a file. */
export const takesFile = (path: string): boolean => /^\/s\/[^/]+\/(?:imports|opt-in-files)$/.test(path);
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const SAID: Record<string, Words> = { done: text.done, removed: text.removed, gone: text.gone };
const PROBLEMS: Record<string, Words> = { large: text.tooLarge, moving: text.moving };
const pick = (words: Record<string, Words>, key: string | undefined) =>
  key !== undefined && Object.hasOwn(words, key) ? (words[key] ?? null) : null;

async function show(c: Context<App>, { ui, frame, site }: Visit, wrong: { findings?: Findings; problem?: Words } = {}) {
  return c.html(
    <ImportsPage
      ui={ui}
      frame={frame}
      site={site}
      imports={await importsOf(c.env, site, ui.nowMs)}
      findings={wrong.findings ?? null}
      problem={wrong.problem ?? pick(PROBLEMS, c.req.query('problem'))}
      said={pick(SAID, c.req.query('said'))}
    />,
    wrong.findings || wrong.problem ? 422 : 200,
  );
}

async function read(c: Context<App>, visit: Visit, file: File | string | null) {
  if (!(file instanceof File) || file.size === 0) return show(c, visit, { problem: text.noFile });
  if (file.size > MAX_UPLOAD_BYTES) return show(c, visit, { problem: text.tooLarge });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const prepared = await prepareImport(c.env, visit.site, { bytes, name: file.name }, visit.ui.nowMs, random);
  if (prepared.ok) return c.redirect(`${sitePath(visit.site, '/imports')}#staged`, 303);
  return show(c, visit, prepared.reason === 'moving' ? { problem: text.moving } : { findings: prepared.findings });
}

export const importRoutes = new Hono<App>()
  .get('/s/:key/imports', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : show(c, visit);
  })
  .post('/s/:key/imports', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { site, viewer, ui } = visit;
    const form = await formOf(c);
    const [confirmed, removed] = [form.get('confirm'), form.get('remove')];
    const back = (query: string) => c.redirect(sitePath(site, `/imports?${query}`), 303);
    const id = typeof confirmed === 'string' ? confirmed : typeof removed === 'string' ? removed : null;
    if (id === null) return read(c, visit, form.get('file'));
    const changed = id === confirmed ? await confirmImport(c.env, site, id, ui.nowMs) : await removeImport(c.env, site, id);
    if (changed !== 'done') return back(changed === 'moving' ? 'problem=moving' : 'said=gone');
    const action = id === confirmed ? 'import' : 'remove_import';
    await noteAudit(c.env.PEOPLE, { site: site.id, actor: `user ${viewer.userId}`, action, reason: id }, ui.nowMs, random);
    return back(id === confirmed ? 'said=done' : 'said=removed');
  });
