/** The brochure as a one-page PDF written by hand: the smallest honest file behind a download link. */

type Line = { size: number; font: 'F1' | 'F2'; text: string; gap: number };

const lines: Line[] = [
  { size: 30, font: 'F2', text: 'Maison Amarante', gap: 0 },
  { size: 13, font: 'F1', text: 'Thés et vaisselle · Carnet d’automne 2026', gap: 28 },
  { size: 15, font: 'F2', text: 'Les thés', gap: 56 },
  { size: 12, font: 'F1', text: 'Jardin d’Amarante · Brume du matin · Nuit de velours · Grand fumé', gap: 22 },
  { size: 15, font: 'F2', text: 'La vaisselle', gap: 40 },
  { size: 12, font: 'F1', text: 'Théière Ligérienne · Tasse Presqu’île · Bol Chartrons · Assiette Plume', gap: 22 },
  { size: 15, font: 'F2', text: 'Nos boutiques', gap: 40 },
  { size: 12, font: 'F1', text: 'Paris Marais · Lyon Presqu’île · Bordeaux Chartrons', gap: 22 },
  { size: 10, font: 'F1', text: 'Maison Amarante est une marque imaginaire : la démonstration de Comptoir.', gap: 60 },
];

/** Windows-1252 as octal escapes, for the characters French needs. */
function encode(text: string): string {
  return [...text]
    .map((char) => {
      if (char === '’') return '\\222';
      const code = char.charCodeAt(0);
      if (char === '(' || char === ')' || char === '\\') return `\\${char}`;
      return code < 128 ? char : `\\${code.toString(8)}`;
    })
    .join('');
}

export function brochure(): Buffer {
  const heights = lines.map((_, index) => lines.slice(0, index + 1).reduce((y, line) => y - line.gap, 720));
  const text = lines
    .map((line, index) => `BT /${line.font} ${line.size} Tf 72 ${heights[index]} Td (${encode(line.text)}) Tj ET`)
    .join('\n');
  const page = `0.55 0.11 0.25 rg 0 800 595 42 re f\n0.17 0.1 0.13 rg\n${text}`;
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (fr) >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    font('Times-Roman'),
    font('Times-BoldItalic'),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
