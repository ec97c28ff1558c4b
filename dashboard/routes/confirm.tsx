/** Confirming an opt-in: a GET only shows, a POST decides. No login; the token is the key. */
import { type Context, Hono } from 'hono';
import { confirmAndRelay, readConfirmation } from '../../collector/people/confirmation.ts';
import { denyOptIn } from '../../collector/people/deny-opt-in.ts';
import { ConfirmPage, type ConfirmState } from '../pages/confirm.tsx';
import { type App, formOf, uiOf } from './context.ts';

/** What the page says after "not me". */
const ANSWERS = { erased: 'denied', dropped: 'dropped' } as const;

/** When the page was made that the button stands on: what came later was not on it. 0 = not said. */
function readMoment(value: unknown, nowMs: number): number {
  const at = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : 0;
  return Math.min(at, nowMs);
}

/** @param state what the deed just led to; without it, what is stored. */
async function show(c: Context<App>, token: string, state?: ConfirmState) {
  const found = await readConfirmation(c.env, token, Date.now());
  const ui = uiOf(c, found?.site ?? null, found?.language);
  const shown = state ?? found?.state ?? 'unknown';
  const page = (
    <ConfirmPage
      ui={ui}
      state={shown}
      site={found?.site.name ?? ''}
      address={found?.maskedAddress ?? ''}
      title={found?.title ?? ''}
      requests={found?.requests ?? []}
    />
  );
  return c.html(page, shown === 'unknown' ? 404 : 200);
}

export const confirmRoutes = new Hono<App>()
  .get('/confirm/:token', (c) => show(c, c.req.param('token')))
  .post('/confirm/:token', async (c) => {
    const token = c.req.param('token');
    const form = await formOf(c);
    const answer = form.get('answer');
    if (answer === 'confirm') {
      const until = readMoment(form.get('until'), Date.now());
      const claimed = form.getAll('mine').filter((id) => typeof id === 'string');
      return show(c, token, await confirmAndRelay(c.env, token, Date.now(), until, claimed));
    }
    if (answer !== 'deny') return show(c, token);
    // Read first: once denied, there is nothing left to say in whose name.
    const found = await readConfirmation(c.env, token, Date.now());
    const denied = await denyOptIn(c.env, token, Date.now());
    const ui = uiOf(c, found?.site ?? null, found?.language);
    return c.html(
      <ConfirmPage
        ui={ui}
        state={denied ? ANSWERS[denied] : 'unknown'}
        site={found?.site.name ?? ''}
        address=""
        title=""
        requests={[]}
      />,
      denied ? 200 : 404,
    );
  });
