/** Somebody chooses alerts by mail, or ends them: for themselves, wherever they see kiosks. */
import { Hono } from 'hono';
import { chooseAlertMails } from '../../collector/notify/outlets/choose-alert-mails.ts';
import { sitePath } from '../links.ts';
import { type App, formOf, visitOf } from './context.ts';
import { missing } from './missing.tsx';

export const kioskAlertRoutes = new Hono<App>().post('/s/:key/kiosks/alerts', async (c) => {
  const visit = await visitOf(c, c.req.param('key'), 'see_fleet');
  if (visit === null) return missing(c);
  if (visit instanceof Response) return visit;
  const { site, viewer, ui } = visit;
  const wanted = (await formOf(c)).get('alerts');
  if (wanted !== 'on' && wanted !== 'off') return missing(c);
  await chooseAlertMails(c.env.PEOPLE, site.id, viewer.userId, wanted === 'on', ui.nowMs);
  return c.redirect(`${sitePath(site, '/kiosks')}#alerts`, 303);
});
