/** Sources by name. The lists are ours: see docs/decisions/013 for what they were chosen over, and `sources/` to add to them. */
import { HostTable } from './host-table.ts';
import type { Source, SourceKind, SourceTable } from './source-table.ts';
import { ASSISTANTS } from './sources/assistants.ts';
import { EMAIL } from './sources/email.ts';
import { SEARCH } from './sources/search.ts';
import { SHOPPING } from './sources/shopping.ts';
import { SOCIAL } from './sources/social.ts';
import { VIDEO } from './sources/video.ts';
import { WEBSITES } from './sources/websites.ts';

export const SOURCE_TABLES: readonly (readonly [kind: SourceKind, table: SourceTable])[] = [
  ['search', SEARCH],
  ['assistant', ASSISTANTS],
  ['social', SOCIAL],
  ['video', VIDEO],
  ['email', EMAIL],
  ['shopping', SHOPPING],
  ['website', WEBSITES],
];

const words = SOURCE_TABLES.flatMap(([kind, table]) =>
  Object.entries(table).flatMap(([name, text]) => {
    const source: Source = { name, kind };
    return [...text.split(' '), name.toLowerCase()].map((word) => [word, source] as const);
  }),
);
const byHost = new HostTable<Source>(words.filter(([word]) => word.includes('.')));
const byName = new Map<string, Source>(words);
/** Names of ad products that are not their network's name with `ads` behind it. */
const AD_PRODUCTS = new Map([
  ['adwords', 'google'],
  ['gads', 'google'],
  ['doubleclick', 'google'],
  ['dv360', 'google'],
]);

/** First labels of a company's own webmail, as in `webmail.example.com`. */
const WEBMAIL = /^(webmail|mail|zimbra|owa|roundcube|messagerie|sogo)\d*\.[^.]+\../;

/** Name and kind of a referring host or Android package, in lower case; null when it is just a website. */
export function sourceOfHost(host: string): Source | null {
  return byHost.find(host) ?? (WEBMAIL.test(host) ? { name: host, kind: 'email' } : null);
}

/**
 * Name and kind of what a campaign calls its source (`utm_source=google`), or null. `paid` when the name is that of an ad
 * product (`fbads`, `google-ads`, `adwords`): the platform's name with `ads` behind it.
 */
export function sourceOfCampaign(text: string): (Source & { paid: boolean }) | null {
  const said = text.toLowerCase();
  const known = byName.get(said) ?? (said.includes('.') ? byHost.find(said) : undefined);
  if (known) return { ...known, paid: false };
  const product = AD_PRODUCTS.get(said) ?? /^(.+?)[-_. ]?ads?$/.exec(said)?.[1];
  const network = product === undefined ? undefined : byName.get(product);
  return network ? { ...network, paid: true } : null;
}

/** A source by its name on screen. */
export const sourceNamed = (name: string): Source | null => byName.get(name.toLowerCase()) ?? null;
