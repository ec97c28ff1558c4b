/**
 * GET /w/KEY/ID: the public text of a wording, for `<comptoir-optin>`. Readable on every host: a form shows it to everybody.
 * A wording never changes once written, so whoever has it may keep it for good.
 */
import { type Context, Hono } from 'hono';
import { wordingOf } from '../people/wordings.ts';
import { siteOfKey } from '../store/sites.ts';
import { prefixOf } from './address-prefix.ts';
import type { Collector } from './collector.ts';
import type { Sender } from './receive.ts';

const OPEN = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};
const refuse = (c: Context, status: 404 | 429, text: string) => c.text(text, status, { ...OPEN, 'cache-control': 'no-store' });

/** @param collectorOf makes the request's collector, as for POST /c. Cookies are never read. */
export function wordingRoute<E extends object>(
  collectorOf: (request: Request, env: E, later: (work: Promise<unknown>) => void) => { collector: Collector; sender: Sender },
) {
  return new Hono<{ Bindings: E }>().get('/w/:key/:id', async (c) => {
    const { collector, sender } = collectorOf(c.req.raw, c.env, () => {});
    const { people, secrets, shedder, now } = collector;
    if (shedder && !(await shedder.limit({ key: prefixOf(sender.ip) })).success) return refuse(c, 429, 'Too many requests\n');
    const site = await siteOfKey(people, secrets.SITE_SECRET, c.req.param('key'), now());
    const wording = site && (await wordingOf(people, site.id, c.req.param('id')));
    if (!wording) return refuse(c, 404, 'No such wording\n');
    const { id, language, title, boxes, note, privacyUrl } = wording;
    return c.json({ id, language, title, boxes, note, privacyUrl }, 200, {
      ...OPEN,
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });
}
