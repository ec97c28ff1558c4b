/** Elements without HTML in strings: a page that demands Trusted Types neither breaks nor reports. */
type Children = (Node | string)[];

/** An element with attributes; an attribute that is `false` is left out, one that is `true` is there. `part` names it for the page's CSS. */
export const node = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean>,
  ...children: Children
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(key, value === true ? '' : value);
  made.append(...children);
  return made;
};
