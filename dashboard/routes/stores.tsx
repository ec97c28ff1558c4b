/** The comparison of stores, and one store: its figures and its settings. */
import { type Context, Hono } from 'hono';
import { can } from '../../collector/access/roles.ts';
import { hashPin } from '../../collector/fleet/pin.ts';
import { keepPage, keepStoreSettings } from '../../collector/fleet/settings.ts';
import { listFleet } from '../../collector/fleet/stores.ts';
import { wordingsOf } from '../../collector/people/wordings.ts';
import { readStoreNames } from '../../collector/report/labels.ts';
import { sitePath } from '../links.ts';
import { StorePage, type Wrong } from '../pages/store.tsx';
import { StoresPage } from '../pages/stores.tsx';
import { readStoreForm } from '../read-store-form.ts';
import { typedStore } from '../typed-settings.ts';
import { spareUnchanged } from '../unchanged.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { fleetOf } from './kiosks.tsx';
import { lookAt } from './looked.ts';
import { missing } from './missing.tsx';

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

type Refused = { wrong: Wrong; typed: ReturnType<typeof typedStore> };

async function showStore(c: Context<App>, visit: Visit, id: number, refused: Refused | null) {
  const place = (await fleetOf(c, visit)).find(({ store }) => store.id === id);
  if (!place) return missing(c);
  const { ui, frame, site, role } = visit;
  const [wordings, names, looked] = await Promise.all([
    wordingsOf(c.env.PEOPLE, site.id),
    readStoreNames(c.env.PEOPLE, site.id),
    lookAt(c, visit, { store: id }, `/stores/${id}`),
  ]);
  const page = (
    <StorePage
      ui={ui}
      frame={frame}
      site={site}
      store={refused ? { ...place.store, ...refused.typed } : place.store}
      kiosks={place.kiosks}
      nameOf={(kiosk) => names.kiosks.get(kiosk.id) ?? kiosk.name}
      looked={looked}
      mayEnrol={can(role, 'enrol_kiosks')}
      wordings={wordings}
      saved={refused === null && c.req.query('saved') === '1'}
      wrong={refused?.wrong ?? null}
    />
  );
  return c.html(page, refused ? 422 : 200);
}

export const storeRoutes = new Hono<App>()
  .get('/s/:key/stores', spareUnchanged, async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_figures');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { ui, frame, site } = visit;
    const [fleet, names, looked] = await Promise.all([
      listFleet(c.env.PEOPLE, site.id),
      readStoreNames(c.env.PEOPLE, site.id),
      lookAt(c, visit, 'stores', '/stores'),
    ]);
    if (!looked) return missing(c);
    return c.html(
      <StoresPage
        ui={ui}
        frame={frame}
        site={site}
        stores={fleet.map(({ store }) => store)}
        inService={
          new Set(fleet.filter(({ kiosks }) => kiosks.some((kiosk) => kiosk.enrolledAt !== null)).map(({ store }) => store.id))
        }
        nameOf={(store) => names.stores.get(store.id) ?? store.name}
        looked={looked}
      />,
    );
  })
  .get('/s/:key/stores/:id{[0-9]+}', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_fleet');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : showStore(c, visit, Number(c.req.param('id')), null);
  })
  .post('/s/:key/stores/:id{[0-9]+}', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'enrol_kiosks');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { site } = visit;
    const id = Number(c.req.param('id'));
    const place = (await fleetOf(c, visit)).find(({ store }) => store.id === id);
    if (!place) return missing(c);
    const known = new Set((await wordingsOf(c.env.PEOPLE, site.id)).map((wording) => wording.id));
    const form = await formOf(c);
    const read = readStoreForm(form, place.store.settings, known, site.hosts);
    if (typeof read === 'string') return showStore(c, visit, id, { wrong: read, typed: typedStore(form, known) });
    const settings = read.pin === '' ? read.settings : { ...read.settings, pin: hashPin(read.pin, random) };
    await keepStoreSettings(c.env.PEOPLE, site.id, id, settings);
    await keepPage(c.env.PEOPLE, site.id, id, read.page);
    return c.redirect(sitePath(site, `/stores/${id}?saved=1`), 303);
  });
