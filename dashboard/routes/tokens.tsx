/** The page of API tokens, for whoever manages the site: making one, and revoking one. */
import { type Context, Hono } from 'hono';
import { listTokens, revokeToken } from '../../collector/access/list-tokens.ts';
import { can } from '../../collector/access/roles.ts';
import { cleanTokenName, isScope, makeToken } from '../../collector/access/tokens.ts';
import { identifySecret } from '../../collector/people/identify.ts';
import { sitePath } from '../links.ts';
import { TokensPage } from '../pages/tokens.tsx';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const managedBy = ({ viewer }: Visit) => viewer.sites.filter(({ role }) => can(role, 'manage_site')).map(({ site }) => site);
const textsOf = (form: FormData, name: string) => form.getAll(name).filter((value) => typeof value === 'string');

async function show(c: Context<App>, visit: Visit, said: { fresh?: string; problem?: boolean }) {
  const { ui, frame, site } = visit;
  const tokens = await listTokens(c.env.PEOPLE, [site.id]);
  return c.html(
    <TokensPage
      ui={ui}
      frame={frame}
      site={site}
      managed={managedBy(visit)}
      tokens={tokens}
      fresh={said.fresh ?? null}
      revoked={c.req.method === 'GET' && c.req.query('revoked') !== undefined}
      problem={said.problem ?? false}
      signing={identifySecret(c.env.INDEX_SECRET, site.key)}
    />,
    said.problem ? 422 : 200,
  );
}

async function create(c: Context<App>, visit: Visit, form: FormData) {
  const [name = ''] = textsOf(form, 'name').map(cleanTokenName);
  const scopes = [...new Set(textsOf(form, 'scope').filter(isScope))];
  const asked = textsOf(form, 'site');
  const sites = managedBy(visit).filter(({ key }) => asked.includes(key));
  if (name === '' || scopes.length === 0 || sites.length === 0) return show(c, visit, { problem: true });
  const wanted = { name, scopes, sites: sites.map(({ id }) => id), createdBy: visit.viewer.userId };
  const { token } = await makeToken(c.env.PEOPLE, wanted, visit.ui.nowMs, random);
  return show(c, visit, { fresh: token });
}

export const tokenRoutes = new Hono<App>()
  .get('/s/:key/tokens', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : show(c, visit, {});
  })
  .post('/s/:key/tokens', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const form = await formOf(c);
    const revoked = form.get('revoke');
    if (typeof revoked !== 'string') return create(c, visit, form);
    if (!(await revokeToken(c.env.PEOPLE, revoked, [visit.site.id], visit.ui.nowMs))) return missing(c);
    return c.redirect(sitePath(visit.site, '/tokens?revoked'), 303);
  });
