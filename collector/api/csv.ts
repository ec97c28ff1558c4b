/** Tables as CSV (RFC 4180): lines end with CRLF, cells are quoted where they must be, and no cell is a formula. */

export type Cell = string | number | null;
export type CsvStyle = {
  separator: ',' | ';';
  /** What stands between the whole and its fraction. */
  decimal: '.' | ',';
  /** A byte-order mark: without it Excel takes UTF-8 for something else. */
  mark: boolean;
};
export const PLAIN: CsvStyle = { separator: ',', decimal: '.', mark: false };
/** As Excel expects it where the list separator of Windows is a semicolon, e.g. in France. */
export const FRENCH_EXCEL: CsvStyle = { separator: ';', decimal: ',', mark: true };

const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
/**
 * Spreadsheets run what begins like this. A plain negative number is none.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^[=+\-@\t\r]/;

function textCell(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function numberCell(value: number, decimal: string): string {
  // Never 1e-7: spreadsheets read it, people do not.
  const plain = Number.isInteger(value)
    ? String(value)
    : value
        .toFixed(6)
        .replace(/\.?0+$/, '')
        .replace(/^-0$/, '0');
  return plain.replace('.', decimal);
}

/** One line, with its end. Null, not measured, is an empty cell. */
export function csvLine(cells: readonly Cell[], { separator, decimal }: CsvStyle): string {
  const spelled = cells.map((cell) => {
    const text = cell === null ? '' : typeof cell === 'number' ? numberCell(cell, decimal) : textCell(cell);
    return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${spelled.join(separator)}\r\n`;
}

/** A whole table. A number that is too large to be exact, or none, is a bug of the caller. */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[], style: CsvStyle): string {
  return (style.mark ? '\ufeff' : '') + [header, ...rows].map((row) => csvLine(row, style)).join('');
}
