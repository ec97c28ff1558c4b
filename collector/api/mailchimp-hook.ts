/** POST /hooks/mailchimp/ID?key=…: what Mailchimp says of its members. Not in the API: it sends forms, and no token in a header. */
import { Hono } from 'hono';
import { isMailchimpKey } from '../people/returns/mailchimp-key.ts';
import { readMailchimp } from '../people/returns/read-reports.ts';
import { takeReturns } from '../people/returns/take-returns.ts';
import { refuseFlood } from './limits.ts';
import { problem } from './problem.ts';
import { readBody } from './read-body.ts';

const FORM = { types: ['application/x-www-form-urlencoded'], maxBytes: 65_536 };
const PATH = '/hooks/mailchimp/:id';
const unknown = () => problem(404, 'not_found', 'There is nothing at this address.');

export function mailchimpHook() {
  const app = new Hono<{ Bindings: Env }>();
  // Mailchimp asks once whether somebody is there, before it keeps the address; nothing is told to whoever asks.
  app.get(PATH, (c) => c.text('ok\n'));
  app.post(PATH, async (c) => {
    const flood = await refuseFlood(c.env, c.req.raw);
    if (flood) return flood;
    const id = c.req.param('id');
    if (!isMailchimpKey(c.env.INDEX_SECRET, id, c.req.query('key') ?? '')) return unknown();
    const site = await c.env.PEOPLE.prepare(
      "SELECT s.id, s.key FROM outlets o JOIN sites s ON s.id = o.site WHERE o.id = ?1 AND o.kind = 'mailchimp'",
    )
      .bind(id)
      .first<{ id: number; key: string }>();
    if (!site) return unknown();
    const bytes = await readBody(c.req.raw, FORM);
    if (bytes instanceof Response) return bytes;
    const found = readMailchimp(new URLSearchParams(new TextDecoder().decode(bytes)));
    if (found) await takeReturns(c.env, site, [found], { at: Date.now(), method: `webhook mailchimp ${id}` });
    return c.json({ taken: found === null ? 0 : 1 });
  });
  return app;
}
