/** The fleet page: states, new enrolment codes, new stores and kiosks. */
import { type Context, Hono } from 'hono';
import { can } from '../../collector/access/roles.ts';
import { issueCode } from '../../collector/fleet/enrolment.ts';
import { optInsToday } from '../../collector/fleet/opt-ins-today.ts';
import { addKiosk, addStore, listFleet } from '../../collector/fleet/stores.ts';
import { hasAlertMails } from '../../collector/notify/outlets/choose-alert-mails.ts';
import { isTimeZone } from '../../collector/store/calendar.ts';
import type { NewCode } from '../components/enrolment-code.tsx';
import { sitePath } from '../links.ts';
import { KiosksPage } from '../pages/kiosks.tsx';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const VALID_MS = 15 * 60_000;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

/** Somebody of one store sees that store. */
export async function fleetOf(c: Context<App>, visit: Visit) {
  const fleet = await listFleet(c.env.PEOPLE, visit.site.id);
  return visit.store === null && visit.role !== 'store' ? fleet : fleet.filter(({ store }) => store.id === visit.store);
}

export async function codeFor(
  c: Context<App>,
  visit: Visit,
  kiosk: { id: number; name: string },
  store: { name: string; page: string | null },
): Promise<NewCode> {
  const code = await issueCode(c.env.PEOPLE, kiosk.id, visit.ui.nowMs, random);
  return { kiosk: kiosk.name, store: store.name, page: store.page, code, until: visit.ui.nowMs + VALID_MS };
}

async function show(c: Context<App>, visit: Visit, newCode: NewCode | null, wrongZone?: { name: string; zone: string }) {
  const { ui, frame, site, role, viewer } = visit;
  const fleet = await fleetOf(c, visit);
  return c.html(
    <KiosksPage
      ui={ui}
      frame={frame}
      site={site}
      fleet={fleet}
      today={
        await optInsToday(
          c.env.PEOPLE,
          site.id,
          fleet.map(({ store }) => store),
          ui.nowMs,
        )
      }
      mayEnrol={can(role, 'enrol_kiosks')}
      alerts={await hasAlertMails(c.env.PEOPLE, site.id, viewer.userId)}
      newCode={newCode}
      wrongZone={wrongZone ?? null}
    />,
    wrongZone ? 422 : 200,
  );
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim().slice(0, 80) : '';
};

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
    const form = await formOf(c);
    const { site, ui } = visit;
    const fleet = await fleetOf(c, visit);
    const [storeName, kioskName] = [text(form, 'store-name'), text(form, 'kiosk-name')];
    if (storeName !== '' && !isTimeZone(text(form, 'zone')))
      return show(c, visit, null, { name: storeName, zone: text(form, 'zone') });
    if (storeName !== '') {
      await addStore(c.env.PEOPLE, site.id, storeName, text(form, 'zone'), ui.nowMs);
      return c.redirect(sitePath(site, '/kiosks'), 303);
    }
    const into = fleet.find(({ store }) => store.id === Number(form.get('in')));
    if (kioskName !== '' && into) {
      await addKiosk(c.env.PEOPLE, site.id, into.store.id, kioskName, ui.nowMs);
      return c.redirect(sitePath(site, '/kiosks'), 303);
    }
    const asked = Number(form.get('kiosk'));
    const place = fleet.find(({ kiosks }) => kiosks.some((kiosk) => kiosk.id === asked));
    const kiosk = place?.kiosks.find(({ id }) => id === asked);
    if (!place || !kiosk) return missing(c);
    return show(c, visit, await codeFor(c, visit, kiosk, place.store));
  });
