/** Mail of a site, for whoever answers for it: reading, deciding about what was held, and, for admins, who confirms. */
import { type Context, Hono } from 'hono';
import { noteAudit } from '../../collector/access/audit.ts';
import { can } from '../../collector/access/roles.ts';
import { dropHeld, sendHeld } from '../../collector/people/decide-held.ts';
import { heldFor, listHeld, readHeldFor } from '../../collector/people/held-opt-ins.ts';
import { listLocalMails, readLocalMail } from '../../collector/people/local-mails.ts';
import { isConfirmer, keepMailSettings, readHourly, readMailSettings } from '../../collector/people/mail-settings.ts';
import { readMailState } from '../../collector/people/mail-state.ts';
import { readMailWay } from '../../collector/people/mail-way.ts';
import { sitePath } from '../links.ts';
import { type Decided, MailsPage } from '../pages/mails.tsx';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const SHOWN = 50;
/** Decided in one request; what is left is said, and decided by the next. */
const AT_ONCE = 100;
const TYPED_CHARS = 20;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
type Told = { problem?: 'choice' | { typed: string } };

function readDecided(c: Context<App>): Decided | null {
  const [decision, done] = [c.req.query('decided'), Number(c.req.query('n'))];
  return (decision === 'send' || decision === 'drop') && Number.isInteger(done) && done >= 0 ? { decision, done } : null;
}

async function show(c: Context<App>, { ui, frame, site, role }: Visit, { problem }: Told) {
  const way = readMailWay(c.env);
  const people = c.env.PEOPLE;
  const [state, { held, counts }, settings, outbox] = await Promise.all([
    readMailState(people, site.id, ui.nowMs),
    listHeld(people, site.id, SHOWN),
    can(role, 'manage_site') ? readMailSettings(people, site.id) : null,
    c.env.STAGE === 'demo' ? listLocalMails(people, site.id) : null,
  ]);
  return c.html(
    <MailsPage
      ui={ui}
      frame={frame}
      site={site}
      way={way}
      state={state}
      held={held}
      counts={counts}
      decided={c.req.method === 'GET' ? readDecided(c) : null}
      settings={settings}
      problem={problem ?? null}
      saved={c.req.query('saved') !== undefined}
      outbox={outbox}
    />,
    problem ? 422 : 200,
  );
}

/** The ids that were ticked, or all of one reason. */
async function chosenOf(c: Context<App>, { site }: Visit, form: FormData): Promise<string[]> {
  const reason = readHeldFor(form.get('all'));
  if (reason) return heldFor(c.env.PEOPLE, site.id, reason, AT_ONCE);
  return form
    .getAll('id')
    .filter((id) => typeof id === 'string')
    .slice(0, AT_ONCE);
}

async function decide(c: Context<App>, visit: Visit, decision: Decided['decision'], form: FormData) {
  const { site, ui, viewer } = visit;
  const ids = await chosenOf(c, visit, form);
  if (ids.length === 0) return show(c, visit, { problem: 'choice' });
  const by = `user ${viewer.userId}`;
  const action = decision === 'send' ? 'send_held' : 'drop_held';
  // Before it is done: what is done without a trace cannot be.
  await noteAudit(c.env.PEOPLE, { site: site.id, actor: by, action, reason: ids.join(' ') }, ui.nowMs, random);
  let done = 0;
  for (const id of ids) {
    const decided =
      decision === 'send'
        ? await sendHeld(c.env, { site, id, by, nowMs: ui.nowMs, random })
        : await dropHeld(c.env.PEOPLE, site.id, id);
    if (decided) done += 1;
  }
  return c.redirect(sitePath(site, `/mails?decided=${decision}&n=${done}`), 303);
}

async function keep(c: Context<App>, visit: Visit, form: FormData) {
  const { site, role, viewer, ui } = visit;
  if (!can(role, 'manage_site')) return missing(c);
  const given = form.get('hourly');
  const typed = typeof given === 'string' ? given.slice(0, TYPED_CHARS) : '';
  const hourly = readHourly(typed);
  const confirmedBy = form.get('confirmed-by');
  if (hourly === null || !isConfirmer(confirmedBy)) return show(c, visit, { problem: { typed } });
  const reason = `confirmed by ${confirmedBy}, ${hourly} mails an hour`;
  const audited = { site: site.id, actor: `user ${viewer.userId}`, action: 'set_mail', reason } as const;
  await noteAudit(c.env.PEOPLE, audited, ui.nowMs, random);
  await keepMailSettings(c.env.PEOPLE, site.id, { confirmedBy, hourly });
  return c.redirect(sitePath(site, '/mails?saved'), 303);
}

/** A mail as a mailbox shows it. It is nobody's page: nothing in it runs, loads or posts. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const mailRoutes = new Hono<App>()
  .get('/s/:key/mails', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_mails');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : show(c, visit, {});
  })
  .post('/s/:key/mails', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_mails');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const form = await formOf(c);
    const decision = form.get('decision');
    if (decision === 'settings') return keep(c, visit, form);
    return decision === 'send' || decision === 'drop' ? decide(c, visit, decision, form) : missing(c);
  })
  .get('/s/:key/mails/:id', async (c) => {
    const visit = c.env.STAGE === 'demo' ? await visitOf(c, c.req.param('key'), 'see_mails') : null;
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const mail = await readLocalMail(c.env.PEOPLE, visit.site.id, c.req.param('id'));
    return mail ? c.html(mail.html, 200, { 'content-security-policy': MAIL_POLICY }) : missing(c);
  });
