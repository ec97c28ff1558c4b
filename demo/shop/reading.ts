/** The pages one reads: the journal and its articles, the stores, and pages of plain text. */
import { type Article, articles, type Block } from './content/articles.ts';
import type { Language } from './content/products.ts';
import { stores } from './content/stores.ts';
import { text } from './content/texts.ts';
import { kettle, kiln, storefront } from './illustrations.ts';
import type { Page } from './template.ts';

export type Draft = Omit<Page, 'language' | 'path'>;
export const heading = (title: string, lead: string) =>
  `<div class="wide page-head"><h1>${title}</h1><p class="lead">${lead}</p></div>`;
const picture = (article: Article) => (article.drawing === 'kettle' ? kettle() : kiln());

export const teaser = (article: Article, language: Language) =>
  `<li class="teaser"><a href="/journal/${article.slug}" hreflang="fr"><span class="panel tone-${article.drawing === 'kettle' ? 'ocre' : 'amarante'}">${picture(article)}</span><span class="card-name">${article.title}</span><span class="card-kind">${article.date} · ${article.minutes} ${text('minutes', language)}</span></a></li>`;

function block(item: Block): string {
  if ('heading' in item) return `<h2>${item.heading}</h2>`;
  if ('quote' in item) return `<blockquote><p>${item.quote}</p></blockquote>`;
  if ('text' in item) return `<p>${item.text}</p>`;
  const head = item.table.head.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const rows = item.table.rows.map(
    (row) => `<tr>${row.map((cell, index) => (index ? `<td>${cell}</td>` : `<th scope="row">${cell}</th>`)).join('')}</tr>`,
  );
  return `<table><caption>${item.table.caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

export const articlePage = (article: Article): Draft => ({
  title: article.title,
  description: article.lead,
  group: 'journal',
  translated: false,
  body: `<article class="article"><header class="page-head"><p class="crumb"><a href="/journal">Le journal</a></p><h1>${article.title}</h1><p class="lead">${article.lead}</p><p class="meta"><time datetime="${article.isoDate}">${article.date}</time> · ${article.minutes} min de lecture</p></header>
<div class="panel wide-art tone-${article.drawing === 'kettle' ? 'ocre' : 'amarante'}">${picture(article)}</div><div class="prose">${article.blocks.map(block).join('\n')}</div></article>
<section class="wide block"><h2>À lire aussi</h2><ul class="teasers">${articles
    .filter((item) => item !== article)
    .map((item) => teaser(item, 'fr'))
    .join('')}</ul></section>`,
});

export function storesPage(language: Language): Draft {
  const list = stores.map((store) => {
    const hours = store.hours.map((row) => `<div><dt>${row.days[language]}</dt><dd>${row.time[language]}</dd></div>`).join('');
    return `<section class="store" aria-labelledby="${store.slug}"><div class="panel tone-${store.tone}">${storefront(store.city)}</div><div><h2 id="${store.slug}">${store.name}</h2><p>${store.text[language]}</p><address>${store.address}<br><a href="tel:+33${store.phone.replaceAll(' ', '').slice(1)}">${store.phone}</a></address><h3>${text('hours', language)}</h3><dl class="facts">${hours}</dl></div></section>`;
  });
  return {
    title: text('stores', language),
    description: text('storesLead', language),
    body: `${heading(text('storesTitle', language), text('storesLead', language))}<div class="wide block stores">${list.join('')}</div>`,
  };
}

export const simple = (title: string, lead: string, inside: string, more: Partial<Draft> = {}): Draft => ({
  title,
  description: lead,
  body: `${heading(title, lead)}<div class="narrow">${inside}</div>`,
  ...more,
});
