/** A table that becomes a list of labelled figures on a phone, and stays a table to assistive technology. */
// biome-ignore-all lint/a11y/noRedundantRoles: a phone's `display` takes the native roles of a table away.
import type { Child } from 'hono/jsx';

export type Column = { label: Child; plain: string };
export type TableRow = { head: Child; cells: Child[] };

type Props = { caption: string; first: string; columns: Column[]; rows: TableRow[]; kind?: string };

/** `plain` repeats a column's label in front of its values on a phone. Roles are said again because CSS changes the display. */
export const Table = ({ caption, first, columns, rows, kind = '' }: Props) => (
  <table role="table" class={`stack ${kind}`.trim()}>
    <caption class="spoken">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">
          {first}
        </th>
        {columns.map((column) => (
          <th role="columnheader" scope="col" class="num">
            {column.label}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
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
      ))}
    </tbody>
  </table>
);
