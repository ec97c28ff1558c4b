/** The shop's drawings: inline SVG without colours of their own; the tone classes of shop.css paint them, by day and by night. */

export type Tone = 'amarante' | 'celadon' | 'ocre' | 'bleu' | 'prune';
export type Drawing = 'tin' | 'teapot' | 'cup' | 'bowl' | 'plate';

const shadow = (cx: number, cy: number, rx: number) =>
  `<ellipse class="shade" cx="${cx}" cy="${cy}" rx="${rx}" ry="${Math.round(rx / 9)}"/>`;

type Point = readonly [x: number, y: number];

/** One amaranth tassel: a stem along a curve whose beads swell, then taper to its tip. `thick` is the widest radius. */
export function tassel(from: Point, bend: Point, to: Point, thick: number, bare = 0.15): string {
  const at = (t: number, axis: 0 | 1) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * bend[axis] + t * t * to[axis];
  const length = Math.hypot(bend[0] - from[0], bend[1] - from[1]) + Math.hypot(to[0] - bend[0], to[1] - bend[1]);
  const count = Math.round((length * (1 - bare)) / (thick * 0.95));
  const beads = Array.from({ length: count }, (_, i) => {
    const u = i / (count - 1);
    const t = bare + u * (1 - bare);
    const r = thick * (0.34 + 0.66 * Math.sin(Math.PI * (u * 0.78 + 0.12)));
    const side = (i % 2 ? 1 : -1) * r * 0.62;
    return `<circle cx="${(at(t, 0) + side).toFixed(1)}" cy="${(at(t, 1) + side * 0.3).toFixed(1)}" r="${r.toFixed(1)}"/>`;
  });
  return `<path class="twig" d="M${from}Q${bend} ${to}"/><g class="bead">${beads.join('')}</g>`;
}

const leaf = (x: number, y: number, turn: number, size: number) =>
  `<path class="leaf" transform="translate(${x} ${y}) rotate(${turn}) scale(${size})" d="M0 0c10-26 44-34 74-22-12 28-44 42-74 22z"/>`;

const steam = (x: number, y: number) =>
  `<path class="line" d="M${x} ${y}c-14-16 14-26 0-44M${x + 26} ${y - 6}c-12-14 12-22 0-38M${x - 26} ${y - 6}c-12-14 12-22 0-38"/>`;

const shapes: Record<Drawing, string> = {
  tin:
    `${shadow(160, 278, 92)}<rect class="main" x="88" y="112" width="144" height="166" rx="10"/><rect class="deep" x="80" y="84" width="160" height="42" rx="9"/>` +
    '<rect class="glint" x="100" y="134" width="12" height="132" rx="6"/><path class="paper" d="M122 156h76v82a38 20 0 0 1-76 0z"/>' +
    `${tassel([156, 238], [150, 196], [172, 178], 6, 0.2)}<path class="line" d="M134 168h52"/>`,
  teapot:
    `${shadow(158, 266, 104)}<path class="ring" d="M88 156C26 140 26 246 92 232"/>` +
    '<path class="deep" d="M222 184c30-8 34-44 56-54l16 8c-18 18-22 74-74 92z"/><ellipse class="main" cx="156" cy="194" rx="84" ry="68"/>' +
    '<path class="deep" d="M104 140c8-26 96-26 104 0-20 12-84 12-104 0z"/><circle class="deep" cx="156" cy="110" r="12"/>' +
    '<path class="deep" d="M120 254h72l6 12h-84z"/><path class="glint" d="M96 186c2-22 12-34 26-40-10 14-14 30-14 52 0 14 2 22 6 32-12-10-20-26-18-44z"/>',
  cup:
    `${shadow(160, 272, 112)}<ellipse class="deep" cx="160" cy="256" rx="112" ry="17"/><ellipse class="main" cx="160" cy="251" rx="100" ry="13"/>` +
    '<path class="ring" d="M226 160c46-8 40 52-18 52"/><path class="main" d="M88 138h144c0 66-24 112-72 112s-72-46-72-112z"/>' +
    `<ellipse class="deep" cx="160" cy="138" rx="72" ry="15"/><ellipse class="tea" cx="160" cy="140" rx="60" ry="10"/><path class="glint" d="M104 164c4 30 12 50 26 64-20-12-30-36-32-64z"/>${steam(160, 112)}`,
  bowl:
    `${shadow(160, 262, 84)}<path class="deep" d="M122 244h76l8 18h-92z"/><path class="main" d="M58 150h204c0 64-44 102-102 102S58 214 58 150z"/>` +
    '<ellipse class="deep" cx="160" cy="150" rx="102" ry="20"/><ellipse class="tea" cx="160" cy="154" rx="84" ry="13"/>' +
    '<path class="glint" d="M80 182c8 26 22 42 40 54-28-8-46-28-50-54z"/><path class="stripe" d="M66 186c60 16 128 16 188 0l-5 14c-56 14-122 14-178 0z"/>',
  plate:
    '<circle class="shade" cx="164" cy="172" r="118"/><circle class="paper" cx="160" cy="164" r="118"/><circle class="hair" cx="160" cy="164" r="110"/><circle class="hair" cx="160" cy="164" r="66"/>' +
    Array.from(
      { length: 9 },
      (_, i) => `<g transform="rotate(${i * 40} 160 164)">${tassel([150, 92], [152, 66], [172, 60], 4.4, 0.1)}</g>`,
    ).join(''),
};

