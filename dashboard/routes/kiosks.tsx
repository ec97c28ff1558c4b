/** The fleet page and new enrolment codes. */
import { type Context, Hono } from 'hono';
import { can } from '../../collector/access/roles.ts';
import { issueCode } from '../../collector/fleet/enrolment.ts';
import { listFleet } from '../../collector/fleet/stores.ts';
import { KiosksPage, type NewCode } from '../pages/kiosks.tsx';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const VALID_MS = 15 * 60_000;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

/** Somebody of one store sees that store. */
async function fleetOf(c: Context<App>, visit: Visit) {
  const fleet = await listFleet(c.env.PEOPLE, visit.site.id);
  return visit.store === null && visit.role !== 'store' ? fleet : fleet.filter(({ store }) => store.id === visit.store);
}

async function show(c: Context<App>, visit: Visit, newCode: NewCode | null) {
  const { ui, frame, site, role } = visit;
  return c.html(
    <KiosksPage
      ui={ui}
      frame={frame}
      site={site}
      fleet={await fleetOf(c, visit)}
      mayEnrol={can(role, 'enrol_kiosks')}
      newCode={newCode}
    />,
  );
}

export const kioskRoutes = new Hono<App>()
  .get('/s/:key/kiosks', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_fleet');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : show(c, visit, null);
  })
  .post('/s/:key/kiosks', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'enrol_kiosks');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const asked = Number((await formOf(c)).get('kiosk'));
    const place = (await fleetOf(c, visit)).find(({ kiosks }) => kiosks.some((kiosk) => kiosk.id === asked));
    const kiosk = place?.kiosks.find(({ id }) => id === asked);
    if (!place || !kiosk) return missing(c);
    const code = await issueCode(c.env.PEOPLE, kiosk.id, visit.ui.nowMs, random);
    return show(c, visit, { kiosk: kiosk.name, store: place.store.name, code, until: visit.ui.nowMs + VALID_MS });
  });
