/** Accounts: sign-in, sign-out and who is looking, by better-auth over PEOPLE. */
import { createHmac } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { drizzle } from 'drizzle-orm/d1';
import * as schema from '../store/people-schema/accounts.ts';
import { type Site, type SiteRow, toSite } from '../store/sites.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { isRole, type Role } from './roles.ts';

export type Viewer = { userId: string; name: string; email: string; sites: { site: Site; role: Role; store: number | null }[] };
export type SignIn = { ok: true; headers: Headers } | { ok: false; reason: 'wrong' | 'wait'; retryAfterS?: number };

const MONTH_S = 30 * 86_400;
/** From the fifth failure on, each doubles the wait; never a lasting lock, which would let a stranger shut an owner out. */
const FREE_FAILURES = 4;
const MAX_WAIT_S = 900;

/** The better-auth instance of a request. Registration is closed: accounts are made by an admin or the seed. */
export function accountsOf(env: Env) {
  return betterAuth({
    secret: env.AUTH_SECRET,
    baseURL: `${env.CANONICAL_HOST.startsWith('127.0.0.1') || env.CANONICAL_HOST.startsWith('localhost') ? 'http' : 'https'}://${env.CANONICAL_HOST}`,
    basePath: '/auth',
    database: drizzleAdapter(drizzle(env.PEOPLE, { schema }), { provider: 'sqlite', schema }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(password, hash) },
    },
    session: { expiresIn: MONTH_S },
    rateLimit: { enabled: false },
    advanced: {
      ipAddress: { disableIpTracking: true },
      cookiePrefix: 'comptoir',
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

const subjectOf = (env: Env, email: string) =>
  createHmac('sha256', env.AUTH_SECRET).update(`sign-in ${email.trim().toLowerCase()}`).digest('base64url');

/** Seconds to wait before another try, by the failures so far. */
export function waitAfter(failures: number): number {
  return failures <= FREE_FAILURES ? 0 : Math.min(MAX_WAIT_S, 2 ** (failures - FREE_FAILURES));
}

/** Signs in by e-mail and password. The answer to an unknown address, a wrong password and a locked one costs and looks the same. */
export async function signIn(
  env: Env,
  request: Request,
  email: string,
  password: string,
  nowMs: number = Date.now(),
): Promise<SignIn> {
  const subject = subjectOf(env, email);
  const past = await env.PEOPLE.prepare('SELECT failures, last_at FROM sign_in_failures WHERE subject = ?1')
    .bind(subject)
    .first<{ failures: number; last_at: number }>();
  const waitS = past ? Math.ceil((past.last_at + waitAfter(past.failures) * 1000 - nowMs) / 1000) : 0;
  if (waitS > 0) return { ok: false, reason: 'wait', retryAfterS: waitS };
  const { origin } = new URL(request.url);
  const response = await accountsOf(env).handler(
    new Request(`${origin}/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(request.url).origin },
      body: JSON.stringify({ email: email.trim(), password, rememberMe: true }),
    }),
  );
  if (response.ok) {
    await env.PEOPLE.prepare('DELETE FROM sign_in_failures WHERE subject = ?1').bind(subject).run();
    const headers = new Headers();
    for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie);
    return { ok: true, headers };
  }
  await env.PEOPLE.prepare(
    'INSERT INTO sign_in_failures (subject, failures, last_at) VALUES (?1, 1, ?2) ON CONFLICT (subject) DO UPDATE SET failures = failures + 1, last_at = excluded.last_at',
  )
    .bind(subject, nowMs)
    .run();
  return { ok: false, reason: 'wrong' };
}

/** Ends the login session; the headers take the cookie away. */
export async function signOut(env: Env, request: Request): Promise<Headers> {
  const { origin } = new URL(request.url);
  const response = await accountsOf(env).handler(
    new Request(`${origin}/auth/sign-out`, {
      method: 'POST',
      headers: { origin, cookie: request.headers.get('cookie') ?? '', 'content-type': 'application/json' },
      body: '{}',
    }),
  );
  const headers = new Headers();
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return headers;
}

type MemberRow = SiteRow & { role: string; store: number | null };

/** Who is looking, with the sites they may see; null without a valid login session. */
export async function viewerOf(env: Env, request: Request): Promise<Viewer | null> {
  if (!request.headers.get('cookie')?.includes('comptoir')) return null;
  const session = await accountsOf(env).api.getSession({ headers: request.headers });
  if (!session) return null;
  const { results } = await env.PEOPLE.prepare(
    'SELECT m.role, m.store, s.* FROM members m JOIN sites s ON s.id = m.site WHERE m.user_id = ?1 ORDER BY s.id',
  )
    .bind(session.user.id)
    .all<MemberRow>();
  return {
    userId: session.user.id,
    name: session.user.name,
    email: session.user.email,
    sites: results.flatMap((row) => (isRole(row.role) ? [{ role: row.role, store: row.store, site: toSite(row) }] : [])),
  };
}

/** Makes an account with a password; returns its id. The address must be new. */
export async function addAccount(
  people: D1Database,
  account: { name: string; email: string; password: string; language: 'fr' | 'en' },
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): Promise<string> {
  const id = Buffer.from(random(16)).toString('hex');
  await people.batch([
    people
      .prepare(
        'INSERT INTO user (id, name, email, email_verified, language, created_at, updated_at) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?5)',
      )
      .bind(id, account.name, account.email.toLowerCase(), account.language, nowMs),
    people
      .prepare(
        "INSERT INTO account (id, account_id, provider_id, user_id, password, created_at, updated_at) VALUES (?1, ?2, 'credential', ?2, ?3, ?4, ?4)",
      )
      .bind(Buffer.from(random(16)).toString('hex'), id, await hashPassword(account.password), nowMs),
  ]);
  return id;
}
