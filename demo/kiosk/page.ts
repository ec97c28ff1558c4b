/** The demo kiosk: one page with every screen in both languages; screens.js shows one at a time. */
import { type CollectionSlug, collections, type Language, type Product, products } from '../shop/content/products.ts';
import { drawing, hero, mark } from '../shop/illustrations.ts';
import { price } from '../shop/sections.ts';
import { escapeHtml } from '../shop/template.ts';
import { wordingFor } from '../wordings.ts';
import { say } from './texts.ts';

const screen = (name: string, language: Language, label: string, body: string) =>
  `<section class="screen" data-screen="${name}" data-language="${language}" lang="${language}" aria-label="${escapeHtml(label)}" tabindex="-1" hidden>${body}</section>`;

const attract = (language: Language) =>
  screen(
    '',
    language,
    say('touch', language),
    `<button class="attract tone-amarante" type="button" data-go="produits"><span class="attract-brand">${mark()} Maison Amarante</span><span class="attract-title" data-comptoir-text="title">${say('title', language)}</span><span class="attract-art">${hero()}</span><span class="attract-touch">${say('touch', language)}</span></button>`,
  );

const tile = (product: Product, language: Language) =>
  `<li><button class="tile tone-${product.tone}" type="button" data-go="produits/${product.slug}"><span class="tile-art">${drawing(product.drawing)}</span><span class="tile-name">${product.name}</span><span class="tile-kind">${product.kind[language]}</span></button></li>`;

function list(language: Language): string {
  const groups: CollectionSlug[] = ['thes', 'vaisselle'];
  const shelves = groups.map(
    (slug) =>
      `<h2>${collections[slug].name[language]}</h2><ul class="tiles">${products
        .filter((item) => item.collection === slug)
        .map((item) => tile(item, language))
        .join('')}</ul>`,
  );
  return screen(
    'produits',
    language,
    say('browse', language),
    `<header class="screen-head"><h1>${say('browse', language)}</h1><p>${say('browseLead', language)}</p></header>${shelves.join('')}`,
  );
}

function detail(product: Product, language: Language): string {
  const rows = product.facts
    .map((fact) => `<div><dt>${fact.label[language]}</dt><dd>${fact.value[language]}</dd></div>`)
    .join('');
  return screen(
    `produits/${product.slug}`,
    language,
    product.name,
    `<div class="portrait tone-${product.tone}"><button class="back" type="button" data-go="produits"><span aria-hidden="true">←</span> ${say('all', language)}</button><div class="portrait-art">${drawing(product.drawing)}</div></div>
<div class="detail"><h1>${product.name}</h1><p class="kind">${product.kind[language]}</p><p class="lead">${product.lead[language]}</p><p>${product.story[language]}</p><dl>${rows}</dl><p class="price">${price(product.euros, language)} <small>${product.unit[language]} · ${say('counter', language)}</small></p></div>`,
  );
}

/** The opt-in: the element has the wording from the registry, in the language of the screen, and a keyboard of its own. */
const letter = (language: Language) =>
  screen(
    'lettre',
    language,
    say('letter', language),
    `<div class="letter"><comptoir-optin kiosk lang="${language}" wording="${wordingFor(language).id}"><p class="lead">${say('later', language)}</p></comptoir-optin></div>`,
  );

const bar = (language: Language) =>
  `<nav class="bar" data-bar data-language="${language}" lang="${language}" aria-label="${say('menu', language)}" hidden><button type="button" class="plain" data-switch="${language === 'fr' ? 'en' : 'fr'}" lang="${language === 'fr' ? 'en' : 'fr'}">${language === 'fr' ? 'English' : 'Français'}</button><button type="button" class="plain strong" data-go="lettre">${say('letter', language)}</button><button type="button" class="end" data-done>${say('done', language)}</button></nav>`;

const warning = (language: Language) =>
  `<dialog class="warning" data-warning="${language}" lang="${language}" aria-labelledby="still-${language}"><h1 id="still-${language}">${say('still', language)}</h1><p>${say('stillLead', language)} <b data-seconds></b> s.</p><button class="button" type="button" data-stay>${say('stay', language)}</button></dialog>`;

export function kioskPage(tagOrigin: string, siteKey: string): string {
  const both = (make: (language: Language) => string) => make('fr') + make('en');
  const body = [
    both(attract),
    both(list),
    products.map((product) => both((language) => detail(product, language))).join(''),
    both(letter),
  ].join('\n');
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>Maison Amarante · en boutique</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/tones.css">
<link rel="stylesheet" href="/kiosk/assets/kiosk.css">
<script defer src="/kiosk/assets/screens.js"></script>
<script defer src="${tagOrigin}/kiosk.js" data-site="${escapeHtml(siteKey)}" data-idle="45"></script>
</head>
<body>
<main>
${body.replace(/ ([:;!?»€])/g, '\u00a0$1')}
</main>
${both(bar)}${both(warning)}
<p class="status" data-status role="status"><span class="dot" aria-hidden="true"></span><span data-status-text>Démarrage</span></p>
</body>
</html>
`;
}
