/** One kiosk and one store: health, alerts, secrets, revocation, settings. */
import { type Context, Hono } from 'hono';
import { can } from '../../collector/access/roles.ts';
import { release } from '../../collector/fleet/clones.ts';
import { issueSecret, revoke } from '../../collector/fleet/enrolment.ts';
import { hashPin } from '../../collector/fleet/pin.ts';
import { keepStoreSettings } from '../../collector/fleet/settings.ts';
import { readAlerts } from '../../collector/fleet/watch.ts';
import { sealingKeyOf } from '../../collector/people/sealed-opt-in.ts';
import { wordingsOf } from '../../collector/people/wordings.ts';
import { sitePath } from '../links.ts';
import { KioskPage, type NewSecret } from '../pages/kiosk.tsx';
import type { NewCode } from '../pages/kiosks.tsx';
import { StorePage, type Wrong } from '../pages/store.tsx';
import { readStoreForm } from '../read-store-form.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { codeFor, fleetOf } from './kiosks.tsx';
import { missing } from './missing.tsx';

const ALERTS = 200;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

async function kioskOf(c: Context<App>, visit: Visit, id: number) {
  const place = (await fleetOf(c, visit)).find(({ kiosks }) => kiosks.some((kiosk) => kiosk.id === id));
  const kiosk = place?.kiosks.find((one) => one.id === id);
  return place && kiosk ? { store: place.store, kiosk } : null;
}

async function showKiosk(c: Context<App>, visit: Visit, id: number, made: { code?: NewCode; secret?: NewSecret } = {}) {
  const found = await kioskOf(c, visit, id);
  if (!found) return missing(c);
  const { ui, frame, site, role } = visit;
  const alerts = (await readAlerts(c.env.PEOPLE, site.id, ALERTS)).filter(({ kiosk }) => kiosk === id).slice(0, 20);
  return c.html(
    <KioskPage
      ui={ui}
      frame={frame}
      site={site}
      {...found}
      alerts={alerts}
      mayEnrol={can(role, 'enrol_kiosks')}
      newCode={made.code ?? null}
      newSecret={made.secret ?? null}
    />,
  );
}

async function showStore(c: Context<App>, visit: Visit, id: number, saved: boolean, wrong: Wrong | null) {
  const place = (await fleetOf(c, visit)).find(({ store }) => store.id === id);
  if (!place) return missing(c);
  const { ui, frame, site } = visit;
  const wordings = await wordingsOf(c.env.PEOPLE, site.id);
  const page = (
    <StorePage ui={ui} frame={frame} site={site} store={place.store} wordings={wordings} saved={saved} wrong={wrong} />
  );
  return c.html(page, wrong ? 422 : 200);
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
    const act = (await formOf(c)).get('act');
    if (act === 'code') return showKiosk(c, visit, id, { code: await codeFor(c, visit, found.kiosk, found.store.name) });
    if (act === 'secret') {
      const secret = await issueSecret(c.env.PEOPLE, id, ui.nowMs, random);
      return showKiosk(c, visit, id, { secret: { secret, seal: sealingKeyOf(c.env.ADDRESS_SECRET, site.key) } });
    }
    if (act === 'revoke') await revoke(c.env.PEOPLE, id, ui.nowMs);
    else if (act === 'release') await release(c.env.PEOPLE, id, ui.nowMs);
    else return missing(c);
    return c.redirect(sitePath(site, `/kiosks/${id}`), 303);
  })
  .get('/s/:key/stores/:id{[0-9]+}', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'enrol_kiosks');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    return showStore(c, visit, Number(c.req.param('id')), c.req.query('saved') === '1', null);
  })
  .post('/s/:key/stores/:id{[0-9]+}', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'enrol_kiosks');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const id = Number(c.req.param('id'));
    const place = (await fleetOf(c, visit)).find(({ store }) => store.id === id);
    if (!place) return missing(c);
    const known = new Set((await wordingsOf(c.env.PEOPLE, visit.site.id)).map((wording) => wording.id));
    const read = readStoreForm(await formOf(c), place.store.settings, known);
    if (typeof read === 'string') return showStore(c, visit, id, false, read);
    const settings = read.pin === '' ? read.settings : { ...read.settings, pin: hashPin(read.pin, random) };
    await keepStoreSettings(c.env.PEOPLE, visit.site.id, id, settings);
    return c.redirect(sitePath(visit.site, `/stores/${id}?saved=1`), 303);
  });
