/** Everybody who is known at a site. */
import { Hono } from 'hono';
import { KNOWN_BY, listPersons } from '../../collector/people/persons.ts';
import { ROWS } from '../pages/opt-ins.tsx';
import { PersonsPage } from '../pages/persons.tsx';
import { type App, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const MAX_PAGE = 10_000;

export const personsRoutes = new Hono<App>().get('/s/:key/people/persons', async (c) => {
  const visit = await visitOf(c, c.req.param('key'), 'see_persons');
  if (visit === null) return missing(c);
  if (visit instanceof Response) return visit;
  const { ui, frame, site } = visit;
  const params = ui.url.searchParams;
  const knownBy = KNOWN_BY.find((one) => one === params.get('by')) ?? null;
  const asked = Number(params.get('page') ?? 1);
  const page = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, MAX_PAGE) : 1;
  const listed = await listPersons(c.env.PEOPLE, site.id, knownBy, { limit: ROWS, offset: (page - 1) * ROWS });
  return c.html(<PersonsPage {...{ ui, frame, site, knownBy, page }} {...listed} />);
});
