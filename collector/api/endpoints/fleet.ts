/** GET /stores and /kiosks: the shops of a site and their screens. */
import * as v from 'valibot';
import { listFleet } from '../../fleet/stores.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint } from '../endpoint.ts';
import { instant, isoOrNull, listOf, siteParameter } from '../shapes.ts';

const store = v.object({ id: v.number(), name: v.string(), time_zone: v.string(), kiosks: v.number() });
const kiosk = v.object({
  id: v.number(),
  name: v.string(),
  store: v.number(),
  enrolled_at: v.nullable(instant),
  last_seen_at: v.nullable(instant),
  revoked_at: v.nullable(instant),
  tag_version: v.nullable(v.string()),
});

export const stores = endpoint({
  method: 'get',
  path: '/stores',
  name: 'listStores',
  summary: 'The stores of a site',
  scope: 'read',
  params: { site: siteParameter },
  answers: [{ status: 200, type: 'application/json', description: 'The stores.', schema: listOf(store) }],
  handle: async ({ env, caller, params }) => {
    const site = siteFor(caller, params.site, 'read');
    if (site instanceof Response) return site;
    const fleet = await listFleet(env.PEOPLE, site.id);
    return answer({
      results: fleet.map(({ store: { id, name, zone }, kiosks: own }) => ({ id, name, time_zone: zone, kiosks: own.length })),
    });
  },
});

export const kiosks = endpoint({
  method: 'get',
  path: '/kiosks',
  name: 'listKiosks',
  summary: 'The kiosks of a site, and when each was last heard of',
  scope: 'read',
  params: { site: siteParameter },
  answers: [{ status: 200, type: 'application/json', description: 'The kiosks.', schema: listOf(kiosk) }],
  handle: async ({ env, caller, params }) => {
    const site = siteFor(caller, params.site, 'read');
    if (site instanceof Response) return site;
    const fleet = await listFleet(env.PEOPLE, site.id);
    return answer({
      results: fleet.flatMap(({ store: { id: storeId }, kiosks: own }) =>
        own.map(({ id, name, enrolledAt, lastSeenAt, revokedAt, tagVersion }) => ({
          id,
          name,
          store: storeId,
          enrolled_at: isoOrNull(enrolledAt),
          last_seen_at: isoOrNull(lastSeenAt),
          revoked_at: isoOrNull(revokedAt),
          tag_version: tagVersion,
        })),
      ),
    });
  },
});
