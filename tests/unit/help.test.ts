/** The help pages: each in both languages, alike in their parts, and no code in them that a reader could paste in vain. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { transform } from 'esbuild';
import { marked, type Token, type Tokens } from 'marked';
import { expect, test } from 'vitest';
import { HELP, LANGUAGES } from '../../commands/build-dashboard.mjs';

const FOLDER = join(import.meta.dirname, '../../docs/help');
const tokensOf = (language: string, slug: string): Token[] =>
  marked.lexer(readFileSync(join(FOLDER, language, `${slug}.md`), 'utf8'));
const isCode = (token: Token): token is Tokens.Code => token.type === 'code';
const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';
const isTable = (token: Token): token is Tokens.Table => token.type === 'table';

/** Every attribute of the tag that the pages speak of: those of snippet/config.ts, and one that Cloudflare reads. */
const ATTRIBUTES = /^data-(site|mode|storage|hash|page|page-group|manual|endpoint|exclude|cfasync)$/;
/** Attributes that other elements may have. */
const DECLARED = /^data-comptoir-(event|prop-\w+|optin)$/;

const pages = LANGUAGES.flatMap((language) => HELP.map((slug) => [language, slug] as const));

test('every page is served, in both languages', () => {
  for (const language of LANGUAGES)
    expect(readdirSync(join(FOLDER, language)).sort(), language).toEqual(HELP.map((slug) => `${slug}.md`).sort());
});

test.each(HELP)('%s has the same parts in French and in English', (slug) => {
  const [french, english] = ['fr', 'en'].map((language) => tokensOf(language, slug));
  const shape = (tokens: Token[] = []) => ({
    headings: tokens.filter(isHeading).map(({ depth }) => depth),
    code: tokens.filter(isCode).map(({ lang, text }) => [lang, text.split('\n').length]),
    tables: tokens.filter(isTable).map(({ header, rows }) => [header.length, rows.length]),
    lists: tokens.flatMap((token) => (token.type === 'list' && 'items' in token ? [token.items.length] : [])),
  });
  expect(shape(french)).toEqual(shape(english));
});

test.each(pages)('%s/%s: its links lead somewhere', (language, slug) => {
  const source = readFileSync(join(FOLDER, language, `${slug}.md`), 'utf8');
  for (const [, target = ''] of source.matchAll(/\]\(\/help\/([\w-]+)\)/g)) expect(HELP, target).toContain(target);
});

/** The scripts of a piece of HTML: attributes as written, and what stands inside. */
const scriptsOf = (html: string) =>
  [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes = '', inside = '']) => ({ attributes, inside }));

const checkHtml = (html: string): void => {
  for (const [, name = ''] of html.matchAll(/[\s](data-[\w-]+)/g))
    expect(`${name}`).toMatch(DECLARED.test(name) ? DECLARED : ATTRIBUTES);
  for (const { attributes, inside } of scriptsOf(html)) {
    if (/src=/.test(attributes))
      expect(attributes).toMatch(/^ defer src="[^"]*\/(c|kiosk|c\.v1\.HASH)\.js"[^>]* data-site="[^"]+"/);
    // A browser refuses the hash of another host's file without `crossorigin`.
    if (/integrity=/.test(attributes))
      expect(attributes).toMatch(/c\.v1\.HASH\.js" integrity="sha384-HASH" crossorigin="anonymous"/);
    // Parsed, never run. Google Tag Manager takes no arrow functions, `let` or template strings.
    expect(() => new Script(inside)).not.toThrow();
    expect(inside).not.toMatch(/=>|`|\b(let|const)\b/);
  }
};

const isBalanced = (text: string): boolean => {
  const open: string[] = [];
  for (const sign of text.replace(/'[^']*'/g, '')) {
    if ('({['.includes(sign)) open.push(sign);
    if (')}]'.includes(sign) && open.pop() !== '({['[')}]'.indexOf(sign)]) return false;
  }
  return open.length === 0;
};

test.each(pages)('%s/%s: its code can be read by what it is for', async (language, slug) => {
  for (const { lang = '', text } of tokensOf(language, slug).filter(isCode)) {
    if (lang === 'html') checkHtml(text);
    else if (lang === 'js' || lang === 'jsx') await transform(text, { loader: 'jsx', logLevel: 'silent' });
    else if (lang === 'json') JSON.parse(text);
    else if (['php', 'nginx', 'caddyfile', 'toml'].includes(lang)) expect(isBalanced(text), text).toBe(true);
    else expect(['sh', 'bash', 'http', 'text'], text).toContain(lang);
    expect(text, 'a placeholder of the other language').not.toContain(language === 'fr' ? 'YOUR-' : 'VOTRE-');
  }
});

test('the settings are those the tag reads, on the page and in the package', () => {
  const settings = readFileSync(join(FOLDER, '../../packages/tag/src/install.ts'), 'utf8');
  const listed = tokensOf('en', 'install')
    .filter(isTable)
    .flatMap(({ rows }) => rows.map(([cell]) => cell?.text.replaceAll('`', '') ?? ''));
  expect(listed.length).toBe(9);
  for (const name of listed) {
    expect(name).toMatch(ATTRIBUTES);
    const camel = name.slice(5).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(settings, name).toMatch(new RegExp(`  ${camel}\\??: `));
  }
});
