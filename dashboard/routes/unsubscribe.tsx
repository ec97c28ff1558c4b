/**
 * Unsubscribing: a GET only shows, a POST withdraws, without login, cookie or question. A mailbox posts for its owner with
 * `List-Unsubscribe=One-Click` in either encoding (https://www.rfc-editor.org/rfc/rfc8058#section-3.2); any other POST is our own button.
 */
import { type Context, Hono } from 'hono';
import { readWithdrawal, withdrawByLink } from '../../collector/people/withdraw-by-link.ts';
import { UnsubscribePage, type UnsubscribeState } from '../pages/unsubscribe.tsx';
import { type App, formOf, uiOf } from './context.ts';

async function show(c: Context<App>, state?: UnsubscribeState) {
  const found = await readWithdrawal(c.env, c.req.param('token') ?? '');
  const ui = uiOf(c, found?.site ?? null, found?.language ?? undefined);
  const stored = found && (found.standing > 0 ? 'question' : 'nothing');
  const shown = (found && state) ?? stored ?? 'unknown';
  return c.html(
    <UnsubscribePage ui={ui} state={shown} site={found?.site.name ?? ''} linked={(found?.linked ?? 0) > 0} />,
    shown === 'unknown' ? 404 : 200,
  );
}

export const unsubscribeRoutes = new Hono<App>()
  .get('/unsubscribe/:token', (c) => show(c))
  .post('/unsubscribe/:token', async (c) => {
    const form = await formOf(c);
    const method = form.get('List-Unsubscribe') === 'One-Click' ? 'one-click' : 'page';
    const purpose = method === 'page' && form.get('answer') === 'link' ? 'link' : 'news';
    await withdrawByLink(c.env, c.req.param('token'), { method, purpose }, Date.now());
    return show(c, purpose === 'link' ? 'unlinked' : 'done');
  });
