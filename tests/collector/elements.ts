/** Pages as a browser's parser sees them. */
import { expect } from 'vitest';

export type Element = { tag: string; attributes: [string, string][] };

/** Tags and attributes, without the texts between. */
export async function elementsOf(page: string): Promise<Element[]> {
  const found: Element[] = [];
  const rewriter = new HTMLRewriter().on('*', {
    element(element) {
      found.push({
        tag: element.tagName,
        attributes: [...element.attributes].map(([name, value]) => [
          name ?? '',
          (value ?? '')
            .replaceAll('&quot;', '"')
            .replaceAll('&#39;', "'")
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&amp;', '&'),
        ]),
      });
    },
  });
  await rewriter.transform(new Response(page, { headers: { 'content-type': 'text/html' } })).text();
  return found;
}

/** The text that a browser shows of a page, tags taken off. */
export const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

export const attributeOf = ({ attributes }: Element, name: string): string | undefined =>
  attributes.find(([n]) => n === name)?.[1];

/** Addresses of the links of a page, once each. */
export const linksOf = (elements: readonly Element[]): string[] => [
  ...new Set(elements.flatMap((e) => (e.tag === 'a' ? (attributeOf(e, 'href') ?? []) : []))),
];

/** Nothing that somebody typed became a part of the page: no element, no handler, no style, no foreign address. */
export function expectInert(elements: readonly Element[]): void {
  expect(elements.filter(({ tag }) => tag === 'img')).toEqual([]);
  for (const { tag, attributes } of elements) {
    if (tag === 'script') expect(attributes.map(([name]) => name)).toContain('src');
    for (const [name, value] of attributes) {
      expect(name).not.toMatch(/^on|^style$/);
      if (name === 'href' || name === 'src' || name === 'action') expect(value).toMatch(/^(\/|#|data:image\/svg\+xml,)/);
    }
  }
}
