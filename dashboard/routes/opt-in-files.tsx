/** Files of opt-ins, for whoever may export: the downloads are the API's, the upload is read here to show its mistakes. */
import { type Context, Hono } from 'hono';
import { noteAudit } from '../../collector/access/audit.ts';
import { can } from '../../collector/access/roles.ts';
import type { Findings } from '../../collector/import/findings.ts';
import { MAX_RETURNS_BYTES, readReturnsFile } from '../../collector/people/returns/read-returns-file.ts';
import { RETURN_KINDS } from '../../collector/people/returns/return.ts';
import { takeReturns } from '../../collector/people/returns/take-returns.ts';
import type { Words } from '../../collector/report/metric.ts';
import { OptInFilesPage } from '../pages/opt-in-files.tsx';
import { optInFilePhrases, optInFiles as text } from '../text/opt-in-files.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

function show(
  c: Context<App>,
  { ui, frame, site, role }: Visit,
  {
    findings = null,
    problem = null,
    said = null,
  }: { findings?: Findings | null; problem?: Words | null; said?: Words | null } = {},
) {
  const seesAddresses = can(role, 'see_addresses');
  const page = <OptInFilesPage ui={ui} frame={frame} site={site} {...{ seesAddresses, findings, problem, said }} />;
  return c.html(page, findings || problem ? 422 : 200);
}

async function take(c: Context<App>, visit: Visit) {
  const { site, viewer, ui } = visit;
  const form = await formOf(c);
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return show(c, visit, { problem: text.noFile });
  if (file.size > MAX_RETURNS_BYTES) return show(c, visit, { problem: text.tooLarge });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = RETURN_KINDS.find((one) => one === form.get('kind')) ?? null;
  const read = readReturnsFile({ name: file.name, bytes }, kind);
  if ('findings' in read) return show(c, visit, { findings: read.findings });
  const actor = `user ${viewer.userId}`;
  const { addresses, known, ended } = await takeReturns(c.env, site, read.returns, { at: ui.nowMs, method: `csv ${actor}` });
  await noteAudit(
    c.env.PEOPLE,
    { site: site.id, actor, action: 'take_returns', reason: file.name.slice(0, 200) },
    ui.nowMs,
    random,
  );
  const { count } = ui.format;
  return show(c, visit, { said: optInFilePhrases.taken(count(addresses), count(known), count(ended)) });
}

export const optInFileRoutes = new Hono<App>()
  .get('/s/:key/opt-in-files', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'export_facts');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    return show(c, visit, c.req.query('problem') === 'large' ? { problem: text.tooLarge } : {});
  })
  .post('/s/:key/opt-in-files', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'export_facts');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : take(c, visit);
  });
