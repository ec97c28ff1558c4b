/**
 * One's own data by a mailed link: a GET only shows, a POST asks, opens, withdraws or erases. The answer to an address is the same for
 * everybody; the visit is a cookie for these pages alone, and over after a quarter of an hour.
 */
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { erasePerson } from '../../collector/people/erase.ts';
import {
  askForMyData,
  endMyVisit,
  type MyVisit,
  myVisitOf,
  openMyVisit,
  readMyDataLink,
  VISIT_MS,
} from '../../collector/people/my-data.ts';
import { readMyData, writeMyData } from '../../collector/people/my-data-read.ts';
import { withdrawOptIn } from '../../collector/people/withdraw.ts';
import { readStoreNames } from '../../collector/report/labels.ts';
import { allSites, type Site, siteOfKey } from '../../collector/store/sites.ts';
import { AskPage, ErasePage, OpenPage, SaidPage } from '../pages/my-data.tsx';
import { MyVisitPage } from '../pages/my-visit.tsx';
import { type App, formOf, uiOf } from './context.ts';
import { missing } from './missing.tsx';

const COOKIE = 'my-data';
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
const cookieFor = (c: Context<App>) =>
  ({ httpOnly: true, sameSite: 'Strict', path: '/my-data', secure: new URL(c.req.url).protocol === 'https:' }) as const;
const askPath = (site: Site | null) => (site ? `/my-data/${site.key}` : null);

async function siteById(c: Context<App>, id: number): Promise<Site | null> {
  return (await allSites(c.env.PEOPLE)).find((site) => site.id === id) ?? null;
}

type Here = { visit: MyVisit; site: Site; secret: string };
/** The visit of this browser, or null: then it is over. */
async function hereOf(c: Context<App>): Promise<Here | null> {
  const secret = getCookie(c, COOKIE) ?? '';
  const visit = secret === '' ? null : await myVisitOf(c.env.PEOPLE, secret, Date.now());
  const site = visit ? await siteById(c, visit.site) : null;
  return visit && site ? { visit, site, secret } : null;
}
const over = (c: Context<App>, site: Site | null, said: 'over' | 'closed') =>
  c.html(<SaidPage ui={uiOf(c, site)} site={site?.name ?? ''} said={said} again={askPath(site)} />, 410);

async function showVisit(c: Context<App>, { visit, site }: Here, said: 'withdrawn' | 'nothing' | null) {
  const data = await readMyData(c.env, site, visit.person, Date.now());
  if (!data) return over(c, site, 'closed');
  const { stores } = await readStoreNames(c.env.PEOPLE, site.id);
  return c.html(<MyVisitPage ui={uiOf(c, site)} site={site.name} data={data} stores={stores} until={visit.until} said={said} />);
}

/** Work that the answer does not wait for: how long it takes would say whether an address is known. */
async function later(c: Context<App>, work: Promise<unknown>): Promise<void> {
  const quiet = work.catch((error: unknown) => console.error('my data', error instanceof Error ? error.name : 'unknown'));
  try {
    c.executionCtx.waitUntil(quiet);
  } catch {
    // No worker around it: a test.
    await quiet;
  }
}

async function erase(c: Context<App>, here: Here) {
  const { visit, site } = here;
  if ((await formOf(c)).get('sure') !== 'yes') return c.html(<ErasePage ui={uiOf(c, site)} site={site.name} />);
  await erasePerson(c.env, { site, person: visit.person }, { at: Date.now(), by: 'my-data', random });
  deleteCookie(c, COOKIE, cookieFor(c));
  return c.html(<SaidPage ui={uiOf(c, site)} site={site.name} said="erased" again={null} />);
}

export const myDataRoutes = new Hono<App>()
  .get('/my-data/visit', async (c) => {
    const here = await hereOf(c);
    return here ? showVisit(c, here, null) : over(c, null, 'closed');
  })
  .get('/my-data/visit/export.json', async (c) => {
    const here = await hereOf(c);
    const data = here && (await readMyData(c.env, here.site, here.visit.person, Date.now()));
    if (!here || !data) return over(c, null, 'closed');
    return c.body(JSON.stringify(writeMyData(here.site, data, Date.now()), null, 2), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-data.json"',
    });
  })
  .post('/my-data/visit/withdraw', async (c) => {
    const here = await hereOf(c);
    if (!here) return over(c, null, 'closed');
    const purpose = (await formOf(c)).get('purpose') === 'link' ? 'link' : 'news';
    const who = { site: here.site.id, person: here.visit.person, purpose } as const;
    const ended = await withdrawOptIn(c.env.PEOPLE, who, { at: Date.now(), method: 'my-data' });
    return showVisit(c, here, ended > 0 ? 'withdrawn' : 'nothing');
  })
  .post('/my-data/visit/erase', async (c) => {
    const here = await hereOf(c);
    return here ? erase(c, here) : over(c, null, 'closed');
  })
  .post('/my-data/visit/close', async (c) => {
    const here = await hereOf(c);
    if (here) await endMyVisit(c.env.PEOPLE, here.secret);
    deleteCookie(c, COOKIE, cookieFor(c));
    return c.html(
      <SaidPage
        ui={uiOf(c, here?.site ?? null)}
        site={here?.site.name ?? ''}
        said="closed"
        again={askPath(here?.site ?? null)}
      />,
    );
  })
  .get('/my-data/open/:token', async (c) => {
    const found = await readMyDataLink(c.env.PEOPLE, c.req.param('token'), Date.now());
    const site = found === null ? null : await siteById(c, found);
    return site ? c.html(<OpenPage ui={uiOf(c, site)} site={site.name} />) : over(c, null, 'over');
  })
  .post('/my-data/open/:token', async (c) => {
    const secret = await openMyVisit(c.env.PEOPLE, c.req.param('token'), Date.now(), random);
    if (secret === null) return over(c, null, 'over');
    setCookie(c, COOKIE, secret, { ...cookieFor(c), maxAge: VISIT_MS / 1000 });
    return c.redirect('/my-data/visit', 303);
  })
  .get('/my-data/:key', async (c) => {
    const site = await siteOfKey(c.env.PEOPLE, c.env.SITE_SECRET, c.req.param('key'), Date.now());
    return site ? c.html(<AskPage ui={uiOf(c, site)} site={site.name} />) : missing(c);
  })
  .post('/my-data/:key', async (c) => {
    const site = await siteOfKey(c.env.PEOPLE, c.env.SITE_SECRET, c.req.param('key'), Date.now());
    if (!site) return missing(c);
    const typed = (await formOf(c)).get('address');
    const ui = uiOf(c, site);
    const asked = { address: typeof typed === 'string' ? typed.slice(0, 320) : '', language: ui.language };
    await later(c, askForMyData(c.env, site, asked, Date.now(), random));
    return c.html(<SaidPage ui={ui} site={site.name} said="sent" again={null} />);
  });
