/** The demo's outbox; on any other stage there is no such page. */
import { Hono } from 'hono';
import { listLocalMails } from '../../collector/people/local-mails.ts';
import { MailsPage } from '../pages/mails.tsx';
import { type App, visitOf } from './context.ts';
import { missing } from './missing.tsx';

export const mailRoutes = new Hono<App>().get('/s/:key/mails', async (c) => {
  if (c.env.STAGE !== 'demo') return missing(c);
  const visit = await visitOf(c, c.req.param('key'), 'see_mails');
  if (visit === null) return missing(c);
  if (visit instanceof Response) return visit;
  return c.html(<MailsPage ui={visit.ui} frame={visit.frame} mails={await listLocalMails(c.env.PEOPLE, visit.site.id)} />);
});
