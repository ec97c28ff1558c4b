/** The page of mail as members of a site use it: reading it, and pressing its buttons. */
import { env } from 'cloudflare:test';
import type { Role } from '../../collector/access/roles.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { ORIGIN, openDashboard } from './dashboard-door.ts';

const app = dashboardApp();

export async function decideOnHeld(site: Site) {
  const cookies = new Map<Role, string>();
  const cookieOf = async (role: Role) => {
    const known = cookies.get(role) ?? (await openDashboard(site, role)).cookie;
    cookies.set(role, known);
    return known;
  };
  const ask = async (role: Role, init: RequestInit) => {
    const headers = { cookie: await cookieOf(role), origin: ORIGIN, 'sec-fetch-site': 'same-origin', 'accept-language': 'fr' };
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = new Request(`${ORIGIN}/s/${site.key}/mails`, {
      redirect: 'manual',
      ...init,
      headers: { ...headers, ...(init.body ? type : {}) },
    });
    const response = await app.fetch(request, env);
    return { status: response.status, text: await response.text(), location: response.headers.get('location') };
  };
  return {
    get: (role: Role) => ask(role, {}),
    post: (role: Role, form: Record<string, string>) => ask(role, { method: 'POST', body: new URLSearchParams(form).toString() }),
  };
}
