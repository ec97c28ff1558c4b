/** /wordings: the texts people agree to. Registered once, never changed; a new text is a new id. */
import * as v from 'valibot';
import { noteAudit } from '../../access/audit.ts';
import { publicWebOf } from '../../notify/outlets/delivering-of.ts';
import { removeWording, retireWording, usesOf, wordingShape } from '../../people/edit-wordings.ts';
import { keepPrivacyPage } from '../../people/privacy-snapshot.ts';
import { addWording, type RegisteredWording, wordingsOf } from '../../people/wordings.ts';
import { siteFor } from '../caller.ts';
import { answer, endpoint, firstFault, parsedBody } from '../endpoint.ts';
import { problem } from '../problem.ts';
import { instant, iso, isoOrNull, listOf, siteParameter } from '../shapes.ts';

const wording = v.object({
  id: v.string(),
  language: v.string(),
  title: v.string(),
  boxes: v.array(v.object({ name: v.string(), label: v.string(), default: v.literal(false) })),
  note: v.string(),
  privacy_url: v.string(),
  sha256: v.pipe(v.string(), v.description('Over everything a person saw.')),
  privacy_sha256: v.pipe(
    v.nullable(v.string()),
    v.description('Of the privacy page when the wording was made; null = not read.'),
  ),
  created_at: instant,
  retired_at: v.nullable(instant),
  first_used_at: v.pipe(v.nullable(instant), v.description('From then on it can no longer be deleted.')),
  opt_ins: v.number(),
});
const wanted = v.object({
  id: v.string(),
  language: v.string(),
  title: v.string(),
  boxes: v.array(v.object({ name: v.string(), label: v.string(), default: v.optional(v.literal(false)) })),
  note: v.optional(v.string()),
  privacy_url: v.string(),
});
const id = v.pipe(v.string(), v.maxLength(80));
const unknown = () => problem(404, 'unknown_wording', 'There is no such wording here.', { field: 'id' });

const toAnswer = (w: RegisteredWording, optIns: number) => ({
  id: w.id,
  language: w.language,
  title: w.title,
  boxes: w.boxes.map((box) => ({ ...box, default: false })),
  note: w.note,
  privacy_url: w.privacyUrl,
  sha256: w.sha256,
  privacy_sha256: w.privacySha256,
  created_at: iso(w.createdAt),
  retired_at: isoOrNull(w.retiredAt),
  first_used_at: isoOrNull(w.usedAt),
  opt_ins: optIns,
});

async function listed(people: D1Database, site: number) {
  const [wordings, uses] = await Promise.all([wordingsOf(people, site), usesOf(people, site)]);
  return wordings.map((each) => toAnswer(each, uses.get(each.id)?.optIns ?? 0));
}

export const wordings = endpoint({
  method: 'get',
  path: '/wordings',
  name: 'listWordings',
  summary: 'The wordings of a site, retired ones too: what was shown stays readable for good',
  scope: 'read',
  params: { site: siteParameter },
  answers: [{ status: 200, type: 'application/json', description: 'The wordings.', schema: listOf(wording) }],
  handle: async ({ env, caller, params }) => {
    const site = siteFor(caller, params.site, 'read');
    return site instanceof Response ? site : answer({ results: await listed(env.PEOPLE, site.id) });
  },
});

export const addOneWording = endpoint({
  method: 'post',
  path: '/wordings',
  name: 'addWording',
  summary: 'Register a wording; it never changes afterwards',
  description:
    'The same text under the same id is fine. Another text under an id that exists is refused: a new text is a new id.',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter },
  body: parsedBody(wanted, 65_536, (value) => {
    const { privacy_url: privacyUrl, ...rest } =
      typeof value === 'object' && value !== null ? { privacy_url: undefined, ...value } : {};
    const parsed = v.safeParse(wordingShape, { ...rest, privacyUrl });
    if (parsed.success) return parsed.output;
    const fault = firstFault('bad_wording', parsed.issues, 'body');
    return fault.field === 'privacyUrl' ? { ...fault, field: 'privacy_url' } : fault;
  }),
  answers: [{ status: 201, type: 'application/json', description: 'The wording, as it stands from now on.', schema: wording }],
  problems: [[409, 'The id exists with another text.']],
  handle: async ({ env, caller, params, body, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const snapshot = await keepPrivacyPage(env.HISTORY, body.privacyUrl, publicWebOf(env));
    if (!(await addWording(env.PEOPLE, site.id, body, nowMs, snapshot)))
      return problem(409, 'wording_exists', 'There is another text under this id. A new text is a new id.', { field: 'id' });
    await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action: 'add_wording', reason: body.id }, nowMs, random);
    const made = (await listed(env.PEOPLE, site.id)).find((each) => each.id === body.id);
    return made ? answer(made, 201) : unknown();
  },
});

export const retireOneWording = endpoint({
  method: 'post',
  path: '/wordings/{id}/retire',
  name: 'retireWording',
  summary: 'Offer a wording no longer; what pages still show is still taken',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter, id },
  answers: [{ status: 200, type: 'application/json', description: 'It is retired.', schema: wording }],
  handle: async ({ env, caller, params, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    if (!(await retireWording(env.PEOPLE, site.id, params.id, nowMs))) return unknown();
    await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action: 'retire_wording', reason: params.id }, nowMs, random);
    const retired = (await listed(env.PEOPLE, site.id)).find((each) => each.id === params.id);
    return retired ? answer(retired) : unknown();
  },
});

export const removeOneWording = endpoint({
  method: 'delete',
  path: '/wordings/{id}',
  name: 'removeWording',
  summary: 'Delete a wording that nobody ever agreed to',
  scope: 'admin',
  changes: true,
  params: { site: siteParameter, id },
  answers: [{ status: 200, type: 'application/json', description: 'It is gone.', schema: v.object({ removed: v.string() }) }],
  problems: [[409, 'Somebody agreed to it: it is part of a proof, and stays.']],
  handle: async ({ env, caller, params, nowMs, random }) => {
    const site = siteFor(caller, params.site, 'admin');
    if (site instanceof Response) return site;
    const removed = await removeWording(env.PEOPLE, site.id, params.id);
    if (removed === 'unknown') return unknown();
    if (removed === 'used')
      return problem(409, 'wording_used', 'Somebody agreed to it: it is part of a proof, and stays. Retire it instead.', {
        field: 'id',
      });
    await noteAudit(env.PEOPLE, { site: site.id, actor: caller.key, action: 'remove_wording', reason: params.id }, nowMs, random);
    return answer({ removed: params.id });
  },
});
