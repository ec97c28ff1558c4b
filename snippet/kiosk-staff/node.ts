/** Elements of the panel, without HTML in strings. */
export const node = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

export const button = (text: string, act: () => unknown): HTMLButtonElement => {
  const made = node('button', { type: 'button' }, text);
  made.onclick = act;
  return made;
};
