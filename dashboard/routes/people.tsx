/** The people screens: opt-ins, their way, one person; addresses and acts for stewards only, each written down. */
import { type Context, Hono } from 'hono';
import { noteAudit } from '../../collector/access/audit.ts';
import { can } from '../../collector/access/roles.ts';
import { readAttached } from '../../collector/people/attached-facts.ts';
import { erasePerson } from '../../collector/people/erase.ts';
import { listOptIns, OPT_IN_STATES, type OptInFilter } from '../../collector/people/list-opt-ins.ts';
import { readPerson } from '../../collector/people/persons.ts';
import { findPerson, revealAddress } from '../../collector/people/reveal-address.ts';
import { withdrawOptIn } from '../../collector/people/withdraw.ts';
import { wordingsOf } from '../../collector/people/wordings.ts';
import { readStoreNames } from '../../collector/report/labels.ts';
import { homeOf } from '../../collector/report/run-query.ts';
import { personPath } from '../components/people-parts.tsx';
import { REASON_CHARS } from '../components/reveal-form.tsx';
import { queryOf, sitePath } from '../links.ts';
import { OptInsPage, ROWS } from '../pages/opt-ins.tsx';
import { PersonPage, type Shown } from '../pages/person.tsx';
import type { Params } from '../view.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const MAX_SEARCH = 200;
const MAX_PAGE = 10_000;
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const isSteward = ({ role }: Visit) => can(role, 'see_addresses');
const actorOf = ({ viewer }: Visit) => `user ${viewer.userId}`;

function filterOf(params: URLSearchParams): OptInFilter {
  const state = OPT_IN_STATES.find((one) => one === params.get('state')) ?? null;
  const touchpoint = (['web', 'kiosk'] as const).find((one) => one === params.get('touchpoint')) ?? null;
  const search = (params.get('search') ?? '').trim().slice(0, MAX_SEARCH);
  return { state, touchpoint, store: null, wording: params.get('wording') || null, search, from: null, until: null };
}

/** Shown to whoever may see persons, or nothing. */
async function opened(
  c: Context<App, '/s/:key/people/:person'>,
  action: 'see_persons' | 'see_addresses',
  serve: (visit: Visit) => Promise<Response>,
): Promise<Response> {
  const visit = await visitOf(c, c.req.param('key'), action);
  if (visit === null) return missing(c);
  return visit instanceof Response ? visit : serve(visit);
}

async function showPerson(c: Context<App>, visit: Visit, id: string, said: Shown): Promise<Response> {
  const { ui, frame, site } = visit;
  const person = await readPerson(c.env.PEOPLE, site.id, id);
  if (!person) return missing(c);
  const before = Number(c.req.query('before') ?? '');
  const until = Number.isSafeInteger(before) && before > 0 ? before : ui.nowMs;
  const [page, { stores }] = await Promise.all([
    readAttached(homeOf(c.env, site).EVENTS, site, person.spans, until),
    readStoreNames(c.env.PEOPLE, site.id),
  ]);
  const shown = { ui, frame, site, person, page, stores, steward: isSteward(visit), said };
  return c.html(<PersonPage {...shown} />, said.problem ? 422 : 200);
}

