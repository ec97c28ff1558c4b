/** One kiosk: health, figures, alerts, secrets, revocation, and what differs from its store's settings. */
import { type Context, Hono } from 'hono';
import { can } from '../../collector/access/roles.ts';
import { release } from '../../collector/fleet/clones.ts';
import { issueSecret, revoke } from '../../collector/fleet/enrolment.ts';
import { optInsToday } from '../../collector/fleet/opt-ins-today.ts';
import { keepKioskSettings } from '../../collector/fleet/settings.ts';
import { readAlerts } from '../../collector/fleet/watch.ts';
import { sealingKeyOf } from '../../collector/people/sealed-opt-in.ts';
import { wordingsOf } from '../../collector/people/wordings.ts';
import type { KioskSettings } from '../../collector/wire.ts';
import type { NewCode } from '../components/enrolment-code.tsx';
import { sitePath } from '../links.ts';
import { KioskPage, type NewSecret } from '../pages/kiosk.tsx';
import { readKioskForm, type WrongOfKiosk } from '../read-kiosk-form.ts';
import { typedKiosk } from '../typed-settings.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { codeFor, fleetOf } from './kiosks.tsx';
import { lookAt } from './looked.ts';
import { missing } from './missing.tsx';

const ALERTS = 200;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

async function kioskOf(c: Context<App>, visit: Visit, id: number) {
  const place = (await fleetOf(c, visit)).find(({ kiosks }) => kiosks.some((kiosk) => kiosk.id === id));
  const kiosk = place?.kiosks.find((one) => one.id === id);
  return place && kiosk ? { store: place.store, kiosk } : null;
}

/** `typed`: settings that were refused, as they were typed. */
type Made = { code?: NewCode; secret?: NewSecret; wrong?: WrongOfKiosk; typed?: KioskSettings };

async function showKiosk(c: Context<App>, visit: Visit, id: number, made: Made = {}) {
  const found = await kioskOf(c, visit, id);
  if (!found) return missing(c);
  const { ui, frame, site, role } = visit;
  const [told, wordings, looked, today] = await Promise.all([
    readAlerts(c.env.PEOPLE, site.id, ALERTS),
    wordingsOf(c.env.PEOPLE, site.id),
    lookAt(c, visit, { kiosk: id }, `/kiosks/${id}`),
    optInsToday(c.env.PEOPLE, site.id, [found.store], ui.nowMs),
  ]);
  const alerts = told.filter(({ kiosk }) => kiosk === id).slice(0, 20);
  return c.html(
    <KioskPage
      ui={ui}
      frame={frame}
      site={site}
      store={found.store}
      kiosk={made.typed ? { ...found.kiosk, settings: made.typed } : found.kiosk}
      alerts={alerts}
      today={today.get(id) ?? 0}
      mayEnrol={can(role, 'enrol_kiosks')}
      newCode={made.code ?? null}
      newSecret={made.secret ?? null}
      looked={looked}
      wordings={wordings}
      saved={made.wrong === undefined && c.req.query('saved') === '1'}
      wrong={made.wrong ?? null}
    />,
    made.wrong ? 422 : 200,
  );
}

export const fleetRoutes = new Hono<App>()
  .get('/s/:key/kiosks/:id{[0-9]+}', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_fleet');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : showKiosk(c, visit, Number(c.req.param('id')));
  })
  .post('/s/:key/kiosks/:id{[0-9]+}', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'enrol_kiosks');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { site, ui } = visit;
    const id = Number(c.req.param('id'));
    const found = await kioskOf(c, visit, id);
    if (!found) return missing(c);
    const form = await formOf(c);
    const act = form.get('act');
    if (act === 'code') return showKiosk(c, visit, id, { code: await codeFor(c, visit, found.kiosk, found.store) });
    if (act === 'settings') {
      const known = new Set((await wordingsOf(c.env.PEOPLE, site.id)).map((wording) => wording.id));
      const read = readKioskForm(form, found.kiosk.settings, known);
      if (typeof read === 'string') return showKiosk(c, visit, id, { wrong: read, typed: typedKiosk(form, known) });
      await keepKioskSettings(c.env.PEOPLE, site.id, id, read);
      return c.redirect(sitePath(site, `/kiosks/${id}?saved=1`), 303);
    }
    if (act === 'secret') {
      const secret = await issueSecret(c.env.PEOPLE, id, ui.nowMs, random);
      return showKiosk(c, visit, id, { secret: { secret, seal: sealingKeyOf(c.env.ADDRESS_SECRET, site.key) } });
    }
    if (act === 'revoke') await revoke(c.env.PEOPLE, id, ui.nowMs);
    else if (act === 'release') await release(c.env.PEOPLE, id, ui.nowMs);
    else return missing(c);
    return c.redirect(sitePath(site, `/kiosks/${id}`), 303);
  });