const svg = (box: string, label: string, inside: string) =>
  `<svg viewBox="${box}" ${label ? `role="img" aria-label="${label}"` : 'aria-hidden="true"'} focusable="false">${inside}</svg>`;

export const drawing = (name: Drawing, label = '') => svg('0 0 320 320', label, shapes[name]);
export const mark = () => svg('0 0 40 64', '', `${tassel([12, 60], [8, 12], [32, 10], 4.6, 0.1)}`);

/** The alcove of the home page: teapot, tin and cup under a branch of amaranth. */
export function hero(): string {
  const branch =
    tassel([80, 336], [58, 40], [-44, 206], 13, 0.42) +
    tassel([82, 336], [74, -20], [176, 172], 14, 0.46) +
    tassel([80, 336], [60, 190], [66, 76], 13, 0.35) +
    tassel([84, 336], [130, 130], [210, 292], 11, 0.5) +
    leaf(76, 280, -150, 1) +
    leaf(86, 296, -24, 0.95) +
    leaf(78, 230, -64, 0.85);
  return svg(
    '0 0 640 560',
    '',
    '<path class="alcove" d="M60 500V290C60 120 190 30 320 30s260 90 260 260v210z"/><circle class="sun" cx="432" cy="190" r="74"/>' +
      `<g transform="translate(64 28)">${branch}<path class="deep" d="M42 330h76l-12 132c-2 14-50 14-52 0z"/><path class="glint" d="M56 346h10l4 104h-8z"/></g>` +
      `<rect class="table" x="-2000" y="498" width="4640" height="1600"/><g transform="translate(176 176) scale(1.2)">${shapes.teapot}</g>` +
      `<g class="tone-celadon" transform="translate(416 244) scale(.93)">${shapes.tin}</g><g class="tone-ocre" transform="translate(330 378) scale(.55)">${shapes.cup}</g>`,
  );
}

const carafe = (x: number, level: number) =>
  `<g transform="translate(${x} 0)"><path class="glass" d="M28 90h44v50c26 20 34 44 34 84 0 24-12 36-56 36s-56-12-56-36c0-40 8-64 34-84z"/>` +
  `<path class="tea" opacity="${level}" d="M2 190h96c4 12 6 22 6 34 0 22-12 34-54 34s-54-12-54-34c0-12 2-22 6-34z"/></g>`;

export const kettle = () =>
  svg(
    '0 0 640 320',
    '',
    `<rect class="table" x="0" y="252" width="640" height="68"/>${[0.25, 0.4, 0.58, 0.76, 1].map((level, i) => carafe(52 + i * 112, level)).join('')}`,
  );

export function kiln(): string {
  const brick = Array.from(
    { length: 9 },
    (_, i) => `<path class="hair" d="M${110 + (i % 2) * 14} ${74 + i * 24}h${420 - (i % 2) * 28}"/>`,
  ).join('');
  const pot = (x: number, y: number) => `<g transform="translate(${x} ${y}) scale(.3)">${shapes.teapot}</g>`;
  return svg(
    '0 0 640 320',
    '',
    `<path class="alcove" d="M90 290V130C90 60 190 24 320 24s230 36 230 106v160z"/>${brick}<path class="fire" d="M190 290V170c0-50 50-80 130-80s130 30 130 80v120z"/>` +
      `<path class="line" d="M196 202h248M190 282h260"/>${[212, 282, 352].map((x) => pot(x, 122)).join('')}${[212, 282, 352].map((x) => pot(x, 202)).join('')}<rect class="table" x="0" y="288" width="640" height="32"/>`,
  );
}

export const storefront = (label: string) =>
  svg(
    '0 0 480 300',
    '',
    '<rect class="alcove" x="30" y="20" width="420" height="262"/><rect class="main" x="56" y="88" width="368" height="194"/><rect class="deep" x="56" y="64" width="368" height="40"/>' +
      `<text class="sign" x="240" y="91" text-anchor="middle">${label}</text><path class="paper" d="M76 126h178v112H76z"/><path class="paper" d="M286 126h108v156H286z"/><path class="hair" d="M340 126v156M165 126v112"/>` +
      `<g transform="translate(84 150) scale(.3)">${shapes.teapot}</g><g class="tone-ocre" transform="translate(170 150) scale(.27)">${shapes.tin}</g><rect class="table" x="0" y="282" width="480" height="18"/>`,
  );
