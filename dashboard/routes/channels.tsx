/** The channel page: reading it and trying an address for whoever sees figures, changing the rules for who manages the site. */
import { type Context, Hono } from 'hono';
import { can } from '../../collector/access/roles.ts';
import { type EditProblem, editRules, type RuleEdit } from '../../collector/acquisition/edit-rules.ts';
import {
  formOfRule,
  RULE_FIELDS,
  type RuleField,
  type RuleForm,
  type RuleProblem,
  readRule,
} from '../../collector/acquisition/read-rule.ts';
import { tryAddress } from '../../collector/acquisition/try-address.ts';
import { type SiteRule, saveSiteRules } from '../../collector/store/site-rules.ts';
import { forgetSites } from '../../collector/store/sites.ts';
import type { Test } from '../components/channel-tester.tsx';
import { type Draft, EMPTY_RULE } from '../components/own-rule-form.tsx';
import { sitePath } from '../links.ts';
import { ChannelsPage } from '../pages/channels.tsx';
import { ruleProblems } from '../text/channel-problems.ts';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

type Shown = { rules?: readonly SiteRule[]; test?: Test; draft?: Draft; alert?: string; status?: 200 | 409 | 422 };
const NEW_RULE: Draft = { at: null, form: EMPTY_RULE, problem: null };
const MAX_CHARS = 2_048;

function show(c: Context<App>, visit: Visit, shown: Shown = {}) {
  const { ui, frame, site, role } = visit;
  return c.html(
    <ChannelsPage
      ui={ui}
      frame={frame}
      site={site}
      rules={shown.rules ?? site.rules ?? []}
      mayEdit={can(role, 'manage_site')}
      test={shown.test ?? null}
      draft={shown.draft ?? NEW_RULE}
      alert={shown.alert ?? null}
    />,
    shown.status ?? 200,
  );
}

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, MAX_CHARS) : '';
};

/** A place in a list, counted from 0 in a form and from 1 in an address. */
const readPlace = (text: string): number | null => (/^\d{1,3}$/.test(text) ? Number(text) : null);

type Asked =
  | { edit: RuleEdit; form: RuleForm | null }
  | { problem: RuleProblem | 'gone'; field: RuleField | null; form: RuleForm | null };

/** The edit that a form asks for. */
function readEdit(form: FormData, hosts: readonly string[]): Asked {
  const at = readPlace(textOf(form, 'at'));
  const what = textOf(form, 'do');
  if (what === 'remove' || what === 'up' || what === 'down')
    return at === null ? { problem: 'gone', field: null, form: null } : { edit: { do: what, at }, form: null };
  const said: RuleForm = { ...EMPTY_RULE };
  for (const field of RULE_FIELDS) said[field] = textOf(form, field);
  const read = readRule(said, hosts);
  if (!read.ok) return { problem: read.problem, field: read.field, form: said };
  return {
    edit: what === 'replace' && at !== null ? { do: 'replace', at, rule: read.rule } : { do: 'add', rule: read.rule },
    form: said,
  };
}

async function edit(c: Context<App>, visit: Visit) {
  const { ui, site } = visit;
  const sent = await formOf(c);
  const asked = readEdit(sent, site.hosts);
  const refuse = (problem: RuleProblem | EditProblem | 'changed', field: RuleField | null, rules?: readonly SiteRule[]) => {
    const words = ui.say(ruleProblems[problem]);
    const common = { status: problem === 'changed' ? (409 as const) : (422 as const), ...(rules && { rules }) };
    if (asked.form === null) return show(c, visit, { ...common, alert: words });
    const at = textOf(sent, 'do') === 'replace' && problem !== 'changed' ? readPlace(textOf(sent, 'at')) : null;
    return show(c, visit, { ...common, draft: { at, form: asked.form, problem: { words, field } } });
  };
  if ('problem' in asked) return refuse(asked.problem, asked.field);
  const rules = editRules(site.rules ?? [], asked.edit);
  if (typeof rules === 'string') return refuse(rules, null);
  const { saved, rules: now } = await saveSiteRules(c.env.PEOPLE, site.id, Number(textOf(sent, 'seen')), rules);
  if (!saved) return refuse('changed', null, now);
  // Other isolates hear of it within the minute for which they remember a site.
  forgetSites();
  return c.redirect(`${sitePath(site, '/channels')}#own`, 303);
}

export const channelRoutes = new Hono<App>()
  .get('/s/:key/channels', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_figures');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const at = (readPlace(c.req.query('edit') ?? '') ?? 0) - 1;
    const rule = can(visit.role, 'manage_site') ? visit.site.rules?.[at] : undefined;
    return show(c, visit, rule ? { draft: { at, form: formOfRule(rule), problem: null } } : {});
  })
  .post('/s/:key/channels', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'manage_site');
    if (visit === null) return missing(c);
    return visit instanceof Response ? visit : edit(c, visit);
  })
  // After a change of language or appearance on the answer to a trial.
  .get('/s/:key/channels/try', (c) => c.redirect(`/s/${encodeURIComponent(c.req.param('key'))}/channels`, 303))
  .post('/s/:key/channels/try', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'see_figures');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const form = await formOf(c);
    const trial = {
      address: textOf(form, 'address'),
      referrer: textOf(form, 'from'),
      engagement: textOf(form, 'mode') !== 'audience',
    };
    return show(c, visit, {
      test: { trial, tried: tryAddress(trial, { hosts: visit.site.hosts, rules: visit.site.rules ?? [] }) },
    });
  });
