/** The ingredients of the demo's traffic: devices, referrals and pages with their weights. */
import { articles } from './shop/content/articles.ts';
import { products } from './shop/content/products.ts';

export type Profile = {
  weight: number;
  agent: string;
  language: string;
  place: { country: string; region: string; city: string };
};
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const android =
  'Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0';
const ipad =
  'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const paris = { country: 'FR', region: 'Île-de-France', city: 'Paris' };
const lyon = { country: 'FR', region: 'Auvergne-Rhône-Alpes', city: 'Lyon' };
const bordeaux = { country: 'FR', region: 'Nouvelle-Aquitaine', city: 'Bordeaux' };

export const profiles: readonly Profile[] = [
  { weight: 20, agent: windows, language: 'fr-FR,fr;q=0.9', place: paris },
  { weight: 26, agent: iphone, language: 'fr-FR', place: paris },
  { weight: 14, agent: android, language: 'fr-FR,fr;q=0.9', place: lyon },
  { weight: 9, agent: iphone, language: 'fr-FR', place: bordeaux },
  { weight: 9, agent: mac, language: 'fr-FR', place: paris },
  { weight: 6, agent: firefox, language: 'fr,en;q=0.5', place: lyon },
  { weight: 4, agent: ipad, language: 'fr-FR', place: bordeaux },
  { weight: 5, agent: iphone, language: 'fr-BE', place: { country: 'BE', region: 'Bruxelles', city: 'Bruxelles' } },
  { weight: 3, agent: windows, language: 'de-DE', place: { country: 'DE', region: 'Berlin', city: 'Berlin' } },
  { weight: 4, agent: mac, language: 'en-GB', place: { country: 'GB', region: 'England', city: 'London' } },
];

export const referrals: readonly { weight: number; referrer?: string; campaign?: string; lands?: string }[] = [
  { weight: 30 },
  { weight: 28, referrer: 'https://www.google.fr/' },
  { weight: 3, referrer: 'https://www.bing.com/' },
  { weight: 2, referrer: 'https://www.qwant.com/' },
  { weight: 11, referrer: 'https://www.instagram.com/', campaign: 'utm_source=instagram&utm_medium=social&utm_campaign=automne' },
  { weight: 5, referrer: 'https://www.facebook.com/' },
  { weight: 4, referrer: 'https://www.pinterest.fr/', lands: '/collections/vaisselle' },
  { weight: 7, campaign: 'utm_source=lettre&utm_medium=email&utm_campaign=nouvelles-octobre', lands: '/journal' },
  { weight: 4, referrer: 'https://www.google.fr/', campaign: 'utm_source=google&utm_medium=cpc&utm_campaign=marque' },
  { weight: 3, campaign: 'utm_source=boutique&utm_medium=qr&utm_campaign=vitrine', lands: '/boutiques' },
  { weight: 2, referrer: 'https://chatgpt.com/' },
  { weight: 2, referrer: 'https://www.thesdumonde-magazine.example/dossier' },
];

export const webPaths: readonly { weight: number; path: string }[] = [
  { weight: 26, path: '/' },
  { weight: 18, path: '/collections/thes' },
  { weight: 12, path: '/collections/vaisselle' },
  ...products.map((product, i) => ({ weight: 14 / (1 + i * 0.45), path: `/produits/${product.slug}` })),
  { weight: 5, path: '/journal' },
  ...articles.map((article) => ({ weight: 4, path: `/journal/${article.slug}` })),
  { weight: 6, path: '/boutiques' },
  { weight: 3.5, path: '/newsletter' },
  { weight: 5, path: '/atelier/base' },
  { weight: 4, path: '/atelier/notes' },
  { weight: 3, path: '/atelier/boite' },
];
