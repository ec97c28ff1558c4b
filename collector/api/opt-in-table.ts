/** Opt-ins as a CSV that is written while it is read, page by page. */
import { type ExportedOptIn, readOptInPage } from '../people/export-opt-ins.ts';
import { type Cell, type CsvStyle, csvLine } from './csv.ts';
import { iso, isoOrNull } from './shapes.ts';

const COLUMNS: readonly (readonly [name: string, of: (one: ExportedOptIn) => Cell])[] = [
  ['opt_in', ({ id }) => id],
  ['person', ({ person }) => person],
  ['state', ({ state }) => state],
  ['captured_at', ({ capturedAt }) => iso(capturedAt)],
  ['received_at', ({ receivedAt }) => iso(receivedAt)],
  ['confirmed_at', ({ confirmedAt }) => isoOrNull(confirmedAt)],
  ['withdrawn_at', ({ withdrawnAt }) => isoOrNull(withdrawnAt)],
  ['news', ({ news }) => (news ? 1 : 0)],
  ['link', ({ link }) => (link ? 1 : 0)],
  ['wording', ({ wording }) => wording],
  ['wording_sha256', ({ wordingSha256 }) => wordingSha256],
  ['language', ({ language }) => language],
  ['touchpoint', ({ touchpoint }) => touchpoint],
  ['store', ({ store }) => store],
  ['kiosk', ({ kiosk }) => kiosk],
  ['hostname', ({ host }) => host],
  ['page', ({ path }) => path],
];

/** @param secret opens the addresses, which then stand in a last column; null leaves them out. */
export function optInCsv(people: D1Database, site: number, style: CsvStyle, secret: string | null): ReadableStream<Uint8Array> {
  const columns = secret === null ? COLUMNS : [...COLUMNS, ['email', ({ address }: ExportedOptIn) => address] as const];
  const encoder = new TextEncoder();
  const header =
    (style.mark ? '\ufeff' : '') +
    csvLine(
      columns.map(([name]) => name),
      style,
    );
  let after: string | null = null;
  return new ReadableStream<Uint8Array>({
    async pull(stream) {
      const { rows, next } = await readOptInPage(people, site, after ?? '', secret);
      const lines = rows.map((row) =>
        csvLine(
          columns.map(([, of]) => of(row)),
          style,
        ),
      );
      stream.enqueue(encoder.encode((after === null ? header : '') + lines.join('')));
      after = next;
      if (next === null) stream.close();
    },
  });
}
