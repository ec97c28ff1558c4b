/** The wording editor, for stewards and whoever manages the site. */
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { noteAudit } from '../../collector/access/audit.ts';
import { publicWebOf } from '../../collector/notify/outlets/delivering-of.ts';
import {
  type NewWording,
  nextId,
  removeWording,
  retireWording,
  usesOf,
  wordingShape,
} from '../../collector/people/edit-wordings.ts';
import { keepPrivacyPage } from '../../collector/people/privacy-snapshot.ts';
import { addWording, wordingsOf } from '../../collector/people/wordings.ts';
import { type Draft, EMPTY } from '../components/wording-form.tsx';
import { sitePath } from '../links.ts';
import { type Said, WordingsPage } from '../pages/wordings.tsx';
import { type App, formOf, type Visit, visitOf } from './context.ts';
import { missing } from './missing.tsx';

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const SAID: readonly Said[] = ['registered', 'retired', 'removed', 'used'];
const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 4_000) : '';
};
const textsOf = (form: FormData, name: string) =>
  form.getAll(name).map((value) => (typeof value === 'string' ? value.slice(0, 4_000).trim() : ''));

function draftOf(form: FormData): Draft {
  const names = textsOf(form, 'other-name');
  const others = textsOf(form, 'other-label')
    .map((label, i) => ({ label, name: names[i] ?? '' }))
    .filter(({ label, name }) => label !== '' || name !== '');
  const [id, language, title, news] = [
    textOf(form, 'id').trim(),
    textOf(form, 'language'),
    textOf(form, 'title'),
    textOf(form, 'news'),
  ];
  return {
    id,
    language,
    title,
    news,
    link: textOf(form, 'link'),
    others,
    note: textOf(form, 'note'),
    privacyUrl: textOf(form, 'privacyUrl'),
  };
}

/** The wording a draft says, or the part of it that cannot be registered. */
function readDraft(draft: Draft): NewWording | string {
  const { id, language, title, note, privacyUrl, news, link, others } = draft;
  const optional = link.trim() === '' ? [] : [{ name: 'link', label: link }];
  const read = v.safeParse(wordingShape, {
    ...{ id, language, title, note, privacyUrl },
    boxes: [{ name: 'news', label: news }, ...optional, ...others],
  });
  return read.success ? read.output : String(read.issues[0]?.path?.[0]?.key ?? 'id');
}

/** A registered wording as the beginning of its next version. */
async function versionOf(c: Context<App>, site: number, id: string): Promise<Draft | null> {
  const found = (await wordingsOf(c.env.PEOPLE, site)).find((wording) => wording.id === id);
  if (!found) return null;
  const labelOf = (name: string) => found.boxes.find((box) => box.name === name)?.label ?? '';
  const others = found.boxes.filter(({ name }) => name !== 'news' && name !== 'link');
  return { ...EMPTY, ...found, id: nextId(id), news: labelOf('news'), link: labelOf('link'), others };
}

type Asked = { draft?: Draft; problem?: string; preview?: NewWording; from?: string };

async function show(c: Context<App>, { ui, frame, site }: Visit, asked: Asked) {
  const said = c.req.method === 'GET' ? SAID.find((one) => c.req.query('said') === one) : undefined;
  const [wordings, uses] = await Promise.all([wordingsOf(c.env.PEOPLE, site.id), usesOf(c.env.PEOPLE, site.id)]);
  return c.html(
    <WordingsPage
      {...{ ui, frame, site, wordings, uses }}
      draft={asked.draft ?? { ...EMPTY, language: site.language }}
      problem={asked.problem ?? null}
      preview={asked.preview ?? null}
      from={asked.from ?? null}
      said={said ?? null}
    />,
    asked.problem === undefined ? 200 : 422,
  );
}

async function take(c: Context<App>, visit: Visit, form: FormData) {
  const { site, ui, viewer } = visit;
  const draft = draftOf(form);
  const read = readDraft(draft);
  if (form.get('do') === 'edit') return show(c, visit, { draft });
  if (typeof read === 'string') return show(c, visit, { draft, problem: read });
  if (form.get('do') !== 'register') return show(c, visit, { draft, preview: read });
  const snapshot = await keepPrivacyPage(c.env.HISTORY, read.privacyUrl, publicWebOf(c.env));
  if (!(await addWording(c.env.PEOPLE, site.id, read, ui.nowMs, snapshot))) return show(c, visit, { draft, problem: 'exists' });
  const about = { site: site.id, actor: `user ${viewer.userId}`, action: 'add_wording', reason: read.id } as const;
  await noteAudit(c.env.PEOPLE, about, ui.nowMs, random);
  return c.redirect(sitePath(site, '/wordings?said=registered'), 303);
}

/** Retires or deletes one that exists. */
async function end(c: Context<App>, { site, ui, viewer }: Visit, id: string, action: 'retire_wording' | 'remove_wording') {
  const done =
    action === 'retire_wording'
      ? (await retireWording(c.env.PEOPLE, site.id, id, ui.nowMs))
        ? 'retired'
        : 'unknown'
      : await removeWording(c.env.PEOPLE, site.id, id);
  if (done === 'unknown') return missing(c);
  if (done !== 'used')
    await noteAudit(c.env.PEOPLE, { site: site.id, actor: `user ${viewer.userId}`, action, reason: id }, ui.nowMs, random);
  return c.redirect(sitePath(site, `/wordings?said=${done}`), 303);
}

export const wordingRoutes = new Hono<App>()
  .get('/s/:key/wordings', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'write_wordings');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const from = c.req.query('from');
    const draft = from === undefined ? null : await versionOf(c, visit.site.id, from);
    return show(c, visit, draft && from !== undefined ? { draft, from } : {});
  })
  .post('/s/:key/wordings', async (c) => {
    const visit = await visitOf(c, c.req.param('key'), 'write_wordings');
    if (visit === null) return missing(c);
    if (visit instanceof Response) return visit;
    const form = await formOf(c);
    const [retired, removed] = [form.get('retire'), form.get('remove')];
    if (typeof retired === 'string') return end(c, visit, retired, 'retire_wording');
    if (typeof removed === 'string') return end(c, visit, removed, 'remove_wording');
    return take(c, visit, form);
  });
