/** Connections, for whoever manages the site: the e-mail tools and webhooks there are, and new ones. */
import { type Context, Hono } from 'hono';
import { makeConnector } from '../../collector/notify/connectors/make-connector.ts';
import { rulesOf } from '../../collector/notify/outlets/delivering-of.ts';
import { askForTest } from '../../collector/notify/outlets/delivery-log.ts';
import { isConnectorKind, listOutlets } from '../../collector/notify/outlets/outlet.ts';
import { makeWebhook } from '../../collector/notify/webhooks/make-webhook.ts';
import { sitePath } from '../links.ts';
import { ConnectionsPage } from '../pages/connections.tsx';
import { kindNames, targetProblems, connections as text } from '../text/connections.ts';
import { changeOf, newMessageId, noteOutlet, saidIn, showConnection, textOf } from './connection.tsx';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

type Wrong = Parameters<typeof ConnectionsPage>[0]['wrong'];
async function showAll(c: Context<App>, { ui, frame, site }: Visit, wrong: Wrong) {
  const [tools, hooks] = await Promise.all([
    listOutlets(c.env.PEOPLE, site.id, 'connector'),
    listOutlets(c.env.PEOPLE, site.id, 'webhook'),
  ]);
  const page = <ConnectionsPage ui={ui} frame={frame} site={site} tools={tools} hooks={hooks} wrong={wrong} said={saidIn(c)} />;
  return c.html(page, wrong ? 422 : 200);
}

async function makeTool(c: Context<App>, visit: Visit, form: FormData) {
  const { site, viewer } = visit;
  const typed = { kind: textOf(form, 'kind'), list: textOf(form, 'list') };
  if (!isConnectorKind(typed.kind)) return missing(c);
  const wanted = { site: site.id, kind: typed.kind, list: typed.list, createdBy: viewer.userId };
  const made = await makeConnector(changeOf(c, visit), {
    ...wanted,
    name: textOf(form, 'name').trim() || kindNames[typed.kind],
    key: textOf(form, 'key'),
  });
  if (typeof made !== 'string') {
    await noteOutlet(c, visit, 'make_outlet', made.id);
    await askForTest(c.env.PEOPLE, site.id, made.id, visit.ui.nowMs, newMessageId());
    return c.redirect(sitePath(site, `/connections/${made.id}?said=tested`), 303);
  }
  const problem = made === 'bad_key' ? text.badKey : made === 'bad_list' ? text.badList : text.tooMany;
  return showAll(c, visit, { form: 'tool', problem, typed });
}

async function makeHook(c: Context<App>, visit: Visit, form: FormData) {
  const { site, viewer } = visit;
  const url = textOf(form, 'url');
  const types = form.getAll('type').filter((one) => typeof one === 'string');
  const wanted = { site: site.id, name: textOf(form, 'name'), url, types, createdBy: viewer.userId };
  const made = await makeWebhook(changeOf(c, visit), wanted, rulesOf(c.env));
  if (typeof made === 'string')
    return showAll(c, visit, { form: 'hook', problem: targetProblems[made], typed: { url, types: types.join(' ') } });
  await noteOutlet(c, visit, 'make_outlet', made.id);
  return showConnection(c, visit, made.id, made.secret);
}

export const connectionRoutes = new Hono<App>()
  .get('/s/:key/connections', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : showAll(c, visit, null);
  })
  .post('/s/:key/connections', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const form = await formOf(c);
    return textOf(form, 'act') === 'tool' ? makeTool(c, visit, form) : makeHook(c, visit, form);
  });
