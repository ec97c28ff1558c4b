/** A table that becomes a list of labelled figures on a phone, and stays a table to assistive technology. */
// biome-ignore-all lint/a11y/noRedundantRoles: a phone's `display` takes the native roles of a table away.
import type { Child } from 'hono/jsx';

/** How a column is sorted, the address that sorts by it, and what that address does in words. */
export type Sorting = { state: 'ascending' | 'descending' | 'none'; href: string; says: string };
export type Column = { label: Child; plain: string; sorting?: Sorting | undefined };
export type TableRow = { head: Child; cells: Child[] };

type Props = {
  caption: string;
  first: Child;
  firstSorting?: Sorting | undefined;
  columns: Column[];
  rows: TableRow[];
  /** A row about the whole, below the others. */
  foot?: TableRow | undefined;
  kind?: string;
};

const ARROWS = { ascending: '↑', descending: '↓', none: '↕' } as const;

const Sort = ({ sorting }: { sorting: Sorting | undefined }) =>
  sorting ? (
    <a class={`sort ${sorting.state}`} href={sorting.href} title={sorting.says}>
      <span aria-hidden="true">{ARROWS[sorting.state]}</span>
      <span class="spoken">{sorting.says}</span>
    </a>
  ) : null;

const Line = ({ row, columns }: { row: TableRow; columns: Column[] }) => (
  <tr role="row">
    <th role="rowheader" scope="row">
      {row.head}
    </th>
    {row.cells.map((cell, i) => (
      <td role="cell" class="num" data-label={columns[i]?.plain}>
        {cell}
      </td>
    ))}
  </tr>
);

/** `plain` repeats a column's label in front of its values on a phone. Roles are said again because CSS changes the display. */
export const Table = ({ caption, first, firstSorting, columns, rows, foot, kind = '' }: Props) => (
  <table role="table" class={`stack ${kind}`.trim()}>
    <caption class="spoken">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" aria-sort={firstSorting?.state}>
          <span class="label">
            {first}
            <Sort sorting={firstSorting} />
          </span>
        </th>
        {columns.map(({ label, sorting }) => (
          <th role="columnheader" scope="col" class="num" aria-sort={sorting?.state}>
            <span class="label">
              {label}
              <Sort sorting={sorting} />
            </span>
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
        <Line row={row} columns={columns} />
      ))}
    </tbody>
    {foot && (
      <tfoot role="rowgroup">
        <Line row={foot} columns={columns} />
      </tfoot>
    )}
  </table>
);
