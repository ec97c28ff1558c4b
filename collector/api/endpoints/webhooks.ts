/** /webhooks: where acts are announced to. */
import * as v from 'valibot';
import { noteAudit } from '../../access/audit.ts';
import { OUTLET_NAME_CHARS, pauseOutlet, removeOutlet, rotateSecret } from '../../notify/outlets/change-outlets.ts';
import { rulesOf } from '../../notify/outlets/delivering-of.ts';
import { listOutlets, outletOf } from '../../notify/outlets/outlet.ts';
import { ANNOUNCEMENT_TYPES } from '../../notify/webhooks/announcement-types.ts';
import { makeWebhook } from '../../notify/webhooks/make-webhook.ts';
import type { Site } from '../../store/sites.ts';
import { siteFor } from '../caller.ts';
import { type Asked, answer, endpoint, jsonBody } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { listOf, siteParameter } from '../shapes.ts';
import { toWebhook, WEBHOOK_PROBLEMS, webhookShape } from '../webhook-shapes.ts';

const id = v.pipe(v.string(), v.maxLength(40));
const type = 'application/json';
export const unknownWebhook = () => problem(404, 'unknown_webhook', 'There is no such webhook here.', { field: 'id' });
const secret = v.pipe(v.string(), v.description('Signs every message; shown this once.'));
const changeOf = ({ env, nowMs, random }: Asked) => ({
  people: env.PEOPLE,
  addressSecret: env.ADDRESS_SECRET,
  nowMs,
  random,
});

async function note(
  { env, caller, nowMs, random }: Asked,
  site: Site,
  action: 'make_outlet' | 'change_outlet' | 'remove_outlet',
  which: string,
) {
  await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action, reason: which }, nowMs, random);
}

export const webhooks = endpoint({
  method: 'get',
  path: '/webhooks',
  name: 'listWebhooks',
  summary: 'The webhooks of a site',
  scope: 'admin',
  params: { site: siteParameter },
  answers: [{ status: 200, type, description: 'The webhooks.', schema: listOf(webhookShape) }],
  handle: async ({ env, caller, params, nowMs }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const found = await listOutlets(env.PEOPLE, site.id, 'webhook');
    return answer({ results: found.map((one) => toWebhook(one, nowMs)) });
  },
});

export const makeOneWebhook = endpoint({
  method: 'post',
  path: '/webhooks',
  name: 'makeWebhook',
  summary: 'Announce acts to an address, signed by Standard Webhooks',
  description: `Types: ${ANNOUNCEMENT_TYPES.join(', ')}. How to check the signature is in /help/webhooks.`,
  scope: 'admin',
  changes: true,
  params: {},
  body: jsonBody(
    v.object({
      site: siteParameter,
      url: v.pipe(v.string(), v.maxLength(2_000), v.description('https, a public name, port 443 or 8443.')),
      types: v.pipe(v.array(v.picklist(ANNOUNCEMENT_TYPES)), v.minLength(1), v.maxLength(ANNOUNCEMENT_TYPES.length)),
      name: v.optional(v.pipe(v.string(), v.maxLength(OUTLET_NAME_CHARS)), ''),
    }),
  ),
  answers: [{ status: 201, type, description: 'Its id and its signing secret.', schema: v.object({ id: v.string(), secret }) }],
  problems: [[422, 'The address is not taken; “reason” says why.']],
  handle: async (asked) => {
    const { env, caller, body } = asked;
    const site = siteFor(caller, body.site, 'admin');
    if (site instanceof Response) return site;
    const { url, types, name } = body;
    const made = await makeWebhook(changeOf(asked), { site: site.id, url, types, name, createdBy: caller.userId }, rulesOf(env));
    if (typeof made === 'string')
      return problem(422, 'bad_webhook', WEBHOOK_PROBLEMS[made], { field: made === 'no_types' ? 'types' : 'url', reason: made });
    await note(asked, site, 'make_outlet', made.id);
    return answer(made, 201);
  },
});

export const rotateWebhook = endpoint({
  method: 'post',
  path: '/webhooks/{id}/rotate',
  name: 'rotateWebhookSecret',
  summary: 'A new signing secret; the one before signs along for 24 hours',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter, id },
  answers: [{ status: 200, type, description: 'The new secret.', schema: v.object({ id: v.string(), secret }) }],
  handle: async (asked) => {
    const { caller, params } = asked;
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const fresh = await rotateSecret(changeOf(asked), site.id, params.id);
    if (fresh === null) return unknownWebhook();
    await note(asked, site, 'change_outlet', params.id);
    return answer({ id: params.id, secret: fresh });
  },
});

const pausing = (paused: boolean) =>
  endpoint({
    method: 'post',
    path: paused ? '/webhooks/{id}/pause' : '/webhooks/{id}/resume',
    name: paused ? 'pauseWebhook' : 'resumeWebhook',
    summary: paused ? 'Hold messages back; they wait' : 'Send again, also what waits; revives a webhook that had ended',
    scope: 'admin',
    changes: true,
    params: { site: siteParameter, id },
    answers: [{ status: 200, type, description: 'The webhook.', schema: webhookShape }],
    handle: async (asked) => {
      const { env, caller, params, nowMs } = asked;
      const site = siteFor(caller, params.site, 'admin');
      if (site instanceof Response) return site;
      const before = await outletOf(env.PEOPLE, site.id, params.id);
      if (before?.kind !== 'webhook') return unknownWebhook();
      await pauseOutlet(env.PEOPLE, site.id, params.id, paused, nowMs);
      await note(asked, site, 'change_outlet', params.id);
      const after = await outletOf(env.PEOPLE, site.id, params.id);
      return after ? answer(toWebhook(after, nowMs)) : unknownWebhook();
    },
  });
export const pauseWebhook = pausing(true);
export const resumeWebhook = pausing(false);

export const removeWebhook = endpoint({
  method: 'delete',
  path: '/webhooks/{id}',
  name: 'removeWebhook',
  summary: 'Remove a webhook, its log and what waits for it',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter, id },
  answers: [{ status: 200, type, description: 'It is told nothing any more.', schema: v.object({ removed: v.string() }) }],
  handle: async (asked) => {
    const { env, caller, params } = asked;
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const found = await outletOf(env.PEOPLE, site.id, params.id);
    if (found?.kind !== 'webhook' || !(await removeOutlet(env.PEOPLE, site.id, params.id))) return unknownWebhook();
    await note(asked, site, 'remove_outlet', params.id);
    return answer({ removed: params.id });
  },
});
