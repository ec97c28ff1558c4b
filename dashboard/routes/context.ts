/** What a request brings to every route: who asks, which site, in which language. Access is denied unless something here allows it. */
import type { Context } from 'hono';
import { type Viewer, viewerOf } from '../../collector/access/accounts.ts';
import { can, type Role } from '../../collector/access/roles.ts';
import type { Language } from '../../collector/report/metric.ts';
import type { Site } from '../../collector/store/sites.ts';
import type { Frame } from '../layout.tsx';
import { readLanguage, readTheme } from '../preferences.ts';
import { makeUi, type Ui } from '../ui.ts';

export type App = { Bindings: Env };
export type Action = Parameters<typeof can>[1];
/** A request of somebody who may do what the route is for. */
export type Visit = { viewer: Viewer; site: Site; role: Role; store: number | null; frame: Frame; ui: Ui };

export function uiOf(c: Context<App>, site: Site | null, language?: Language): Ui {
  return makeUi({
    language: language ?? readLanguage(c, site?.language ?? 'fr'),
    theme: readTheme(c),
    url: new URL(c.req.url),
    nowMs: Date.now(),
    zone: site?.zone ?? 'Europe/Paris',
  });
}

export function frameOf(viewer: Viewer, site: Site | null): Frame {
  const role = viewer.sites.find((one) => one.site.id === site?.id)?.role;
  return {
    name: viewer.name,
    sites: viewer.sites.map((one) => one.site),
    site,
    figures: role !== undefined && can(role, 'see_figures'),
    fleet: role !== undefined && can(role, 'see_fleet'),
    people: role !== undefined && can(role, 'see_persons'),
    mails: role !== undefined && can(role, 'see_mails'),
    settings: role !== undefined && can(role, 'manage_site'),
    files: role !== undefined && can(role, 'export_facts'),
    wordings: role !== undefined && can(role, 'write_wordings'),
  };
}

/**
 * The visit, or a redirect to sign in, or null: a site that is not there, not yours or not for your role looks the same.
 */
export async function visitOf(c: Context<App>, key: string, action: Action): Promise<Visit | Response | null> {
  const viewer = await viewerOf(c.env, c.req.raw);
  if (!viewer) {
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`/login?${new URLSearchParams({ next: c.req.method === 'GET' ? pathname + search : pathname })}`, 303);
  }
  const found = viewer.sites.find((one) => one.site.key === key);
  if (!found || !can(found.role, action)) return null;
  return { viewer, ...found, frame: frameOf(viewer, found.site), ui: uiOf(c, found.site) };
}

/** The form that was sent; an empty one where the body is none. */
export const formOf = (c: Context<App>): Promise<FormData> => c.req.formData().catch(() => new FormData());
