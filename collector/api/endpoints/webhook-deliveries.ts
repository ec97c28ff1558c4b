/** /webhooks/{id}/deliveries: what was sent, how it went, and sending it again. */
import * as v from 'valibot';
import { askForTest, readDeliveries, replayDelivery } from '../../notify/outlets/delivery-log.ts';
import { outletOf } from '../../notify/outlets/outlet.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { listOf, siteParameter } from '../shapes.ts';
import { deliveryShape, toDelivery } from '../webhook-shapes.ts';
import { unknownWebhook } from './webhooks.ts';

const id = v.pipe(v.string(), v.maxLength(40));
const type = 'application/json';
const LISTED = 100;
const nothingToSend = () =>
  problem(404, 'unknown_delivery', 'There is no such delivery here, or its webhook has ended: resume it first.', {
    field: 'delivery',
  });

export const webhookDeliveries = endpoint({
  method: 'get',
  path: '/webhooks/{id}/deliveries',
  name: 'listWebhookDeliveries',
  summary: `The last ${LISTED} deliveries of a webhook, of at most 30 days`,
  scope: 'admin',
  params: { site: siteParameter, id },
  answers: [{ status: 200, type, description: 'The deliveries, the newest first.', schema: listOf(deliveryShape) }],
  handle: async ({ env, caller, params }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const found = await outletOf(env.PEOPLE, site.id, params.id);
    if (found?.kind !== 'webhook') return unknownWebhook();
    return answer({ results: (await readDeliveries(env.PEOPLE, found.id, LISTED)).map(toDelivery) });
  },
});

export const replayWebhook = endpoint({
  method: 'post',
  path: '/webhooks/{id}/deliveries/{delivery}/replay',
  name: 'replayWebhookDelivery',
  summary: 'Send a delivery again, under the same webhook-id',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter, id, delivery: v.pipe(v.string(), v.maxLength(120)) },
  answers: [{ status: 202, type, description: 'It is sent at once.', schema: v.object({ replayed: v.string() }) }],
  handle: async ({ env, caller, params, nowMs }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    return (await replayDelivery(env.PEOPLE, site.id, params.id, params.delivery, nowMs))
      ? answer({ replayed: params.delivery }, 202)
      : nothingToSend();
  },
});

export const testWebhook = endpoint({
  method: 'post',
  path: '/webhooks/{id}/test',
  name: 'testWebhook',
  summary: 'Send a message of type “test”',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter, id },
  answers: [
    {
      status: 202,
      type,
      description: 'It is sent at once; the log says how it went.',
      schema: v.object({ message: v.string() }),
    },
  ],
  handle: async ({ env, caller, params, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const message = `msg_${Buffer.from(random(16)).toString('hex')}`;
    return (await askForTest(env.PEOPLE, site.id, params.id, nowMs, message)) ? answer({ message }, 202) : unknownWebhook();
  },
});
