/** The pages of the demo shop: a path, with or without `/en`, becomes a page. */
import { articles } from './content/articles.ts';
import { steps } from './content/blend.ts';
import { type CollectionSlug, collections, type Language, type Product, products } from './content/products.ts';
import { privacy, text } from './content/texts.ts';
import { drawing, hero } from './illustrations.ts';
import { articlePage, type Draft, heading, simple, storesPage, teaser } from './reading.ts';
import { card, cards, letterForm, price, studio } from './sections.ts';
import { escapeHtml, type Page, prefix } from './template.ts';

const isCollection = (slug: string): slug is CollectionSlug => slug in collections;
function home(language: Language): Draft {
  const t = (name: Parameters<typeof text>[0]) => text(name, language);
  const to = prefix(language);
  return {
    title: 'Maison Amarante',
    description: t('heroLead'),
    group: 'home',
    body: `<section class="hero tone-amarante"><div class="wide hero-row"><div class="hero-text"><h1>${t('heroTitle')}</h1><p class="lead">${t('heroLead')}</p>
<p class="actions"><a class="button" href="${to}/collections/thes">${t('seeTeas')}</a> <a class="quiet" href="${to}/collections/vaisselle">${t('seeAll')}</a></p></div><div class="hero-art">${hero()}</div></div></section>
<section class="wide block"><h2>${t('season')}</h2>${cards(
      products.filter((_, index) => index % 2 === 0),
      language,
    )}</section>
<section class="wide"><div class="band tone-celadon"><div><h2>${t('studioTitle')}</h2><p>${t('studioLead')}</p><p><a class="button" href="${to}/atelier/base">${t('studioOpen')}</a></p></div><div class="band-art">${drawing('tin')}</div></div></section>
<section class="wide block"><h2>${t('journalTitle')}</h2><p class="lead">${t('journalLead')}</p><ul class="teasers">${articles.map((article) => teaser(article, language)).join('')}</ul></section>
<section class="wide block"><div class="two"><div><h2>${t('storesTitle')}</h2><p>${t('storesLead')}</p><p><a class="quiet" href="${to}/boutiques">${t('storesLink')}</a></p></div><div><h2>${t('letterTitle')}</h2><p>${t('letterLead')}</p><p><a class="quiet" href="${to}/newsletter">${t('letterLink')}</a></p></div></div></section>`,
  };
}

function collection(slug: CollectionSlug, language: Language): Draft {
  const { name, lead } = collections[slug];
  const body = `${heading(name[language], lead[language])}<div class="wide block">${cards(
    products.filter((item) => item.collection === slug),
    language,
  )}</div>`;
  return { title: name[language], description: lead[language], group: 'collection', body };
}

function productPage(product: Product, language: Language): Draft {
  const to = prefix(language);
  const siblings = products.filter((item) => item.collection === product.collection && item !== product);
  const rows = product.facts
    .map((fact) => `<div><dt>${fact.label[language]}</dt><dd>${fact.value[language]}</dd></div>`)
    .join('');
  return {
    title: product.name,
    description: product.lead[language],
    group: 'product',
    body: `<article class="wide product"><div class="panel big tone-${product.tone}">${drawing(product.drawing, escapeHtml(`${product.name}, ${product.kind[language]}`))}</div><div class="product-text">
<p class="crumb"><a href="${to}/collections/${product.collection}">${collections[product.collection].name[language]}</a></p><h1>${product.name}</h1><p class="kind">${product.kind[language]}</p><p class="lead">${product.lead[language]}</p>
<p class="price">${price(product.euros, language)} <small>${product.unit[language]}</small></p>
<p><button class="button" type="button" data-add data-said="${text('added', language)}" data-comptoir-event="Add to basket" data-comptoir-prop-product="${product.slug}" data-comptoir-prop-euros="${product.euros}">${text('add', language)}</button></p><p class="answer" role="status" data-add-answer></p>
<p>${product.story[language]}</p><dl class="facts">${rows}</dl></div></article>
<section class="wide block"><h2>${text('also', language)}</h2><ul class="cards three">${siblings.map((item) => card(item, language)).join('')}</ul></section>`,
  };
}

function draft(parts: string[], language: Language): Draft | null {
  const [section = '', slug = '', deeper] = parts;
  const key = `${section}/${slug}`;
  if (deeper !== undefined) return null;
  if (key === '/') return home(language);
  if (section === 'collections' && isCollection(slug)) return collection(slug, language);
  if (section === 'produits') {
    const product = products.find((item) => item.slug === slug);
    return product ? productPage(product, language) : null;
  }
  if (section === 'journal' && language === 'fr') {
    if (!slug)
      return {
        title: text('journalTitle', 'fr'),
        description: text('journalLead', 'fr'),
        translated: false,
        body: `${heading(text('journalTitle', 'fr'), text('journalLead', 'fr'))}<div class="wide block"><ul class="teasers">${articles.map((item) => teaser(item, 'fr')).join('')}</ul></div>`,
      };
    const article = articles.find((item) => item.slug === slug);
    return article ? articlePage(article) : null;
  }
  if (section === 'atelier') {
    const step = steps.find((item) => item.slug === (slug || 'base'));
    return step
      ? {
          title: `${step.title[language]} · ${text('studio', language)}`,
          description: text('studioLead', language),
          group: 'studio',
          body: studio(step.slug, language),
          scripts: ['atelier.js'],
        }
      : null;
  }
  if (key === 'boutiques/') return storesPage(language);
  if (key === 'newsletter/')
    return simple(text('letterTitle', language), text('letterLead', language), letterForm(language), {
      group: 'newsletter',
      scripts: ['letter.js'],
    });
  if (key === 'confidentialite/')
    return simple(
      text('privacy', language),
      text('privacyMore', language),
      privacy.map((item) => `<h2>${item.heading[language]}</h2><p>${item.text[language]}</p>`).join(''),
    );
  return null;
}

/** Any path gets a page; the unknown ones get the one with status 404. */
export function pageFor(path: string): Page {
  const parts = path.split('/').filter(Boolean);
  const language: Language = parts[0] === 'en' ? 'en' : 'fr';
  if (language === 'en') parts.shift();
  const found = draft(parts, language);
  if (found) return { ...found, language, path: `/${parts.join('/')}` };
  const lost = simple(
    text('lostTitle', language),
    text('lostLead', language),
    `<div class="panel tone-ocre lost">${drawing('cup')}</div><p><a class="button" href="${prefix(language)}/">${text('home', language)}</a></p>`,
  );
  return { ...lost, status: 404, language, path: `/${parts.join('/')}`, translated: false };
}
