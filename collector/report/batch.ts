/**
 * Reads many things at once: one round trip, one transaction, so one state of the database. Rows come packed into lists of whole numbers:
 * handing over a row object costs D1 seven times what reading the row does (docs/decisions/013).
 */

/** Some rows of one key, as `packed` spells them, or a text, and texts beside them. Rows of a key may come in several parts. */
export type PackedRow = { key: number; packed: string | null; texts?: string | null };

/**
 * @property columns expressions of whole numbers; NULL is not allowed among them.
 * @property text an expression beside the numbers, or NULL; those of several rows have `;` between them.
 * @property key an expression; rows come in its order only where the table's primary key does.
 * @property rest FROM and what follows, without GROUP BY.
 */
export type Packed = { key?: string; columns: readonly string[]; text?: string | undefined; rest: string };

/** @param loose every row by itself: D1 makes no text longer than 2 MB (https://developers.cloudflare.com/d1/platform/limits/). */
export function packedSql({ key, columns, text, rest }: Packed, loose: boolean): string {
  const row = `printf('${columns.map(() => '%d').join(',')}', ${columns.join(', ')})`;
  const texts = text === undefined ? '' : `, ${loose ? text : `group_concat(${text}, ';')`} AS texts`;
  if (loose) return `SELECT ${key ?? 0} AS key, ${row} AS packed${texts} ${rest}`;
  return `SELECT ${key ?? 0} AS key, group_concat(${row}) AS packed${texts} ${rest}${key ? ` GROUP BY ${key}` : ''}`;
}

const [COMMA, ZERO] = [44, 48];

/**
 * Reads a packed row, one row of the table after the other. Its numbers are whole and below 2⁵³.
 *
 * @param width numbers of a row of the table.
 * @param take gets each of those rows, in the same list every time: a busy site's open hour has megabytes of them, and lists of that length
 *   cost as much as reading them.
 */
export function eachRow({ packed }: PackedRow, width: number, take: (row: Float64Array) => void): void {
  if (!packed) return;
  const row = new Float64Array(width);
  let column = 0;
  let number = 0;
  let sign = 1;
  for (let i = 0; i < packed.length; i += 1) {
    const char = packed.charCodeAt(i);
    // Digit by digit: it takes half of JSON.parse's time.
    if (char >= ZERO) number = 10 * number + (char - ZERO);
    else if (char === COMMA) {
      row[column] = sign * number;
      column += 1;
      number = 0;
      sign = 1;
      if (column === width) {
        take(row);
        column = 0;
      }
    } else sign = -1;
  }
  row[column] = sign * number;
  take(row);
}

/** All numbers of a packed row. */
export function numbersOf(row: PackedRow): number[] {
  const list: number[] = [];
  eachRow(row, 1, (one) => list.push(one[0] ?? 0));
  return list;
}

const isTooLong = (error: unknown) => /too big|too long|TOOBIG/i.test(String(error));

type Statement = { sql: (loose: boolean) => string; params: unknown[] };
export type Batch = {
  /** Adds a statement; its rows can be had when the batch has run. */
  add: (sql: string | ((loose: boolean) => string), ...params: unknown[]) => () => PackedRow[];
  run: () => Promise<void>;
  rowsRead: () => number;
};

export function makeBatch(events: D1Database): Batch {
  const statements: Statement[] = [];
  let results: D1Result<PackedRow>[] = [];
  const read = (loose: boolean) =>
    events.batch<PackedRow>(statements.map(({ sql, params }) => events.prepare(sql(loose)).bind(...params)));
  return {
    add(sql, ...params) {
      const at = statements.push({ sql: typeof sql === 'string' ? () => sql : sql, params }) - 1;
      return () => results[at]?.results ?? [];
    },
    async run() {
      if (statements.length === 0) return;
      try {
        results = await read(false);
      } catch (error) {
        if (!isTooLong(error)) throw error;
        results = await read(true);
      }
    },
    rowsRead: () => results.reduce((sum, r) => sum + r.meta.rows_read, 0),
  };
}
