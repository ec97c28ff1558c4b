/** Language and theme: an explicit choice in a cookie, else what the browser asks for, else the site's own. */
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Language } from '../collector/report/metric.ts';
import { THEMES, type Theme } from './ui.ts';

const LANGUAGE_COOKIE = 'comptoir_lang';
const THEME_COOKIE = 'comptoir_theme';
const YEAR_S = 31_536_000;

const isLanguage = (text: string | undefined): text is Language => text === 'fr' || text === 'en';
const isTheme = (text: string | undefined): text is Theme => THEMES.some((theme) => theme === text);

/** First language of an Accept-Language header that we speak. Browsers send them in order of preference. */
export function acceptedLanguage(header: string | undefined): Language | null {
  const asked = (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase());
  return asked.find((code): code is Language => isLanguage(code)) ?? null;
}

export function readLanguage(c: Context, fallback: Language): Language {
  const chosen = getCookie(c, LANGUAGE_COOKIE);
  return isLanguage(chosen) ? chosen : (acceptedLanguage(c.req.header('accept-language')) ?? fallback);
}

export function readTheme(c: Context): Theme {
  const chosen = getCookie(c, THEME_COOKIE);
  return isTheme(chosen) ? chosen : 'auto';
}

/** `?lang=` and `?theme=` are remembered and taken off the address again. */
export const keepPreferences: MiddlewareHandler = async (c, next) => {
  const { lang, theme } = c.req.query();
  if (c.req.method !== 'GET' || (lang === undefined && theme === undefined)) return next();
  const url = new URL(c.req.url);
  const options = { path: '/', maxAge: YEAR_S, sameSite: 'Lax', httpOnly: true, secure: url.protocol === 'https:' } as const;
  if (isLanguage(lang)) setCookie(c, LANGUAGE_COOKIE, lang, options);
  if (isTheme(theme)) setCookie(c, THEME_COOKIE, theme, options);
  url.searchParams.delete('lang');
  url.searchParams.delete('theme');
  return c.redirect(`${url.pathname}${url.search}`, 303);
};
