/** One connection, for whoever manages the site: trying, pausing, rotating, removing it, sending again. */
import { type Context, Hono } from 'hono';
import { noteAudit } from '../../collector/access/audit.ts';
import { tellAll } from '../../collector/notify/connectors/tell-all.ts';
import { pauseOutlet, removeOutlet, rotateSecret } from '../../collector/notify/outlets/change-outlets.ts';
import { askForTest, readDeliveries, replayDelivery } from '../../collector/notify/outlets/delivery-log.ts';
import { outletOf } from '../../collector/notify/outlets/outlet.ts';
import { mailchimpKey } from '../../collector/people/returns/mailchimp-key.ts';
import type { Words } from '../../collector/report/metric.ts';
import { sitePath } from '../links.ts';
import { ConnectionPage } from '../pages/connection.tsx';
import { connectionPhrases, connections as text } from '../text/connections.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const LOGGED = 50;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
export const newMessageId = (): string => `msg_${Buffer.from(random(16)).toString('hex')}`;
const SAID = new Map<string, Words>([
  ['removed', text.removed],
  ['saved', text.saved],
  ['tested', text.tested],
  ['replayed', text.replayed],
  ['not-now', text.notNow],
]);
/** What the address says was just done. */
export const saidIn = (c: Context<App>) => (c.req.method === 'GET' ? (SAID.get(c.req.query('said') ?? '') ?? null) : null);
/** What changes an outlet in this request. */
export const changeOf = (c: Context<App>, { ui }: Visit) => ({
  people: c.env.PEOPLE,
  addressSecret: c.env.ADDRESS_SECRET,
  nowMs: ui.nowMs,
  random,
});
/** A field of a form, cut; '' when it is not there. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 2_500) : '';
};

/** @param fresh the signing secret just made: shown in this answer and nowhere else. */
export async function showConnection(
  c: Context<App>,
  { ui, frame, site }: Visit,
  id: string,
  fresh: string | null,
  told: Words | null = null,
) {
  const outlet = await outletOf(c.env.PEOPLE, site.id, id);
  if (!outlet) return missing(c);
  const log = await readDeliveries(c.env.PEOPLE, id, LOGGED);
  const reportsTo =
    outlet.kind === 'mailchimp' ? `${ui.url.origin}/hooks/mailchimp/${id}?key=${mailchimpKey(c.env.INDEX_SECRET, id)}` : null;
  const said = told ?? saidIn(c);
  return c.html(<ConnectionPage ui={ui} frame={frame} site={site} {...{ outlet, log, fresh, reportsTo, said }} />);
}

/** Writes down who changed a connection. */
export async function noteOutlet(
  c: Context<App>,
  { site, viewer, ui }: Visit,
  action: 'make_outlet' | 'change_outlet' | 'remove_outlet',
  id: string,
) {
  await noteAudit(c.env.PEOPLE, { site: site.id, actor: `user ${viewer.userId}`, action, reason: id }, ui.nowMs, random);
}

/** What a button of a connection's page does. @returns what to say then, or null when it is for no such connection. */
async function act(c: Context<App>, visit: Visit, id: string, form: FormData): Promise<string | null> {
  const { site, ui } = visit;
  const people = c.env.PEOPLE;
  const what = textOf(form, 'act');
  if (what === 'test') {
    return (await askForTest(people, site.id, id, ui.nowMs, newMessageId())) ? 'tested' : 'not-now';
  }
  if (what === 'replay')
    return (await replayDelivery(people, site.id, id, textOf(form, 'delivery'), ui.nowMs)) ? 'replayed' : 'not-now';
  if (what !== 'pause' && what !== 'resume') return null;
  if (!(await pauseOutlet(people, site.id, id, what === 'pause', ui.nowMs))) return null;
  await noteOutlet(c, visit, 'change_outlet', id);
  return 'saved';
}

export const connectionRoute = new Hono<App>()
  .get('/s/:key/connections/:id', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : showConnection(c, visit, c.req.param('id'), null);
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
      await noteOutlet(c, visit, 'change_outlet', id);
      return showConnection(c, visit, id, secret);
    }
    if (textOf(form, 'act') === 'all') {
      const told = await tellAll(c.env.PEOPLE, site.id, id, visit.ui.nowMs, newMessageId());
      if (told === null) return missing(c);
      await noteOutlet(c, visit, 'change_outlet', id);
      return showConnection(c, visit, id, null, connectionPhrases.all(visit.ui.format.count(told)));
    }
    if (textOf(form, 'act') === 'remove') {
      if (!(await removeOutlet(c.env.PEOPLE, site.id, id))) return missing(c);
      await noteOutlet(c, visit, 'remove_outlet', id);
      return c.redirect(sitePath(site, '/connections?said=removed'), 303);
    }
    const said = await act(c, visit, id, form);
    return said === null ? missing(c) : c.redirect(sitePath(site, `/connections/${id}?said=${said}`), 303);
  });
