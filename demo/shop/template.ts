/** The one template of the demo shop: head, header, footer with the consent line, and the tag. */
import type { Language } from './content/products.ts';
import { type TextName, text } from './content/texts.ts';
import { mark } from './illustrations.ts';

/** What a request brings to every page. */
export type Setting = { tagOrigin: string; siteKey: string; mode: 'audience' | 'engagement'; chosen: boolean };
export type Page = {
  status?: number;
  language: Language;
  path: string;
  title: string;
  description: string;
  body: string;
  group?: string;
  scripts?: string[];
  translated?: boolean;
};

export const prefix = (language: Language) => (language === 'en' ? '/en' : '');
export const escapeHtml = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const menu: { name: TextName; path: string }[] = [
  { name: 'teas', path: '/collections/thes' },
  { name: 'tableware', path: '/collections/vaisselle' },
  { name: 'studio', path: '/atelier/base' },
  { name: 'journal', path: '/journal' },
  { name: 'stores', path: '/boutiques' },
  { name: 'letter', path: '/newsletter' },
];

/** French puts a space that must not break before « : ; ! ? » ». */
const typeset = (html: string, language: Language) =>
  language === 'fr' ? html.replace(/ ([:;!?»€])/g, '\u00a0$1').replaceAll('« ', '«\u00a0') : html;

function header(page: Page): string {
  const { language, path } = page;
  const links = menu.map((item) => {
    const href = item.name === 'journal' ? '/journal' : prefix(language) + item.path;
    const section = item.path
      .split('/')
      .slice(0, item.name === 'studio' ? 2 : 3)
      .join('/');
    return `<li><a href="${href}"${path.startsWith(section) ? ' aria-current="true"' : ''}>${text(item.name, language)}</a></li>`;
  });
  const other = language === 'fr' ? 'en' : 'fr';
  const otherHref = page.translated === false ? `${prefix(other)}/` : prefix(other) + path;
  return `<header class="top"><div class="wide top-row">
<a class="brand" href="${prefix(language)}/">${mark()}<span>Maison Amarante</span></a>
<p class="tools"><a href="${otherHref}" hreflang="${other}" lang="${other}">${text('other', language)}</a><span class="basket">${text('basket', language)} <b data-basket>0</b></span></p>
</div><nav class="wide" aria-label="${text('menu', language)}"><ul class="menu">${links.join('')}</ul></nav></header>`;
}

function footer(language: Language, setting: Setting): string {
  const t = (name: TextName) => text(name, language);
  const state = setting.chosen ? t(setting.mode === 'engagement' ? 'allowed' : 'refused') : '';
  return `<footer class="foot"><div class="wide">
<div class="foot-grid"><p class="foot-brand">Maison Amarante<br><small>${t('tagline')}</small></p>
<ul><li><a href="${prefix(language)}/boutiques">${t('stores')}</a></li><li><a href="${prefix(language)}/newsletter">${t('letter')}</a></li></ul>
<ul><li><a href="/carnet/maison-amarante-automne-2026.pdf" download data-comptoir-event="Brochure download" data-comptoir-prop-format="pdf">${t('brochure')}</a></li><li><a href="${prefix(language)}/confidentialite">${t('privacy')}</a></li></ul></div>
<div class="consent" role="group" aria-label="${t('consent')}"><span>${t('consent')}</span><button type="button" data-consent="engagement" aria-pressed="${setting.chosen && setting.mode === 'engagement'}" data-said="${t('allowed')}">${t('allow')}</button><button type="button" data-consent="audience" aria-pressed="${setting.chosen && setting.mode === 'audience'}" data-said="${t('refused')}">${t('refuse')}</button><span class="state" role="status" data-consent-state>${state}</span></div>
<p class="fiction">${t('fiction')}</p></div></footer>`;
}

export function render(page: Page, setting: Setting): string {
  const { language } = page;
  const scripts = (page.scripts ?? []).map((name) => `\n<script type="module" src="/assets/${name}"></script>`).join('');
  const group = page.group ? ` data-page-group="${page.group}"` : '';
  const title = page.path === '/' ? `Maison Amarante · ${text('tagline', language)}` : `${page.title} · Maison Amarante`;
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(page.description)}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#fbf6ef" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#1c1216" media="(prefers-color-scheme: dark)">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/tones.css">
<link rel="stylesheet" href="/assets/shop.css">
<script defer src="${setting.tagOrigin}/c.js" data-site="${escapeHtml(setting.siteKey)}" data-mode="${setting.mode}"${group}></script>
<script type="module" src="/assets/shop.js"></script>${scripts}
</head>
<body>
<a class="skip" href="#contenu">${text('skip', language)}</a>
${header(page)}
<main id="contenu" tabindex="-1">
${page.body}
</main>
${footer(language, setting)}
</body>
</html>
`;
  return typeset(html, language);
}
