/** The dashboard as somebody signed in sees it: the real routes around the real databases. */
import { env } from 'cloudflare:test';
import { addAccount } from '../../collector/access/accounts.ts';
import type { Role } from '../../collector/access/roles.ts';
import type { Site } from '../../collector/store/sites.ts';
import { dashboardApp } from '../../dashboard/app.tsx';
import { randomBytes, seeded } from './fixture.ts';

export const ORIGIN = `${/^(127|localhost)/.test(env.CANONICAL_HOST) ? 'http' : 'https'}://${env.CANONICAL_HOST}`;
const PASSWORD = 'a long enough password';
const app = dashboardApp();
let made = 0;

/** An account with a role on a site, signed in. @returns its requests, without following redirects, and its cookie. */
export async function openDashboard(site: Site, role: Role, language: 'fr' | 'en' = 'fr') {
  made += 1;
  const email = `${role}${made}@example.com`;
  const account = { name: role, email, password: PASSWORD, language };
  const user = await addAccount(env.PEOPLE, account, Date.now(), randomBytes(seeded(9_000 + made)));
  await env.PEOPLE.prepare('INSERT INTO members (user_id, site, role, store) VALUES (?1, ?2, ?3, NULL)')
    .bind(user, site.id, role)
    .run();
  const form = {
    method: 'POST',
    body: new URLSearchParams({ email, password: PASSWORD }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN },
  };
  const answer = await app.fetch(new Request(`${ORIGIN}/login`, form), env);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const get = (path: string): Promise<Response> =>
    Promise.resolve(
      app.fetch(new Request(`${ORIGIN}${path}`, { redirect: 'manual', headers: { cookie, 'accept-language': language } }), env),
    );
  /** A form of one of our own pages. */
  const post = (path: string, fields: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(
      app.fetch(
        new Request(`${ORIGIN}${path}`, {
          method: 'POST',
          redirect: 'manual',
          body: new URLSearchParams(fields).toString(),
          headers: { cookie, origin: ORIGIN, 'accept-language': language, 'content-type': 'application/x-www-form-urlencoded' },
        }),
        env,
      ),
    );
  return { get, post, cookie };
}
