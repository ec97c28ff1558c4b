/** The frame of every page: head, masthead with navigation, main, footer with language and appearance. */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { assets } from '../build/dashboard/generated.mjs';
import { Logo } from './components/logo.tsx';
import { Navigation } from './components/navigation.tsx';
import type { Frame, Place } from './frame.ts';
import { preferenceHref, sitePath } from './links.ts';
import { shell as text } from './text/shell.ts';
import { setType } from './typography.ts';
import { THEMES, type Ui } from './ui.ts';

export type { Frame };

type DocumentProps = { ui: Ui; title: string; refreshS?: number | undefined; script?: boolean; children: Child };

/** The bare document. */
export const Document = ({ ui, title, refreshS, script = false, children }: DocumentProps) =>
  html`<!DOCTYPE html>${(
    <html lang={ui.language} data-theme={ui.theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {refreshS !== undefined && <meta http-equiv="refresh" content={String(refreshS)} />}
        <title>{title} · Comptoir</title>
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 28 28' fill='none' stroke='%232b3fc4' stroke-width='2.6'%3E%3Cpath d='M5 5v18M11 5v18M17 5v18M23 5v18M2 20 26 8'/%3E%3C/svg%3E"
        />
        <link rel="stylesheet" href={assets.styles} />
        {script && <script type="module" src={assets.overview}></script>}
      </head>
      <body>{children}</body>
    </html>
  )}`;

const SiteSwitch = ({ ui, frame }: { ui: Ui; frame: Frame }) => {
  const { site, sites } = frame;
  if (!site) return null;
  if (sites.length < 2) return <span class="site-name">{site.name}</span>;
  return (
    <details id="sites" class="drop site-name">
      <summary aria-label={`${site.name}. ${ui.say(text.sites)}`}>{site.name}</summary>
      <div class="sheet choices">
        {sites.map((other) => (
          <a href={sitePath(other)} aria-current={other.id === site.id ? 'true' : undefined}>
            {other.name}
          </a>
        ))}
      </div>
    </details>
  );
};

const Preferences = ({ ui }: { ui: Ui }) => {
  const other = ui.language === 'fr' ? 'en' : 'fr';
  return (
    <div class="preferences">
      <a href={preferenceHref(ui.url, 'lang', other)} lang={other} hreflang={other}>
        {setType(text.otherLanguage[ui.language], other)}
      </a>
      <nav aria-label={ui.say(text.theme)}>
        <span aria-hidden="true">{ui.say({ fr: `${text.theme.fr} :`, en: `${text.theme.en}:` })}</span>
        {THEMES.map((theme) => (
          <a href={preferenceHref(ui.url, 'theme', theme)} aria-current={theme === ui.theme ? 'true' : undefined}>
            {ui.say(text[theme])}
          </a>
        ))}
      </nav>
    </div>
  );
};

type PageProps = {
  ui: Ui;
  frame: Frame | null;
  place?: Place;
  title: string;
  refreshS?: number | undefined;
  script?: boolean;
  live?: boolean;
  children: Child;
};

/** A page of the dashboard. `live` asks the island to refresh it while it is looked at. */
export const Page = ({ ui, frame, place = 'none', title, refreshS, script = false, live = false, children }: PageProps) => (
  <Document ui={ui} title={title} refreshS={refreshS} script={script}>
    <a class="skip" href="#main">
      {ui.say(text.skip)}
    </a>
    <header class="masthead">
      <a class="wordmark" href="/">
        <Logo /> Comptoir
      </a>
      {frame && <SiteSwitch ui={ui} frame={frame} />}
      {frame && <Navigation ui={ui} frame={frame} place={place} />}
      {frame && (
        <form class="sign-out" method="post" action="/logout">
          <button type="submit" class="quiet" title={frame.name}>
            {ui.say(text.signOut)}
          </button>
        </form>
      )}
    </header>
    <main id="main" tabindex={-1} data-live={live ? '' : undefined}>
      {children}
    </main>
    <footer class="colophon">
      <p>{ui.say(text.promise)}</p>
      <Preferences ui={ui} />
    </footer>
  </Document>
);
