/** A QR code drawn on the server: black on white in either appearance, with the quiet zone that readers need (ISO/IEC 18004). */
import { generate } from 'lean-qr';

const QUIET = 4;

/** Dark modules as one path: a unit square each. */
function draw(text: string): { size: number; path: string } {
  const code = generate(text);
  const squares: string[] = [];
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) squares.push(`M${x} ${y}h1v1h-1z`);
  return { size: code.size, path: squares.join('') };
}

export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { size, path } = draw(text);
  const side = size + 2 * QUIET;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} shape-rendering="crispEdges">
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};
