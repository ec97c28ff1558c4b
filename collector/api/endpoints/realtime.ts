/** GET /realtime: what happens now. */
import * as v from 'valibot';
import { readRealtime } from '../../report/realtime.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint } from '../endpoint.ts';
import { instant, iso, siteParameter } from '../shapes.ts';

const realtimeAnswer = v.object({
  at: instant,
  visitors: v.pipe(v.number(), v.description('Distinct visitors with a sign of life in the last 5 minutes.')),
  minutes: v.pipe(
    v.array(v.object({ at: instant, visitors: v.number(), pageviews: v.number() })),
    v.description('The last 30 minutes, the oldest first; the last one is not over.'),
  ),
  opt_ins: v.array(
    v.object({
      at: instant,
      path: v.string(),
      touchpoint: v.picklist(['web', 'kiosk']),
      store: v.nullable(v.string()),
      state: v.string(),
    }),
  ),
  kiosks: v.pipe(
    v.array(v.object({ id: v.number(), name: v.string(), store: v.string(), last_seen_at: instant })),
    v.description('Kiosks that sent something in the last 15 minutes.'),
  ),
  meta: v.object({ rows_read: v.number() }),
});

export const realtime = endpoint({
  method: 'get',
  path: '/realtime',
  name: 'realtime',
  summary: 'Visitors of the last minutes, the latest opt-ins without addresses, and the kiosks that are on',
  scope: 'read',
  params: { site: siteParameter },
  answers: [{ status: 200, type: 'application/json', description: 'What happens now.', schema: realtimeAnswer }],
  handle: async ({ env, caller, params, nowMs }) => {
    const site = siteFor(caller, params.site, 'read');
    if (site instanceof Response) return site;
    const now = await readRealtime(env, site, nowMs);
    return answer({
      at: iso(nowMs),
      visitors: now.visitors,
      minutes: now.minutes.map((minute) => ({ ...minute, at: iso(minute.at) })),
      opt_ins: now.optIns.map((optIn) => ({ ...optIn, at: iso(optIn.at) })),
      kiosks: now.kiosks.map(({ lastSeenAt, ...kiosk }) => ({ ...kiosk, last_seen_at: iso(lastSeenAt) })),
      meta: { rows_read: now.rowsRead },
    });
  },
});
