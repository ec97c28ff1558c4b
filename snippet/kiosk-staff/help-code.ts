/** The address of the help as a QR code, drawn by the collector: black on white, with the quiet zone that readers need. */
const SVG = 'http://www.w3.org/2000/svg';

/** @returns nothing where there is none. @param label what it is, for a screen reader. */
export const drawCode = (code: { size: number; dark: string } | undefined, label: string): Element[] => {
  if (!code) return [];
  const { size, dark } = code;
  const [svg, path] = [document.createElementNS(SVG, 'svg'), document.createElementNS(SVG, 'path')];
  const squares = [...dark].map((one, at) => (one === '1' ? `M${at % size} ${Math.floor(at / size)}h1v1h-1z` : ''));
  path.setAttribute('d', squares.join(''));
  svg.setAttribute('viewBox', `-4 -4 ${size + 8} ${size + 8}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.append(path);
  return [svg];
};