export const peopleRoutes = new Hono<App>()
  .get('/s/:key/people', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_persons');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { ui, frame, site } = visit;
    const filter = filterOf(ui.url.searchParams);
    const asked = Number(ui.url.searchParams.get('page') ?? 1);
    const page = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, MAX_PAGE) : 1;
    const [{ rows, total }, { stores }, wordings] = await Promise.all([
      listOptIns(c.env.PEOPLE, site.id, filter, { limit: ROWS, offset: (page - 1) * ROWS }),
      readStoreNames(c.env.PEOPLE, site.id),
      wordingsOf(c.env.PEOPLE, site.id),
    ]);
    return c.html(
      <OptInsPage
        {...{ ui, frame, site, filter, page, rows, total, stores }}
        wordings={wordings.map(({ id }) => id)}
        reveals={isSteward(visit)}
        nobody={ui.url.searchParams.has('nobody')}
        erased={ui.url.searchParams.get('erased')}
      />,
    );
  })
  // What is typed may be an address: it is looked up here and goes into no URL.
  .post('/s/:key/people', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_persons');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const { site, ui } = visit;
    const form = await formOf(c);
    const textOf = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value.trim().slice(0, 320) : '';
    };
    const search = textOf('search');
    if (search.includes('@')) {
      const person = isSteward(visit) ? await findPerson(c.env, site, search) : null;
      if (isSteward(visit)) {
        const found = { action: 'find_address' as const, reason: person ? 'found' : 'nobody', ...(person ? { person } : {}) };
        await noteAudit(c.env.PEOPLE, { site: site.id, actor: actorOf(visit), ...found }, ui.nowMs, random);
      }
      return c.redirect(person ? personPath(site, person) : sitePath(site, '/people?nobody'), 303);
    }
    const params: Params = ['state', 'touchpoint', 'wording', 'search'].flatMap((name): Params => {
      const value = textOf(name);
      return value === '' ? [] : [[name, value]];
    });
    return c.redirect(sitePath(site, `/people${params.length > 0 ? `?${queryOf(params)}` : ''}`), 303);
  })
  .get('/s/:key/people/:person', (c) => opened(c, 'see_persons', (visit) => showPerson(c, visit, c.req.param('person'), {})))
  .post('/s/:key/people/:person/address', (c) =>
    opened(c, 'see_addresses', async (visit) => {
      const { site, ui } = visit;
      const person = c.req.param('person');
      const reason = String((await formOf(c)).get('reason') ?? '')
        .trim()
        .slice(0, REASON_CHARS);
      if (reason.length < 5) return showPerson(c, visit, person, { problem: true });
      if (!(await readPerson(c.env.PEOPLE, site.id, person))) return missing(c);
      // Written down first: an address that was shown is on record, whatever happens after.
      const act = { site: site.id, actor: actorOf(visit), action: 'see_address' as const, person, reason };
      await noteAudit(c.env.PEOPLE, act, ui.nowMs, random);
      return showPerson(c, visit, person, { address: await revealAddress(c.env, site.id, person) });
    }),
  )
  .post('/s/:key/people/:person/withdraw', (c) =>
    opened(c, 'see_addresses', async (visit) => {
      const { site, ui } = visit;
      const person = c.req.param('person');
      if (!(await readPerson(c.env.PEOPLE, site.id, person))) return missing(c);
      const purpose = (await formOf(c)).get('purpose') === 'link' ? 'link' : 'news';
      const how = { at: ui.nowMs, method: actorOf(visit) };
      const withdrawn = await withdrawOptIn(c.env.PEOPLE, { site: site.id, person, purpose }, how);
      const act = { site: site.id, actor: actorOf(visit), action: 'withdraw' as const, person, reason: purpose };
      if (withdrawn > 0) await noteAudit(c.env.PEOPLE, act, ui.nowMs, random);
      return showPerson(c, visit, person, { withdrawn });
    }),
  )
  .post('/s/:key/people/:person/erase', (c) =>
    opened(c, 'see_addresses', async (visit) => {
      const { site, ui } = visit;
      const [person, actor] = [c.req.param('person'), actorOf(visit)];
      if ((await formOf(c)).get('sure') !== 'yes') return c.redirect(`${personPath(site, person)}#acts`, 303);
      const erased = await erasePerson(c.env, { site, person }, { at: ui.nowMs, by: actor, random });
      if (erased === null) return missing(c);
      // Without the person, whose name is gone with the rest.
      const act = { site: site.id, actor, action: 'erase_person' as const, reason: erased.id };
      await noteAudit(c.env.PEOPLE, act, ui.nowMs, random);
      return c.redirect(sitePath(site, `/people?erased=${erased.done ? 'all' : 'soon'}`), 303);
    }),
  );
