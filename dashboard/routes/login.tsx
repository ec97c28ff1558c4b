/** Signing in and out, and the way from the front door to the first site. */
import { type Context, Hono } from 'hono';
import { signIn, signOut, viewerOf } from '../../collector/access/accounts.ts';
import { can } from '../../collector/access/roles.ts';
import { readNext, sitePath } from '../links.ts';
import { LoginPage } from '../pages/login.tsx';
import { MessagePage } from '../pages/message.tsx';
import { errors, loginWait, login as text } from '../text/access.ts';
import { type App, formOf, frameOf, uiOf } from './context.ts';

/** The demo's login is shown where there is one to show; nowhere else. */
function demoLogin(env: Env): string | null {
  return env.STAGE === 'demo' && env.DEMO_LOGIN ? env.DEMO_LOGIN : null;
}

const field = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 500) : '';
};

/** A redirect that carries the session's cookies. */
function redirectWith(c: Context<App>, headers: Headers, to: string): Response {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
  return c.redirect(to, 303);
}

export const loginRoutes = new Hono<App>()
  .get('/', async (c) => {
    const viewer = await viewerOf(c.env, c.req.raw);
    if (!viewer) return c.redirect('/login', 303);
    const open = viewer.sites.find(({ role }) => can(role, 'see_figures'));
    if (open) return c.redirect(sitePath(open.site), 303);
    const store = viewer.sites.find(({ role }) => can(role, 'see_fleet'));
    if (store) return c.redirect(sitePath(store.site, '/kiosks'), 303);
    return c.html(
      <MessagePage ui={uiOf(c, null)} frame={frameOf(viewer, null)} title={errors.noSite} lead={errors.noSiteLead} />,
      403,
    );
  })
  .get('/login', async (c) => {
    const next = readNext(c.req.query('next'));
    if (await viewerOf(c.env, c.req.raw)) return c.redirect(next, 303);
    return c.html(<LoginPage ui={uiOf(c, null)} next={next} email="" problem={null} demo={demoLogin(c.env)} />);
  })
  .post('/login', async (c) => {
    const form = await formOf(c);
    const [email, next] = [field(form, 'email'), readNext(field(form, 'next'))];
    const result = await signIn(c.env, c.req.raw, email, field(form, 'password'));
    if (result.ok) return redirectWith(c, result.headers, next);
    const ui = uiOf(c, null);
    const waits = result.reason === 'wait';
    const problem = ui.say(
      waits ? loginWait(ui.format.count(Math.max(1, Math.ceil((result.retryAfterS ?? 60) / 60)))) : text.wrong,
    );
    if (waits && result.retryAfterS) c.header('retry-after', String(Math.ceil(result.retryAfterS)));
    return c.html(<LoginPage ui={ui} next={next} email={email} problem={problem} demo={demoLogin(c.env)} />, waits ? 429 : 401);
  })
  .post('/logout', async (c) => redirectWith(c, await signOut(c.env, c.req.raw), '/login'));
