/** What is kept of a site, and the one setting about it, for whoever manages the site. */
import { type Context, Hono } from 'hono';
import { readRawDays, setRawDays } from '../../collector/access/set-raw-days.ts';
import { countParked, RAW_DAYS, readKeeping, readLoss } from '../../collector/report/keeping.ts';
import { readRefused } from '../../collector/report/refused.ts';
import { readStorage } from '../../collector/report/storage.ts';
import type { Shortening } from '../components/keep-form.tsx';
import { sitePath } from '../links.ts';
import { CollectionPage } from '../pages/collection.tsx';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const REFUSED_DAYS = 7;
/** What a form may send of a number; more is nothing a person types. */
const TYPED_CHARS = 20;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const textOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, TYPED_CHARS) : '');

type Asked = { typed?: string; shortening?: Shortening };

async function show(c: Context<App>, { ui, frame, site }: Visit, asked: Asked, status: 200 | 422 = 200) {
  const [gauges, keeping, refused, parked] = await Promise.all([
    readStorage(c.env.PEOPLE),
    readKeeping(c.env, site),
    readRefused(c.env.EVENTS, site, REFUSED_DAYS, ui.nowMs),
    countParked(c.env.EVENTS),
  ]);
  const gaugeOf = (database: string) => gauges.find((gauge) => gauge.database === database) ?? null;
  return c.html(
    <CollectionPage
      ui={ui}
      frame={frame}
      site={site}
      events={gaugeOf(site.events ?? 'EVENTS')}
      people={gaugeOf('PEOPLE')}
      keeping={keeping}
      bounds={RAW_DAYS}
      typed={asked.typed ?? null}
      shortening={asked.shortening ?? null}
      saved={c.req.query('saved') !== undefined}
      hasHistory={c.env.HISTORY !== undefined}
      parked={parked}
      refused={refused}
    />,
    status,
  );
}

export const collectionRoutes = new Hono<App>()
  .get('/s/:key/collection', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : show(c, visit, {});
  })
  .post('/s/:key/collection', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { site, viewer, ui } = visit;
    const form = await formOf(c);
    const typed = textOf(form.get('days'));
    const days = readRawDays(typed);
    if (days === null) return show(c, visit, { typed }, 422);
    // Confirmed is the number that was shown: another one is asked about again.
    const loss = form.get('confirmed') === String(days) ? null : await readLoss(c.env, site, days, ui.nowMs);
    if (loss) return show(c, visit, { shortening: { days, ...loss } });
    await setRawDays(c.env.PEOPLE, site, days, `user ${viewer.userId}`, ui.nowMs, random);
    return c.redirect(sitePath(site, '/collection?saved'), 303);
  });
