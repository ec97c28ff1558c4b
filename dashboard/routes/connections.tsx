/** Connections, for whoever manages the site: making e-mail tools and webhooks, trying, pausing, rotating, removing, sending again. */
import { type Context, Hono } from 'hono';
import { noteAudit } from '../../collector/access/audit.ts';
import { makeConnector } from '../../collector/notify/connectors/make-connector.ts';
import { pauseOutlet, removeOutlet, rotateSecret } from '../../collector/notify/outlets/change-outlets.ts';
import { rulesOf } from '../../collector/notify/outlets/delivering-of.ts';
import { askForTest, readDeliveries, replayDelivery } from '../../collector/notify/outlets/delivery-log.ts';
import { isConnectorKind, listOutlets, outletOf } from '../../collector/notify/outlets/outlet.ts';
import { makeWebhook } from '../../collector/notify/webhooks/make-webhook.ts';
import { mailchimpKey } from '../../collector/people/returns/mailchimp-key.ts';
import type { Words } from '../../collector/report/metric.ts';
import { sitePath } from '../links.ts';
import { ConnectionPage } from '../pages/connection.tsx';
import { ConnectionsPage } from '../pages/connections.tsx';
import { kindNames, targetProblems, connections as text } from '../text/connections.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const LOGGED = 50;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const SAID = new Map<string, Words>([
  ['removed', text.removed],
  ['saved', text.saved],
  ['tested', text.tested],
  ['replayed', text.replayed],
  ['not-now', text.notNow],
]);
const saidIn = (c: Context<App>) => (c.req.method === 'GET' ? (SAID.get(c.req.query('said') ?? '') ?? null) : null);
const changeOf = (c: Context<App>, { ui }: Visit) => ({
  people: c.env.PEOPLE,
  addressSecret: c.env.ADDRESS_SECRET,
  nowMs: ui.nowMs,
  random,
});
const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 2_500) : '';
};

type Wrong = Parameters<typeof ConnectionsPage>[0]['wrong'];
async function showAll(c: Context<App>, { ui, frame, site }: Visit, wrong: Wrong) {
  const [tools, hooks] = await Promise.all([
    listOutlets(c.env.PEOPLE, site.id, 'connector'),
    listOutlets(c.env.PEOPLE, site.id, 'webhook'),
  ]);
  const page = <ConnectionsPage ui={ui} frame={frame} site={site} tools={tools} hooks={hooks} wrong={wrong} said={saidIn(c)} />;
  return c.html(page, wrong ? 422 : 200);
}

async function showOne(c: Context<App>, { ui, frame, site }: Visit, id: string, fresh: string | null) {
  const outlet = await outletOf(c.env.PEOPLE, site.id, id);
  if (!outlet) return missing(c);
  const log = await readDeliveries(c.env.PEOPLE, id, LOGGED);
  const reportsTo =
    outlet.kind === 'mailchimp' ? `${ui.url.origin}/hooks/mailchimp/${id}?key=${mailchimpKey(c.env.INDEX_SECRET, id)}` : null;
  const said = saidIn(c);
  return c.html(<ConnectionPage ui={ui} frame={frame} site={site} {...{ outlet, log, fresh, reportsTo, said }} />);
}

async function note(
  c: Context<App>,
  { site, viewer, ui }: Visit,
  action: 'make_outlet' | 'change_outlet' | 'remove_outlet',
  id: string,
) {
  await noteAudit(c.env.PEOPLE, { site: site.id, actor: `user ${viewer.userId}`, action, reason: id }, ui.nowMs, random);
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
    await note(c, visit, 'make_outlet', made.id);
    await askForTest(c.env.PEOPLE, site.id, made.id, visit.ui.nowMs, `msg_${Buffer.from(random(16)).toString('hex')}`);
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
  await note(c, visit, 'make_outlet', made.id);
  return showOne(c, visit, made.id, made.secret);
}

/** What a button of a connection's page does. @returns what to say then, or null when it is for no such connection. */
async function act(c: Context<App>, visit: Visit, id: string, form: FormData): Promise<string | null> {
  const { site, ui } = visit;
  const people = c.env.PEOPLE;
  const what = textOf(form, 'act');
  if (what === 'test') {
    const message = `msg_${Buffer.from(random(16)).toString('hex')}`;
    return (await askForTest(people, site.id, id, ui.nowMs, message)) ? 'tested' : 'not-now';
  }
  if (what === 'replay')
    return (await replayDelivery(people, site.id, id, textOf(form, 'delivery'), ui.nowMs)) ? 'replayed' : 'not-now';
  if (what !== 'pause' && what !== 'resume') return null;
  if (!(await pauseOutlet(people, site.id, id, what === 'pause', ui.nowMs))) return null;
  await note(c, visit, 'change_outlet', id);
  return 'saved';
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
  })
  .get('/s/:key/connections/:id', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : showOne(c, visit, c.req.param('id'), null);
  })
  .post('/s/:key/connections/:id', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { site } = visit;
    const id = c.req.param('id');
    const form = await formOf(c);
    if (textOf(form, 'act') === 'rotate') {
      const secret = await rotateSecret(changeOf(c, visit), site.id, id);
      if (secret === null) return missing(c);
      await note(c, visit, 'change_outlet', id);
      return showOne(c, visit, id, secret);
    }
    if (textOf(form, 'act') === 'remove') {
      if (!(await removeOutlet(c.env.PEOPLE, site.id, id))) return missing(c);
      await note(c, visit, 'remove_outlet', id);
      return c.redirect(sitePath(site, '/connections?said=removed'), 303);
    }
    const said = await act(c, visit, id, form);
    return said === null ? missing(c) : c.redirect(sitePath(site, `/connections/${id}?said=${said}`), 303);
  });
